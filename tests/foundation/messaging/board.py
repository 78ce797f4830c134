"""A switchboard for these tests: a guard that can be told what to say, listeners that keep what they hear."""

from datetime import timedelta

from config.switchboard import ROUTES
from foundation.access import Refusal
from foundation.accounts.enums import OrganisationKind, Role
from foundation.messaging.types import Audience, Cap, ServicePolicy
from tests.foundation.messaging import phones

__all__ = ["AUDIENCES", "GUARDS", "INBOUND", "POLICIES", "ROUTES", "SAID_BY_NOBODY", "SETTLEMENTS", "reset"]

refusing: set[int] = set()
breaking: set[int] = set()
asked: list[int] = []
told: list[tuple[int, str]] = []
deaf_to: set[int] = set()
handed: list[tuple[int, str, str]] = []
deaf: set[str] = set()
said: list[tuple[str, str]] = []
hooks: list = []  # called by the guard, between claim and provider


def reset() -> None:
    for kept in (refusing, breaking, asked, told, deaf_to, handed, deaf, said, hooks):
        kept.clear()


def may_still_go(owner_id: int) -> Refusal | None:
    asked.append(owner_id)
    for hook in list(hooks):
        hook(owner_id)
    if owner_id in breaking:
        raise RuntimeError("the owner's facts cannot be read")
    return Refusal("located", "The person has been found.") if owner_id in refusing else None


def hear(settlements) -> None:
    for one in settlements:
        if one.owner_id in deaf_to:
            raise RuntimeError("deaf to this one")
    told.extend((one.owner_id, one.status.value) for one in settlements)


def take(text) -> None:
    if text.service in deaf:
        raise RuntimeError("not now")
    handed.append((text.inbound_id, text.service, text.keyword.value))


def hear_nobody(provider_id, words, at) -> None:
    if "nobody" in deaf:
        raise RuntimeError("not now")
    said.append((provider_id, words))


SAID_BY_NOBODY = hear_nobody
GUARDS = {"test.may_still_go": may_still_go}
SETTLEMENTS = {"plain": hear, "textsafe": hear, "news": hear}
INBOUND = {"textsafe": take, "news": take}
AUDIENCES = {
    phones.AUDIENCE: Audience(phones.AUDIENCE, phones.ROWS),
    "test.reached": Audience("test.reached", phones.REACHED),
}
POLICIES = {
    "plain": ServicePolicy(name="plain", max_attempts=3),
    "news": ServicePolicy(name="news", start_lifts=True, lifted_by=frozenset({Role.ADMINISTRATOR})),
    "quiet": ServicePolicy(name="quiet"),
    "textsafe": ServicePolicy(
        name="textsafe",
        cap=Cap(count=1, period=timedelta(hours=24)),
        kept_by=OrganisationKind.CHARITY,
        stop_always=True,
        lifted_by=frozenset({Role.CHARITY_CASEWORKER, Role.CHARITY_MANAGER}),
    ),
}
