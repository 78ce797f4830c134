"""The verbs of a handover. `from families.handover import services as handovers`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from families.handover import deadlines, selectors
from families.handover.enums import HandoverStatus
from families.handover.lines import Line, open_between
from families.handover.models import Handover, HandoverLine
from families.handover.policies import may_hand_over, may_write
from families.handover.states import HANDOVER
from foundation.access import Refusal, Refused, require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import Conflict, Invalid, NotVisible
from foundation.states import move, move_held

LONGEST = 2_000
_BEGUN = Refusal("begun", "You have a handover that is not signed yet. Finish it, or take it back.")


def begin_handover(*, actor: Actor, incoming_id: int) -> Handover:
    """Begin to hand over to a colleague. Raises `Refused` while another of one's own is unsigned."""
    require(may_hand_over(actor))
    if not selectors.colleagues(actor).filter(pk=incoming_id).exists():
        raise Invalid({"incoming": "Choose the colleague who takes over."})
    now = timezone.now()
    try:
        with transaction.atomic():
            handover = Handover.objects.create(
                charity_id=actor.organisation_id or 0,
                outgoing_id=actor.user_id or 0,
                incoming_id=incoming_id,
                begun_at=now,
                sign_by=deadlines.sign_by(now),
            )
            audit.record(actor=actor, action="handover.begun", target=handover, fields=["incoming"])
    except IntegrityError:
        raise Refused(_BEGUN) from None
    return handover


def _locked(actor: Actor, handover_id: int) -> Handover:
    rows = selectors.visible_to(actor).select_for_update(no_key=True, of=("self",))
    found = rows.filter(pk=handover_id).first()
    if found is None:
        raise NotVisible(f"handover {handover_id}")
    return found


@transaction.atomic
def save_notes(
    *, actor: Actor, handover_id: int, version: int, note: str, notes: Mapping[str, str]
) -> Handover:
    """Keep what was written so far: `note` for the whole shift, `notes` by the key of a line.

    Raises `Conflict` where it was written in another window meanwhile.
    """
    handover = _locked(actor, handover_id)
    require(may_write(actor, handover))
    written = {row.key: row for row in handover.lines.all()}
    theirs = {"note": handover.note, **{key: row.note for key, row in written.items()}}
    given = {"note": note, **{key: words.strip() for key, words in notes.items()}}
    if any(len(words) > LONGEST for words in given.values()):
        raise Invalid({"note": f"Use {LONGEST:,} characters or fewer for each."})
    if all(theirs.get(key, "") == words for key, words in given.items()):
        return handover
    if handover.version != version:
        raise Conflict(version=handover.version, theirs=theirs, yours=given)
    handover.note = "\n\n".join([note, *_keep(handover, written, given)])
    handover.version += 1
    handover.save(update_fields=["note", "version"])
    audit.record(actor=actor, action="handover.written", target=handover, fields=["note", "lines"])
    return handover


def _keep(handover: Handover, written: dict[str, HandoverLine], given: Mapping[str, str]) -> list[str]:
    """Keep each note with its line; returns those whose thing was dealt with before anybody kept them."""
    live = {line.key: line for line in open_between(*selectors.both(handover)).shared}
    new, stray = [], []
    for key, words in given.items():
        if key in written:
            written[key].note = words
        elif key in live and words:
            new.append(_row(handover, live[key], len(written), words))
        elif key != "note" and words:
            stray.append(words)
    HandoverLine.objects.bulk_update(list(written.values()), ["note"])
    HandoverLine.objects.bulk_create(new)
    return stray


def _row(handover: Handover, line: Line, position: int, note: str) -> HandoverLine:
    return HandoverLine(
        handover=handover,
        key=line.key,
        position=position,
        section=line.section,
        words=line.item.words,
        url=line.item.url,
        detail=line.item.detail,
        due_at=line.item.due_at,
        note=note,
    )


@transaction.atomic
def sign_out(*, actor: Actor, handover_id: int, seen: int) -> Handover:
    """Whoever goes signs: what is open now is kept as it is, with the notes.

    `seen` is the version whose notes they read over. What was dealt with after somebody wrote about it is
    kept too, marked so.
    """
    handover = _locked(actor, handover_id)
    require(may_write(actor, handover))
    if handover.version != seen:
        require(Refusal("changed", "The notes were changed meanwhile. Read them again, then sign."))
    written = {row.key: row for row in handover.lines.all()}
    rows = [
        _row(handover, line, place, written[line.key].note if line.key in written else "")
        for place, line in enumerate(open_between(*selectors.both(handover)).shared)
    ]
    live = {row.key for row in rows}
    for row in written.values():
        if row.key not in live and row.note:
            row.pk, row.is_waiting, row.position = None, False, len(rows)
            rows.append(row)
    handover.lines.all().delete()
    HandoverLine.objects.bulk_create(rows)
    now = timezone.now()
    changes: dict[str, datetime] = {"signed_out_at": now, "sign_by": deadlines.sign_by(now)}
    return move_held(handover, HANDOVER, HandoverStatus.SIGNED_OUT, actor=actor, changes=changes)


@transaction.atomic
def sign_in(*, actor: Actor, handover_id: int, answer: str) -> Handover:
    """Whoever comes has read it and takes over. `answer` says what they ask or see otherwise, if anything."""
    handover = _locked(actor, handover_id)
    if len(answer) > LONGEST:
        raise Invalid({"answer": f"Use {LONGEST:,} characters or fewer."})
    now = timezone.now()
    changes = {"signed_in_at": now, "ended_at": now, "answer": answer.strip()}
    return move(handover, HANDOVER, HandoverStatus.DONE, actor=actor, changes=changes)


@transaction.atomic
def cancel(*, actor: Actor, reference: str, reason: str) -> Handover:
    """Take an unsigned handover back: somebody else comes, or one of the two is not there."""
    found = selectors.to_cancel(actor, reference)
    changes = {"ended_at": timezone.now()}
    return move(found, HANDOVER, HandoverStatus.CANCELLED, actor=actor, reason=reason, changes=changes)


@transaction.atomic
def record_read(*, actor: Actor, handover: Handover) -> None:
    """Note that one of the two read it."""
    audit.record(actor=actor, action="handover.read", target=handover, fields=["note", "lines"])
