"""Signing a partner's system up: its contact confirms by e-mail, then the system itself has to answer.

Nothing goes to a system before both have. Its address is looked up by the worker that asks it, never here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from alerts.audience import deadlines, links, wording
from alerts.audience.models import PartnerSystem, SystemSignUp
from alerts.audience.services.signing_up import SERVICE, WORKER
from alerts.enums import AudienceChannel
from foundation.access import Refusal
from foundation.accounts.selectors import the_charity
from foundation.messaging import addresses, numbers
from foundation.messaging import services as messaging
from foundation.messaging.enums import Channel, Lane
from foundation.messaging.exceptions import InvalidAddress
from foundation.tasks import send_or_leave

log = structlog.get_logger(__name__)
GUARD = "alerts.system_signup"
LABEL = "audience.SystemSignUp"
LONGEST_ENDPOINT = 500
_OVER = Refusal("over", "It was confirmed, or its time is over.")


def endpoint_in(given: str) -> str:
    """The address of a system in its one form. Raises `InvalidAddress` for what is none, or not encrypted."""
    address = addresses.normalise(Channel.WEBHOOK, given)
    parts = urlsplit(address)
    host = parts.hostname or ""
    is_ours = host in settings.WEBHOOK_ALLOWED_HOSTS
    if len(address) > LONGEST_ENDPOINT or parts.username or not (parts.scheme == "https" or is_ours):
        raise InvalidAddress("It must begin with https:// and hold no password.")
    return parts._replace(scheme=parts.scheme.lower(), netloc=parts.netloc.lower(), fragment="").geturl()


@transaction.atomic
def begin_system(
    *, name: str, endpoint: str, contact: str, area_ids: Sequence[int], language: str, consent: str
) -> SystemSignUp | None:
    """Keep what was typed in and write to the contact; None, and nothing is sent, where that was enough.

    Nor where the system gets alerts already and has another contact: who takes its alerts over by naming
    themselves would be the one to change its secret. Raises `InvalidAddress`.
    """
    address, mailbox = endpoint_in(endpoint), addresses.normalise(Channel.EMAIL, contact)
    key = numbers.key_of(AudienceChannel.WEBHOOK, address)
    contact_key, now = numbers.key_of(Channel.EMAIL, mailbox), timezone.now()
    if _asked_enough(key, contact_key, now) or _is_anothers(key, mailbox):
        log.info("system_not_asked_again")
        return None
    token = links.new_token()
    row = SystemSignUp.objects.create(
        token_hash=links.hash_of(token),
        name=name.strip()[:120],
        endpoint=address,
        endpoint_key=key,
        contact=mailbox,
        contact_key=contact_key,
        area_ids=list(area_ids),
        language=language,
        consent=consent,
        created_at=now,
        expires_at=now + deadlines.LINK_LASTS,
    )
    subject, body = wording.system_mail(
        links.address_of(f"systems/confirm/{token}/", language), row.name, host_of(address), language
    )
    write_to_contact(row, subject, body, guard=GUARD, what="confirm")
    return row


def host_of(endpoint: str) -> str:
    """Of a system's address: all that is shown of it."""
    return urlsplit(endpoint).hostname or ""


def write_to_contact(row: SystemSignUp, subject: str, body: str, *, guard: str, what: str) -> None:
    """One e-mail to whoever signs a system up; `what` is sent once."""
    messaging.queue_message(
        actor=WORKER,
        channel=Channel.EMAIL,
        lane=Lane.NORMAL,
        to=row.contact,
        body=body,
        subject=subject,
        service=SERVICE,
        owner=(LABEL, row.pk),
        guard=guard,
        organisation_id=the_charity().pk,
        valid_until=timezone.now() + deadlines.LINK_LASTS,
        dedupe_key=f"alerts.system.{what}.{row.pk}",
    )


def _asked_enough(endpoint_key: str, contact_key: str, now: datetime) -> bool:
    """Whether somebody who types others' addresses in has had us call or write there often enough."""
    lately = SystemSignUp.objects.filter(created_at__gt=now - deadlines.ASKED_WITHIN)
    most = deadlines.MOST_ASKED
    return (
        lately.filter(endpoint_key=endpoint_key).count() >= most
        or lately.filter(contact_key=contact_key).count() >= most
    )


def _is_anothers(endpoint_key: str, mailbox: str) -> bool:
    live = PartnerSystem.objects.filter(
        subscriber__channel=AudienceChannel.WEBHOOK,
        subscriber__to_key=endpoint_key,
        subscriber__left_at__isnull=True,
    )
    return any(one.contact != mailbox for one in live)


def system_still_open(sign_up_id: int) -> Refusal | None:
    """The guard of the message with the link."""
    waits = SystemSignUp.objects.filter(pk=sign_up_id, contact_confirmed_at__isnull=True)
    return None if waits.filter(expires_at__gt=timezone.now()).exists() else _OVER


@transaction.atomic
def confirm_contact(*, token_hash: str, secret: str) -> SystemSignUp | None:
    """The contact pressed the button and was shown `secret`: from now on the system is asked to answer.

    None where there is nothing to confirm.
    """
    now = timezone.now()
    rows = SystemSignUp.objects.select_for_update(no_key=True)
    row = rows.filter(token_hash=token_hash, contact_confirmed_at__isnull=True, expires_at__gt=now).first()
    if row is None:
        return None
    row.contact_confirmed_at, row.next_ask_at = now, now
    row.secret, row.challenge = secret, links.new_token()
    row.expires_at = now + deadlines.LINK_LASTS
    row.save(update_fields=["contact_confirmed_at", "next_ask_at", "secret", "challenge", "expires_at"])
    transaction.on_commit(_kick)
    return row


def _kick() -> None:
    from alerts.audience import tasks

    send_or_leave(tasks.ask_systems, lane="normal")
