"""How an account comes in: by the public form, by a text, or told to a colleague. Never with who sent it."""

from __future__ import annotations

import hmac
import json
from datetime import datetime
from uuid import UUID

import structlog
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from families.say_something import deadlines
from families.say_something.enums import Kind, Way
from families.say_something.models import Account, Submission
from families.say_something.policies import may_read
from foundation.access import require
from foundation.accounts.selectors import the_charity
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import Invalid
from foundation.rounds import each
from foundation.tasks import send_or_leave

log = structlog.get_logger(__name__)
TAKER = Actor.system("say_something.taking")
LONGEST = 5_000
BATCH = 50


def take_form(*, form_key: UUID, words: str, kind: str, place: str, is_urgent: bool) -> Submission:
    """Keep one form as it came, encrypted; runs under the public site's role, which can read none of it.

    Raises `IntegrityError` where the same form is kept already.
    """
    told = {"words": words, "kind": kind, "place": place, "is_urgent": is_urgent}
    with transaction.atomic():
        row = Submission.objects.create(
            form_key=form_key, body=json.dumps(told, ensure_ascii=False), received_at=timezone.now()
        )
        transaction.on_commit(_kick)
    return row


def _kick() -> None:
    from families.say_something import tasks

    send_or_leave(tasks.read_submissions, lane="urgent")


def read_submissions() -> int:
    """Make accounts of a batch of unread forms, each in a transaction of its own; returns how many were."""
    unread = Submission.objects.filter(processed_at__isnull=True).order_by("received_at", "pk")
    return each(unread.values_list("pk", flat=True)[:BATCH], _read)


@transaction.atomic
def _read(submission_id: int) -> int:
    rows = Submission.objects.select_for_update(skip_locked=True)
    row = rows.filter(pk=submission_id, processed_at__isnull=True).first()
    if row is None:
        return 0
    try:
        told = json.loads(row.body)
        _keep(
            way=Way.WEB,
            once_key=row.form_key,
            words=told["words"],
            kind=Kind(told["kind"]),
            place=told["place"],
            is_urgent=bool(told["is_urgent"]),
            received_at=row.received_at,
        )
        row.result = "read"
    except (ValueError, KeyError, TypeError):
        row.result = "unreadable"
    row.body, row.processed_at = "", timezone.now()
    row.save(update_fields=["body", "processed_at", "result"])
    log.info("submission_read", submission_id=row.pk, result=row.result)
    return 1


def take_text(*, provider_id: str, words: str, received_at: datetime) -> None:
    """A text that begins with SAY: messaging has dropped the number and keeps neither it nor the words.

    The provider tells of a text again until it is answered; a keyed digest of its own number for the text
    makes that one account, and leads nobody back to it.
    """
    digest = hmac.digest(settings.INDEX_KEY.encode(), b"say_something\x00" + provider_id.encode(), "sha256")
    _keep(way=Way.TEXT, once_key=UUID(bytes=digest[:16]), words=words, received_at=received_at)


@transaction.atomic
def take_call(
    *, actor: Actor, form_token: UUID, words: str, kind: str, place: str, is_urgent: bool
) -> Account:
    """Somebody told it to a colleague who writes it down. The same `form_token` twice is one account."""
    require(may_read(actor))
    problems = {}
    if not words.strip():
        problems["words"] = "Write what they told, without who they are."
    elif len(words) > LONGEST:
        problems["words"] = f"Use {LONGEST:,} characters or fewer."
    if kind not in Kind.values:
        problems["kind"] = "Choose what it is about."
    if problems:
        raise Invalid(problems)
    return _keep(
        way=Way.CALL,
        once_key=form_token,
        words=words,
        kind=Kind(kind),
        place=place,
        is_urgent=is_urgent,
        received_at=timezone.now(),
        actor=actor,
    )


def _keep(
    *,
    way: Way,
    once_key: UUID,
    words: str,
    received_at: datetime,
    kind: Kind = Kind.OTHER,
    place: str = "",
    is_urgent: bool = False,
    actor: Actor = TAKER,
) -> Account:
    account, is_new = Account.objects.get_or_create(
        once_key=once_key,
        defaults={
            "charity": the_charity(),
            "way": way,
            "kind": kind,
            "is_urgent": is_urgent,
            "words": words.strip()[:LONGEST],
            "place": place.strip()[:250],
            "received_at": received_at,
            "read_by": deadlines.read_by(received_at, is_urgent=is_urgent),
        },
    )
    if is_new:
        audit.record(actor=actor, action="say_something.told", target=account, fields=["words"])
    return account
