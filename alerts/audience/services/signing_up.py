"""Double opt-in: an address gets a code or a link, and becomes a subscriber when its owner gives it back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import structlog
from django.db import IntegrityError, transaction
from django.utils import timezone

from alerts.audience import deadlines, links, wording
from alerts.audience.enums import Source
from alerts.audience.models import SignUp, Subscriber
from alerts.audience.services.choosing import go_on, set_choices
from alerts.enums import AudienceChannel
from foundation.access import Refusal
from foundation.accounts.selectors import the_charity
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.messaging import addresses, numbers
from foundation.messaging import services as messaging
from foundation.messaging.enums import Channel, Lane
from foundation.messaging.services.suppression import is_key_suppressed, lift_key

log = structlog.get_logger(__name__)
WORKER = Actor.system("audience.signing_up")
SERVICE = "alerts_signup"  # what is sent to have an address confirmed, or to its owner who asks
ALERTS = "alerts"  # what sends the alerts themselves: a STOP suppresses that
GUARD = "alerts.signup"
LABEL = "audience.SignUp"
_OVER = Refusal("over", "It was confirmed, or its time is over.")


@transaction.atomic
def begin(
    *, channel: str, to: str, area_ids: Sequence[int], language: str, consent: str, form_key: UUID
) -> SignUp | None:
    """Keep what was typed in and ask its address; None, and nothing is sent, where it was asked enough.

    Raises `InvalidAddress` and `NotDialable`.
    """
    address = addresses.normalise(channel, to)
    addresses.check_dialable(channel, address)
    key, now = numbers.key_of(channel, address), timezone.now()
    if _asked_enough(channel, key, now):
        log.info("sign_up_not_asked_again")
        return None
    code, token = links.new_code(), links.new_token()
    by_text = channel == AudienceChannel.SMS
    row = SignUp.objects.create(
        token_hash=links.hash_of_code(form_key, code) if by_text else links.hash_of(token),
        channel=channel,
        to=address,
        to_key=key,
        area_ids=list(area_ids),
        language=language,
        consent=consent,
        created_at=now,
        expires_at=now + deadlines.lasts(channel),
    )
    subject, body = _words(channel, code if by_text else f"confirm/{token}/", language)
    messaging.queue_message(
        actor=WORKER,
        channel=Channel(channel),
        lane=Lane.NORMAL,
        to=address,
        body=body,
        subject=subject,
        service=SERVICE,
        owner=(LABEL, row.pk),
        guard=GUARD,
        organisation_id=the_charity().pk,
        valid_until=row.expires_at,
        dedupe_key=f"alerts.signup.{row.pk}",
    )
    return row


def _words(channel: str, given: str, language: str) -> tuple[str, str]:
    """Subject and body of what asks the address: with a code by text, else with a page's path."""
    if channel == AudienceChannel.SMS:
        return "", wording.code_text(given, language)
    if channel == AudienceChannel.WEB_PUSH:
        return "", wording.confirm_push(links.path_of(given, language), language)
    return wording.confirm_mail(links.address_of(given, language), language)


def _asked_enough(channel: str, key: str, now: datetime) -> bool:
    """Whether somebody who types in another's address has had us write to it often enough."""
    asked = SignUp.objects.filter(channel=channel, to_key=key)
    if asked.filter(created_at__gt=now - deadlines.ASKED_WITHIN).count() >= deadlines.MOST_ASKED:
        return True
    if not is_key_suppressed(ALERTS, channel, key):
        return False
    return asked.filter(created_at__gt=now - deadlines.ASKED_AFTER_STOP).exists()


def still_open(sign_up_id: int) -> Refusal | None:
    """The guard of the message with the code or the link."""
    waits = SignUp.objects.filter(pk=sign_up_id, confirmed_at__isnull=True, expires_at__gt=timezone.now())
    return None if waits.exists() else _OVER


@transaction.atomic
def confirm(*, token_hash: str) -> Subscriber | None:
    """The owner of the address gave back what only they were sent: from now on they get alerts.

    Where the address had some already, these choices replace them. None where there is nothing to confirm.
    """
    rows = SignUp.objects.select_for_update(no_key=True)
    row = rows.filter(token_hash=token_hash, confirmed_at__isnull=True, expires_at__gt=timezone.now()).first()
    if row is None:
        return None
    subscriber = _subscriber_of(row)
    set_choices(
        actor=WORKER, subscriber_id=subscriber.pk, to=row.to, area_ids=row.area_ids, language=row.language
    )
    lift_key(
        actor=WORKER, service=ALERTS, channel=row.channel, to_key=row.to_key, reason="They signed up again."
    )
    row.confirmed_at, row.to = timezone.now(), ""
    row.save(update_fields=["confirmed_at", "to"])
    return subscriber


def _subscriber_of(row: SignUp) -> Subscriber:
    """The address's own subscriber: two that confirm it at once make one."""
    facts = {"channel": row.channel, "to_key": row.to_key, "is_test": False}
    for _ in range(2):
        rows = Subscriber.objects.select_for_update(no_key=True)
        found = rows.filter(**facts, left_at__isnull=True).first()
        if found is not None:
            found.consent, found.consented_at = row.consent, timezone.now()
            found.save(update_fields=["consent", "consented_at"])
            go_on(actor=WORKER, subscriber_id=found.pk)
            return found
        try:
            with transaction.atomic():
                made = Subscriber.objects.create(
                    **facts,
                    language=row.language,
                    source=Source.SIGN_UP,
                    consent=row.consent,
                    consented_at=timezone.now(),
                )
        except IntegrityError:
            continue
        audit.record(actor=WORKER, action="subscriber.joined", target=made)
        return made
    raise RuntimeError("Another has made this subscriber and it left at once.")
