"""A report follows its release, whichever page or system acknowledged that or took it back.

The caller's transaction holds the release, and its incident where it has one.
"""

from __future__ import annotations

from foundation.actors import Actor
from foundation.messaging import services as messaging
from foundation.states import move_held
from missingcases.intelligence.enums import WITH_FORCE, ReportStatus
from missingcases.intelligence.models import Report
from missingcases.intelligence.services.deciding import LABEL
from missingcases.intelligence.states import REPORT

_S = ReportStatus
FOLLOWING = Actor.system("intelligence.following")


def follow_acknowledged(release_id: int) -> None:
    """The force acknowledged the release by itself: it has the report."""
    report = _of(release_id)
    if report is None or report.status != _S.SENT or report.release is None:
        return
    release = report.release
    changes = {
        "acknowledged_at": release.acknowledged_at,
        "acknowledged_by_id": release.acknowledged_by_id,
        "call_at": None,
    }
    move_held(report, REPORT, _S.ACKNOWLEDGED, actor=FOLLOWING, changes=changes)
    _take_back(report)


def follow_revoked(release_id: int) -> None:
    """The release was taken back by itself, or again after a restore: so is the report."""
    report = _of(release_id)
    if report is None or report.status not in WITH_FORCE:
        return
    move_held(
        report,
        REPORT,
        _S.WITHDRAWN,
        actor=FOLLOWING,
        reason="Its release was taken back.",
        changes={"call_at": None},
    )
    _take_back(report)


def _of(release_id: int) -> Report | None:
    rows = Report.objects.select_for_update(of=("self",), no_key=True).select_related("release")
    return rows.filter(release_id=release_id).first()


def _take_back(report: Report) -> None:
    messaging.cancel_for_owner(actor=FOLLOWING, owner_label=LABEL, owner_ids=[report.pk], cause="taken_up")
