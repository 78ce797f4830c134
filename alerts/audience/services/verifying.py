"""Asking systems that wait to be verified, each outside a transaction; who answers gets alerts then."""

from __future__ import annotations

from datetime import datetime

import structlog
from django.db import transaction

from alerts.audience import challenge, deadlines, links, wording
from alerts.audience.enums import ChallengeProblem, Source
from alerts.audience.models import PartnerSystem, Subscriber, SystemSignUp
from alerts.audience.services.choosing import go_on, set_choices, void_sign_ups
from alerts.audience.services.signing_up import ALERTS, WORKER
from alerts.audience.services.systems import host_of, write_to_contact
from alerts.enums import AudienceChannel
from foundation.audit import services as audit
from foundation.backups.enums import Step
from foundation.backups.selectors import is_held
from foundation.messaging.services.suppression import lift_key
from foundation.messaging.switchboard import ALWAYS

log = structlog.get_logger(__name__)
BATCH = 20


def ask_systems(*, now: datetime) -> int:
    """Ask a batch of those whose time has come; returns how many. None while a restored system is held."""
    if is_held(Step.NORMAL):
        return 0
    due = SystemSignUp.objects.filter(next_ask_at__lte=now).order_by("next_ask_at")
    claimed = [_claimed(pk, now) for pk in due.values_list("pk", flat=True)[:BATCH]]
    found = challenge.ask({row.pk: _question(row) for row in claimed if row is not None})
    for sign_up_id, problem in found.items():
        if problem is None:
            _verified(sign_up_id, now)
        else:
            _refused(sign_up_id, problem)
    return len(found)


def _question(row: SystemSignUp) -> challenge.Question:
    return challenge.Question(
        reference=f"challenge-{row.pk}-{row.asks}",
        endpoint=row.endpoint,
        challenge=row.challenge,
        secret=row.secret,
    )


@transaction.atomic
def _claimed(sign_up_id: int, now: datetime) -> SystemSignUp | None:
    """The row, with the next ask planned before this one is made: a killed worker is made up for by that."""
    rows = SystemSignUp.objects.select_for_update(skip_locked=True, no_key=True)
    row = rows.filter(pk=sign_up_id, next_ask_at__lte=now, verified_at__isnull=True).first()
    if row is None:
        return None
    row.asks += 1
    row.next_ask_at = deadlines.next_ask(row.asks, now, until=row.expires_at)
    row.save(update_fields=["asks", "next_ask_at"])
    return row


@transaction.atomic
def _refused(sign_up_id: int, problem: ChallengeProblem) -> None:
    """Keep why; whoever signed it up is written to once it is not asked any more."""
    row = SystemSignUp.objects.select_for_update(no_key=True).get(pk=sign_up_id)
    if row.verified_at is not None or not row.contact:
        return
    row.problem = problem
    row.save(update_fields=["problem"])
    log.info("system_did_not_answer", sign_up=row.pk, problem=problem.value, asks=row.asks)
    if row.next_ask_at is None:
        page, host = links.address_of("systems/", row.language), host_of(row.endpoint)
        subject, body = wording.system_failed_mail(page, row.name, host, problem, row.language)
        write_to_contact(row, subject, body, guard=ALWAYS, what="failed")


@transaction.atomic
def _verified(sign_up_id: int, now: datetime) -> None:
    row = SystemSignUp.objects.select_for_update(no_key=True).get(pk=sign_up_id)
    if row.verified_at is not None or not row.contact:
        return
    subscriber = _join(row, now)
    if subscriber is None:
        log.info("system_is_anothers", sign_up=row.pk)
        void_sign_ups(SystemSignUp.objects.filter(pk=row.pk))
        return
    page = links.address_of("systems/choices/", row.language)
    subject, body = wording.system_joined_mail(
        page, links.leave_address(subscriber.pk), row.name, host_of(row.endpoint), row.language
    )
    write_to_contact(row, subject, body, guard=ALWAYS, what="joined")
    row.verified_at, row.next_ask_at, row.problem = now, None, ""
    row.endpoint = row.contact = row.name = row.secret = row.challenge = ""
    row.save()


def _join(row: SystemSignUp, now: datetime) -> Subscriber | None:
    """Its subscriber, new or the one it has: these choices and this secret replace those of before.

    None where the system has another contact by now: whoever was slower takes nobody's alerts over.
    """
    subscriber, is_new = Subscriber.objects.select_for_update(no_key=True).get_or_create(
        channel=AudienceChannel.WEBHOOK,
        to_key=row.endpoint_key,
        is_test=False,
        left_at=None,
        defaults={
            "language": row.language,
            "source": Source.SIGN_UP,
            "consent": row.consent,
            "consented_at": now,
        },
    )
    if not is_new and _is_of_another(subscriber, row.contact):
        return None
    if is_new:
        audit.record(actor=WORKER, action="subscriber.joined", target=subscriber)
    else:
        Subscriber.objects.filter(pk=subscriber.pk).update(consent=row.consent, consented_at=now)
        go_on(actor=WORKER, subscriber_id=subscriber.pk)
    PartnerSystem.objects.update_or_create(
        subscriber=subscriber,
        defaults={
            "name": row.name,
            "host": host_of(row.endpoint),
            "contact": row.contact,
            "secret": row.secret,
            "old_secret": "",
            "old_secret_until": None,
        },
    )
    set_choices(
        actor=WORKER,
        subscriber_id=subscriber.pk,
        to=row.endpoint,
        area_ids=row.area_ids,
        language=row.language,
    )
    lift_key(
        actor=WORKER,
        service=ALERTS,
        channel=AudienceChannel.WEBHOOK,
        to_key=row.endpoint_key,
        reason="They signed up again.",
    )
    return subscriber


def _is_of_another(subscriber: Subscriber, mailbox: str) -> bool:
    """Asked under the subscriber's lock; addresses of mailboxes are encrypted, so they are read."""
    system = PartnerSystem.objects.filter(subscriber=subscriber).first()
    return system is not None and system.contact != mailbox
