"""What alerts keep about people: how it follows a merge, answers them, and ends (domain.md section 8)."""

from __future__ import annotations

from collections.abc import Sequence

from alerts.enums import BEFORE_ISSUE, CancelReason
from alerts.models import ChildRescueAlert
from alerts.services import end_before_issue
from alerts.system import FOLLOWING
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.contributions import Merge, Retention
from foundation.keeping import Holding, subject_access


def _merge_alerts(keep_id: int, gone_id: int, actor: Actor) -> int:
    """They are shown with the incident that is kept. One child has one alert: a twin that was not sent ends.

    One that was issued was ended when the incident was cancelled as a duplicate.
    """
    rows = ChildRescueAlert.objects.filter(incident_id=gone_id).select_for_update(of=("self",), no_key=True)
    ids = []
    for row in rows:
        if row.status in BEFORE_ISSUE:
            end_before_issue(FOLLOWING, row, cancel_reason=CancelReason.ERROR)
        ids.append(row.pk)
    ChildRescueAlert.objects.filter(pk__in=ids).update(incident_id=keep_id)
    audit.record(
        actor=actor,
        action="alerts.merged",
        target=ChildRescueAlert,
        target_ids=ids,
        incident_id=keep_id,
        fields=["incident"],
    )
    return len(ids)


MERGE = (
    Merge("alerts.ChildRescueAlert", "incident", "Shown with the incident that is kept.", _merge_alerts),
    Merge("alerts.AlertContent", "photo", "A picture stays a copy of the photo it was made of."),
)

_FORCE = "alert__force"
_POLICE = "What police knew then, and who said it, is weighed before it is given."
HOLDINGS = (
    Holding(
        "alerts.ChildRescueAlert",
        "incident",
        "Child Rescue Alert",
        "proposed_at",
        ("reference", "status", "issued_at", "ended_at"),
        "force",
        "Why it was declined or ended is weighed before it is given.",
    ),
    Holding("alerts.AlertArea", "alert", "Area of an alert", "alert__proposed_at", ("area",), _FORCE),
    Holding(
        "alerts.AlertContent",
        "alert",
        "Text of an alert",
        "made_at",
        ("first_name", "age", "description", "clothing", "last_seen_place", "last_seen_at", "alt_text"),
        _FORCE,
        "Whom they were thought to be with is another's: it is weighed before it is given.",
    ),
    Holding("alerts.AlertContent", "photo", "Picture of an alert", "made_at", ("alt_text",), _FORCE),
    Holding(
        "alerts.PictureRemoval",
        "alert",
        "Picture taken away",
        "at",
        ("fault", "at"),
        _FORCE,
        "Why it was taken away may tell of somebody else: it is weighed before it is given.",
    ),
    Holding(
        "alerts.AlertWording",
        "content",
        "Wording of an alert",
        "content__made_at",
        ("headline", "instruction"),
        "content__alert__force",
        "A description may tell of somebody else: it is weighed before it is given.",
    ),
    Holding(
        "alerts.CriterionCheck",
        "alert",
        "Criterion of an alert",
        "at",
        ("criterion", "is_met"),
        _FORCE,
        _POLICE,
    ),
    Holding("alerts.Comment", "alert", "Comment on an alert", "at", (), _FORCE, _POLICE),
    Holding(
        "alerts.TelephoneAgreement",
        "alert",
        "National agreement to an alert",
        "recorded_at",
        ("recorded_at", "witnessed_at"),
        _FORCE,
        "Who agreed is a colleague's.",
    ),
    Holding("alerts.Notice", "alert", "Notice of an alert", "sent_at", ("kind", "identifier"), _FORCE),
    Holding("alerts.Notice", "content", "Notice of an alert", "sent_at", ("kind", "identifier"), _FORCE),
    Holding(
        "alerts.NoticeRun",
        "notice",
        "Channel of a notice",
        "notice__sent_at",
        ("channel", "language"),
        "notice__alert__force",
    ),
    Holding(
        "alerts.RunCost", "run", "Cost of a notice", "run__notice__sent_at", (), "run__notice__alert__force"
    ),
    Holding(
        "alerts.CostApproval",
        "alert",
        "Cost approved",
        "at",
        (),
        _FORCE,
        "What it cost is no data of theirs.",
    ),
    Holding("alerts.CallVolume", "alert", "Calls to the force", "hour", ("calls",), _FORCE),
)
SUBJECT_ACCESS = subject_access(HOLDINGS)

_RULE = (
    "Kept with the record of publicity, at least six years, then reviewed by a person (domain.md section 8)."
)


def _with_alerts(incident_ids: Sequence[int]) -> Sequence[int]:
    """What was told to the public about somebody names them, and is reviewed by a person."""
    known = ChildRescueAlert.objects.filter(incident_id__in=list(incident_ids))
    return list(known.values_list("incident_id", flat=True).distinct())


RETENTION = (
    Retention("alerts.ChildRescueAlert", "incident", _RULE, needs=_with_alerts),
    *(Retention(one.model, one.key, _RULE) for one in HOLDINGS[1:]),
)
