"""Approval by somebody else, sending through a release, and taking back."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from foundation.access import Refusal, Refused, require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.clock import in_london
from foundation.events.services import publish
from foundation.messaging import services as messaging
from foundation.states import move_held
from missingcases.enums import LawfulBasis, ReleaseKind, ReleaseStatus
from missingcases.intelligence import deadlines, policies
from missingcases.intelligence.enums import WITH_FORCE, ReportStatus, Urgency
from missingcases.intelligence.events import IntelligenceSent
from missingcases.intelligence.models import Report
from missingcases.intelligence.selectors import leaks_of
from missingcases.intelligence.services.common import hold
from missingcases.intelligence.states import REPORT
from missingcases.intelligence.telling import Told, ToldLine, fields_of
from missingcases.services.common import check_version
from missingcases.services.release_checks import ReleaseTerms
from missingcases.services.releases import create_release, revoke_release

_S = ReportStatus
LABEL = "intelligence.Report"
PURPOSE = "Intelligence for policing: to prevent harm and to investigate crime"
BASIS: dict[str, str] = {
    Urgency.IMMEDIATE: LawfulBasis.VITAL_INTERESTS,
    Urgency.ROUTINE: LawfulBasis.SAFEGUARDING,
}
LEAKS = Refusal(
    "leaks", "The sanitised text repeats something of its source. Change it, or say that you have looked."
)


@transaction.atomic
def approve_report(
    *, actor: Actor, reference: str, looked_at_leaks: bool = False, version: int | None = None
) -> Report:
    """Approve every word, as somebody who did not write them.

    Where the leak check finds something, the approver has to say that they looked. Raises `Refused`.
    """
    report = hold(actor, reference)
    check_version(report, version, {})
    require(policies.may_approve(actor, report) or policies.is_whole(report))
    if not looked_at_leaks and leaks_of(report):
        raise Refused(LEAKS)
    changes = {"approved_by_id": actor.user_id, "approved_at": timezone.now()}
    return move_held(report, REPORT, _S.APPROVED, actor=actor, changes=changes)


@transaction.atomic
def return_report(*, actor: Actor, reference: str, reason: str, version: int | None = None) -> Report:
    """Give it back to its author, who reads the reason."""
    report = hold(actor, reference)
    check_version(report, version, {})
    changes = {"returned_reason": reason.strip(), "approved_by_id": None, "approved_at": None}
    return move_held(report, REPORT, _S.RETURNED, actor=actor, reason=reason, changes=changes)


@transaction.atomic
def send_report(*, actor: Actor, reference: str, lawful_basis: str = "", override_reason: str = "") -> Report:
    """Send what was approved: a release of the sanitised lines, which the force is to acknowledge.

    Without a basis it is vital interests for what is immediate, else the safeguarding condition.
    `override_reason` is for a release that no agreement covers. Raises `Refused`, `Invalid`.
    """
    report = hold(actor, reference)
    require(policies.may_send(actor, report))
    now = timezone.now()
    release = create_release(
        actor=actor,
        incident_id=_incident_of_force(report),
        to_organisation_id=report.force_id or 0,
        kind=ReleaseKind.INTELLIGENCE,
        fields=fields_of(told_of(report)),
        purpose=PURPOSE,
        lawful_basis=lawful_basis or BASIS[report.urgency],
        reason=f"Intelligence report {report.reference}",
        source=(LABEL, report.pk),
        terms=ReleaseTerms(override_reason=override_reason),
    )
    changes = {
        "release_id": release.pk,
        "sent_at": now,
        "acknowledge_by": deadlines.acknowledge_by(now, report.urgency),
        "call_at": deadlines.acknowledge_by(now, report.urgency),
    }
    move_held(report, REPORT, _S.SENT, actor=actor, changes=changes)
    publish(IntelligenceSent(report_id=report.pk, at=now))
    return report


@transaction.atomic
def withdraw_report(*, actor: Actor, reference: str, reason: str) -> Report:
    """Take it back for good: what was with the force is shown there no more."""
    report = hold(actor, reference)
    was_sent = report.status in WITH_FORCE
    move_held(report, REPORT, _S.WITHDRAWN, actor=actor, reason=reason, changes={"call_at": None})
    if was_sent and report.release is not None and report.release.status == ReleaseStatus.APPROVED:
        report.release = revoke_release(actor=actor, release_id=report.release.pk, reason=reason)
    messaging.cancel_for_owner(actor=actor, owner_label=LABEL, owner_ids=[report.pk], cause="withdrawn")
    return report


def told_of(report: Report) -> Told:
    """What the force is to read of it: of incidents only its own, and nothing of where it came from."""
    return Told(
        reference=report.reference,
        about=report.get_topic_display(),
        urgency=report.get_urgency_display(),
        obtained=f"{in_london(report.obtained_at):%-d %B %Y, %H:%M}",
        source=report.source.code,
        lines=tuple(
            ToldLine(
                line.sanitised,
                line.source_grade or 0,
                line.intelligence_grade,
                line.handling,
                line.conditions,
            )
            for line in report.lines.all()
        ),
        instructions=report.instructions,
        incidents=_own_references(report),
    )


def _own_references(report: Report) -> tuple[str, ...]:
    mentioned = [one.incident for one in report.mentions.select_related("incident").order_by("pk")]
    named = [*([report.incident] if report.incident else []), *mentioned]
    return tuple(dict.fromkeys(one.reference for one in named if one.owner_id == report.force_id))


def _incident_of_force(report: Report) -> int | None:
    """The incident the release hangs on: another force's is not shown to this one by it."""
    own = report.incident is not None and report.incident.owner_id == report.force_id
    return report.incident_id if own else None


def note_printed(actor: Actor, report: Report) -> None:
    """Put on the trail that somebody took it along on paper."""
    audit.record(actor=actor, action="intelligence.printed", target=report, incident_id=report.incident_id)
