"""Reading a report, and what the force does with what it received."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import NotVisible
from foundation.messaging import services as messaging
from foundation.states import move_held
from missingcases.enums import ReleaseStatus
from missingcases.intelligence import selectors
from missingcases.intelligence.enums import ReportOutcome, ReportStatus
from missingcases.intelligence.models import Report
from missingcases.intelligence.services.common import hold
from missingcases.intelligence.services.deciding import LABEL
from missingcases.intelligence.states import REPORT
from missingcases.intelligence.telling import Told, read_back
from missingcases.services.common import check_version, one_of
from missingcases.services.release_reading import acknowledge_release, read_release

_S = ReportStatus


@transaction.atomic
def open_report(*, actor: Actor, reference: str) -> Report:
    """The whole report, for the side that wrote it; audited. Raises `NotVisible`."""
    found = selectors.written_by(actor).filter(reference=reference).first()
    if found is None:
        raise NotVisible(reference)
    audit.record(actor=actor, action="intelligence.opened", target=found, incident_id=found.incident_id)
    return found


@transaction.atomic
def read_received(*, actor: Actor, reference: str) -> tuple[Report, Told]:
    """What was released of a report to the actor's force; audited as its reading. Raises `NotVisible`."""
    found = selectors.received_by(actor).filter(reference=reference).first()
    if found is None or found.release is None:
        raise NotVisible(reference)
    fields = read_release(actor=actor, release_id=found.release.pk)
    audit.record(actor=actor, action="intelligence.read", target=found)
    return found, read_back(fields)


@transaction.atomic
def acknowledge_report(*, actor: Actor, reference: str) -> Report:
    """The force has it. Raises `NotVisible`, `Refused`."""
    report = hold(actor, reference)
    now = timezone.now()
    changes = {"acknowledged_at": now, "acknowledged_by_id": actor.user_id, "call_at": None}
    move_held(report, REPORT, _S.ACKNOWLEDGED, actor=actor, changes=changes)
    release = report.release
    if release is not None and release.status == ReleaseStatus.APPROVED and release.acknowledged_at is None:
        acknowledge_release(actor=actor, release_id=release.pk)
    messaging.cancel_for_owner(actor=actor, owner_label=LABEL, owner_ids=[report.pk], cause="acknowledged")
    return report


@transaction.atomic
def give_outcome(
    *, actor: Actor, reference: str, outcome: str, words: str = "", version: int | None = None
) -> Report:
    """Say what came of it; whoever wrote it reads that. Raises `NotVisible`, `Refused`, `Invalid`."""
    report = hold(actor, reference)
    check_version(report, version, {})
    one_of(ReportOutcome, outcome, "outcome")
    changes = {"outcome": outcome, "outcome_words": words.strip(), "outcome_at": timezone.now()}
    return move_held(report, REPORT, _S.OUTCOME, actor=actor, changes=changes)


def searched(actor: Actor, rows: QuerySet[Report], words: str) -> list[Report]:
    """At most a screenful of those of `rows` that hold the words; that somebody searched is on the trail."""
    found = list(selectors.with_words(rows, words)[: selectors.SHOWN])
    note_listed(actor, found, action="intelligence.searched")
    return found


def note_listed(actor: Actor, rows: Iterable[Report], *, action: str = "intelligence.listed") -> None:
    """One entry for a list that was read."""
    audit.record(actor=actor, action=action, target=Report, target_ids=sorted({row.pk for row in rows}))
