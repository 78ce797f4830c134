"""Reading the messaging parts of the switchboard that `settings.SWITCHBOARD` names."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from django.conf import settings

from foundation.access import Refusal
from foundation.messaging.exceptions import UnknownAudience, UnknownGuard, UnknownService
from foundation.messaging.types import (
    AnonymousHandler,
    Audience,
    Guard,
    InboundHandler,
    ServicePolicy,
    SettlementHandler,
)

# For messages that nothing can overtake, such as a sign-in code to one's own address.
ALWAYS = "messaging.always"


def _always(owner_id: int) -> Refusal | None:
    return None


def _board() -> ModuleType:
    return import_module(settings.SWITCHBOARD)


def guard_of(name: str) -> Guard:
    """The check a message names. Raises `UnknownGuard`."""
    if name == ALWAYS:
        return _always
    try:
        guard: Guard = _board().GUARDS[name]
    except KeyError:
        raise UnknownGuard(name) from None
    return guard


def audience_of(name: str) -> Audience:
    """Whom a broadcast goes to. Raises `UnknownAudience`."""
    try:
        found: Audience = _board().AUDIENCES[name]
    except KeyError:
        raise UnknownAudience(name) from None
    return found


def policies() -> dict[str, ServicePolicy]:
    """Every service that sends messages, by name."""
    found: dict[str, ServicePolicy] = _board().POLICIES
    return found


def words_for(service: str) -> str:
    """What people call `service`; its name where it has no words, or is known no more."""
    policy = policies().get(service)
    return policy.words if policy and policy.words else service


def policy_of(service: str) -> ServicePolicy:
    """How `service` is treated. Raises `UnknownService`."""
    try:
        return policies()[service]
    except KeyError:
        raise UnknownService(service) from None


def settlement_handler(service: str) -> SettlementHandler | None:
    """Who hears how the service's messages ended, if anybody."""
    found: dict[str, SettlementHandler] = _board().SETTLEMENTS
    return found.get(service)


def inbound_handler(service: str) -> InboundHandler | None:
    """Who gets the replies to the service's texts, if anybody."""
    found: dict[str, InboundHandler] = _board().INBOUND
    return found.get(service)


def mail_handler(service: str) -> InboundHandler | None:
    """Who gets the answers to the service's e-mails, if anybody."""
    return _mail_handlers().get(service)


def default_mail_service() -> str:
    """Who gets an e-mail that answers none of ours: the first that takes any, or nobody."""
    return next(iter(_mail_handlers()), "")


def _mail_handlers() -> dict[str, InboundHandler]:
    found: dict[str, InboundHandler] = getattr(_board(), "INBOUND_MAIL", {})
    return found


def anonymous_handler() -> AnonymousHandler | None:
    """Who gets a text that begins with SAY, without its number; nobody where the switchboard names none."""
    found: AnonymousHandler | None = getattr(_board(), "SAID_BY_NOBODY", None)
    return found


def default_inbound_service() -> str:
    """Who gets a text from a number that we never wrote to: the first that takes replies, or nobody."""
    return next(iter(_board().INBOUND), "")
