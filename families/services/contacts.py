"""The contact log: entries that are never changed, with a timer for a call that is going on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from families import policies
from families.deadlines import RISK_WITHIN
from families.enums import DIALLED, OPEN_RISKS, ContactChannel, Direction, Need, Risk, TaskKind
from families.models import ContactPoint, ContactRecord, FamilyMember, SupportCase
from families.services.common import case_to_write, filled, member_of
from families.services.tasks import owe
from foundation.access import Refusal, Refused, require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import Invalid, NotVisible

RUNNING = Refusal("running", "You have a call running. Finish that first.")


@dataclass(frozen=True, slots=True)
class Heard:
    """What came of a contact. `call_back_at` is when another call was promised."""

    words: str
    feeling: str = ""
    needs: tuple[str, ...] = field(default=())
    risk: str = Risk.NONE
    risk_words: str = ""
    call_back_at: datetime | None = None


@transaction.atomic
def log_contact(
    *,
    actor: Actor,
    case_id: int,
    member_id: int | None,
    channel: str,
    direction: str,
    started_at: datetime,
    ended_at: datetime,
    heard: Heard,
    form_token: UUID,
) -> ContactRecord:
    """Put down a contact that is over. The same `form_token` twice is one entry. Raises `Invalid`."""
    case = case_to_write(actor, case_id)
    known = ContactRecord.objects.filter(form_token=form_token, case=case).first()
    if known is not None:
        return known
    member = member_of(case, member_id) if member_id else None
    problems = _problems(heard)
    if ended_at < started_at:
        problems["ended_at"] = "It cannot have ended before it began."
    if started_at > timezone.now():
        problems["started_at"] = "This is in the future."
    if problems:
        raise Invalid(problems)
    row = ContactRecord.objects.create(
        case=case,
        member=member,
        channel=ContactChannel(channel),
        direction=Direction(direction),
        started_at=started_at,
        ended_at=ended_at,
        worker_id=actor.user_id,
        form_token=form_token,
        **_kept(heard),
    )
    audit.record(actor=actor, action="families.contact_logged", target=row)
    _follow(case, member, row, actor, heard)
    return row


@transaction.atomic
def start_call(
    *, actor: Actor, case_id: int, member_id: int, direction: str, point_id: int | None = None
) -> ContactRecord:
    """Start the timer of a call. We ring nobody on an unsafe number, nor against their wish.

    Raises `Refused`, also where the worker has a call running already.
    """
    case = case_to_write(actor, case_id)
    member = member_of(case, member_id)
    point = _point(member, point_id)
    if direction == Direction.OUT:
        require(policies.may_contact(member))
        if point is None:
            raise Invalid({"point": "Add a number that is safe to ring first."})
    if point is not None:
        require(policies.may_use(point))
    try:
        with transaction.atomic():
            row = ContactRecord.objects.create(
                case=case,
                member=member,
                point=point,
                channel=ContactChannel.CALL,
                direction=Direction(direction),
                started_at=timezone.now(),
                worker_id=actor.user_id,
            )
    except IntegrityError:
        raise Refused(RUNNING) from None
    audit.record(actor=actor, action="families.call_started", target=row)
    return row


def _point(member: FamilyMember, point_id: int | None) -> ContactPoint | None:
    if point_id is None:
        return None
    point = ContactPoint.objects.filter(member=member, pk=point_id, kind__in=DIALLED).first()
    if point is None:
        raise Invalid({"point": "Choose a number of theirs."})
    return point


@transaction.atomic
def finish_call(
    *, actor: Actor, contact_id: int, heard: Heard, ended_at: datetime | None = None
) -> ContactRecord:
    """Stop the timer and put down what was heard; only whoever started it does."""
    found = ContactRecord.objects.filter(pk=contact_id, worker_id=actor.user_id).first()
    if found is None:
        raise NotVisible(f"contact {contact_id}")
    case = case_to_write(actor, found.case_id)
    row = ContactRecord.objects.select_for_update(no_key=True).get(pk=contact_id)
    if row.ended_at is not None:
        raise Refused(Refusal("finished", "This call is finished. Correct it by another entry."))
    ended = ended_at or timezone.now()
    problems = _problems(heard)
    if not row.started_at <= ended <= timezone.now():
        problems["ended_at"] = "It ended after it began, and not in the future."
    if problems:
        raise Invalid(problems)
    written = {"ended_at": ended, **_kept(heard)}
    for name, value in written.items():
        setattr(row, name, value)
    row.save(update_fields=list(written))
    audit.record(actor=actor, action="families.call_finished", target=row, fields=list(written))
    _follow(case, row.member, row, actor, heard)
    return row


@transaction.atomic
def correct_contact(*, actor: Actor, contact_id: int, words: str) -> ContactRecord:
    """Put right an entry that is wrong: another beside it, which stays."""
    first = ContactRecord.objects.filter(pk=contact_id, ended_at__isnull=False).first()
    if first is None:
        raise NotVisible(f"contact {contact_id}")
    case_to_write(actor, first.case_id)
    row = ContactRecord.objects.create(
        case_id=first.case_id,
        member_id=first.member_id,
        channel=first.channel,
        direction=first.direction,
        started_at=first.started_at,
        ended_at=first.started_at,
        worker_id=actor.user_id,
        words=filled("words", words, "Write what is right."),
        corrects=first,
    )
    audit.record(actor=actor, action="families.contact_corrected", target=row)
    return row


@transaction.atomic
def mark_read(*, actor: Actor, case_id: int, member_id: int) -> int:
    """Somebody read what a member wrote: it waits for nobody any more. Returns how many texts."""
    case = case_to_write(actor, case_id)
    rows = ContactRecord.objects.filter(
        case=case, member_id=member_id, inbound_id__isnull=False, read_at__isnull=True
    )
    ids = list(rows.values_list("pk", flat=True))
    rows.filter(pk__in=ids).update(read_at=timezone.now())
    if ids:
        audit.record(actor=actor, action="families.replies_read", target=ContactRecord, target_ids=ids)
    return len(ids)


def _problems(heard: Heard) -> dict[str, str]:
    problems = {}
    if not heard.words.strip():
        problems["words"] = "Write what was said, in a sentence."
    if heard.risk in OPEN_RISKS and not heard.risk_words.strip():
        problems["risk_words"] = "Say what the risk is, so that a colleague can act on it."
    if set(heard.needs) - set(Need.values):
        problems["needs"] = "Choose from the list."
    if heard.call_back_at is not None and heard.call_back_at <= timezone.now():
        problems["call_back_at"] = "Promise a time that is still to come."
    return problems


def _kept(heard: Heard) -> dict[str, object]:
    return {
        "words": heard.words.strip(),
        "feeling": heard.feeling,
        "needs": sorted(heard.needs),
        "risk": Risk(heard.risk),
        "risk_words": heard.risk_words.strip(),
    }


def _follow(
    case: SupportCase, member: FamilyMember | None, row: ContactRecord, actor: Actor, heard: Heard
) -> None:
    """What is owed from now on: a promised call, and a risk that somebody must look after."""
    owed = partial(owe, case, actor, member=member, contact=row)
    if heard.risk in OPEN_RISKS:
        now = timezone.now()
        due_at = now if heard.risk == Risk.IMMEDIATE else now + RISK_WITHIN
        owed(kind=TaskKind.RISK, words=heard.risk_words.strip(), due_at=due_at)
    if heard.call_back_at is not None:
        owed(kind=TaskKind.CALL_BACK, words="Ring back, as promised.", due_at=heard.call_back_at)
