"""Partners' systems that get alerts: what signs to them, a new secret, rehearsals, and their end."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterable

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from alerts.audience import deadlines, links, policies, wording
from alerts.audience.enums import Source
from alerts.audience.models import PartnerSystem, Subscriber
from alerts.audience.newcomers import Newcomer
from alerts.audience.services.asking import write_link
from alerts.audience.services.choosing import leave, live_of, locked
from alerts.audience.services.signing_up import SERVICE, WORKER
from alerts.audience.services.systems import endpoint_in
from alerts.audience.services.writing import write
from alerts.enums import AudienceChannel
from foundation.access import Refusal, Refused, require
from foundation.accounts.selectors import the_charity
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import NotVisible
from foundation.messaging import addresses, numbers
from foundation.messaging import services as messaging
from foundation.messaging.enums import Channel, Lane
from foundation.messaging.exceptions import InvalidAddress
from foundation.messaging.switchboard import ALWAYS

LABEL = "audience.PartnerSystem"
_PAUSED = Refusal("paused", "It is paused, or has left: ask its contact.")


def secrets_of(recipient_ids: Collection[int]) -> dict[int, tuple[str, ...]]:
    """What signs alerts and rehearsals to these subscribers now, by subscriber."""
    mine = Q(subscriber__in=recipient_ids) | Q(tester__in=recipient_ids)
    found: dict[int, tuple[str, ...]] = {}
    for row in PartnerSystem.objects.filter(mine):
        found[row.subscriber_id] = row.secrets
        if row.tester_id is not None:
            found[row.tester_id] = row.secrets
    return {pk: secrets for pk, secrets in found.items() if pk in set(recipient_ids)}


@transaction.atomic
def send_system_link(*, endpoint: str, contact: str) -> bool:
    """Send the contact the link to its system's choices; False where the two do not belong together.

    Raises `InvalidAddress`.
    """
    key = numbers.key_of(AudienceChannel.WEBHOOK, endpoint_in(endpoint))
    mailbox = addresses.normalise(Channel.EMAIL, contact)
    rows = Subscriber.objects.select_for_update(no_key=True, of=("self",)).select_related("system")
    subscriber = rows.filter(
        channel=AudienceChannel.WEBHOOK, to_key=key, left_at__isnull=True, is_test=False
    ).first()
    if subscriber is None or subscriber.system.contact != mailbox:
        return False
    return write_link(subscriber, channel=Channel.EMAIL, to=mailbox, page="systems/choices") is not None


@transaction.atomic
def renew_secret(*, actor: Actor, subscriber_id: int, secret: str) -> bool:
    """From now on `secret` signs, beside the one before for `BOTH_SIGN`. False where it is that already."""
    row = PartnerSystem.objects.filter(subscriber=subscriber_id).first() if locked(subscriber_id) else None
    if row is None or row.secret == secret:
        return False
    row.old_secret, row.old_secret_until = row.secret, timezone.now() + deadlines.BOTH_SIGN
    row.secret = secret
    row.save(update_fields=["old_secret", "old_secret_until", "secret"])
    audit.record(actor=actor, action="partner_system.secret_changed", target=row, fields=["secret"])
    return True


@transaction.atomic
def rehearse(*, actor: Actor, system_id: int) -> PartnerSystem:
    """Rehearsals of its places go there too, from now on. Raises `Refused`, `NotVisible`."""
    row = _held(actor, system_id)
    if row.tester_id is not None and row.tester is not None and row.tester.left_at is None:
        return row
    mine = live_of(row.subscriber_id)
    if not mine or row.subscriber.left_at is not None:
        raise Refused(_PAUSED)
    places = tuple(sorted({one.bucket.area_id for one in mine}))
    one = Newcomer(
        channel=AudienceChannel.WEBHOOK,
        to=mine[0].to,
        to_key=mine[0].to_key,
        language=row.subscriber.language,
        area_ids=places,
        consent=f"{row.name}, system at {row.host}"[:120],
        consented_at=timezone.now(),
    )
    (pk,) = write([one], source=Source.BY_HAND, is_test=True)
    row.tester_id = pk
    row.save(update_fields=["tester"])
    audit.record(actor=actor, action="partner_system.rehearses", target=row)
    return row


@transaction.atomic
def rehearse_no_more(*, actor: Actor, system_id: int) -> PartnerSystem:
    """No rehearsals go there any more. Raises `Refused`, `NotVisible`."""
    row = _held(actor, system_id)
    if row.tester_id is not None:
        leave(actor=actor, subscriber_ids=[row.tester_id])
    return row


@transaction.atomic
def remove_system(*, actor: Actor, system_id: int) -> None:
    """Nothing goes there any more, and its contact is told. Raises `Refused`, `NotVisible`."""
    row = _held(actor, system_id)
    tell_ended([row.subscriber_id], why="removed")
    leave(actor=actor, subscriber_ids=[row.subscriber_id])


def _held(actor: Actor, system_id: int) -> PartnerSystem:
    """A system with its subscriber locked, which whoever writes it does first."""
    require(policies.may_manage(actor))
    whose = PartnerSystem.objects.filter(pk=system_id).values_list("subscriber_id", flat=True).first()
    if whose is None or locked(whose) is None:
        raise NotVisible(str(system_id))
    return PartnerSystem.objects.select_related("subscriber", "tester").get(pk=system_id)


def tell_ended(subscriber_ids: Iterable[int], *, why: str) -> None:
    """Write to the contacts of these systems, before they leave, that no alerts go there any more."""
    live = PartnerSystem.objects.filter(
        subscriber__in=list(subscriber_ids), subscriber__left_at__isnull=True
    ).select_related("subscriber")
    for row in live:
        page = links.address_of("systems/", row.subscriber.language)
        subject, body = wording.system_ended_mail(page, row.name, row.host, why, row.subscriber.language)
        # A mailbox that cannot be written to keeps nobody's system from ending.
        with contextlib.suppress(InvalidAddress):
            messaging.queue_message(
                actor=WORKER,
                channel=Channel.EMAIL,
                lane=Lane.NORMAL,
                to=row.contact,
                body=body,
                subject=subject,
                service=SERVICE,
                owner=(LABEL, row.pk),
                guard=ALWAYS,
                organisation_id=the_charity().pk,
                valid_until=timezone.now() + deadlines.LINK_LASTS,
                dedupe_key=f"alerts.system.ended.{row.pk}",
            )
