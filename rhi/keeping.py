"""What Return Home Interviews keep about children: merges, access, and their end (domain.md section 8)."""

from __future__ import annotations

from collections.abc import Sequence

from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.contributions import Merge, ReleaseSource, Retention
from foundation.keeping import Holding, subject_access
from foundation.states import move
from rhi.deadlines import KEEP
from rhi.enums import ENDED, EndedBy, ReferralStatus
from rhi.models import Referral
from rhi.selectors import running_of
from rhi.services import retention
from rhi.states import REFERRAL
from rhi.system import FOLLOWING


def _merge_referrals(keep_id: int, gone_id: int, actor: Actor) -> int:
    """They go to the incident that is kept; one child is not interviewed twice for one return."""
    rows = Referral.objects.filter(incident_id=gone_id)
    if running_of(keep_id) is not None:
        _end_twin(rows.exclude(status__in=sorted(ENDED)).first())
        rows = rows.filter(status__in=sorted(ENDED))
    ids = list(rows.values_list("pk", flat=True))
    Referral.objects.filter(pk__in=ids).update(incident_id=keep_id)
    audit.record(
        actor=actor,
        action="rhi.merged",
        target=Referral,
        target_ids=ids,
        incident_id=keep_id,
        fields=["incident"],
    )
    return len(ids)


def _end_twin(referral: Referral | None) -> None:
    """The kept incident has its own. One that was held already is still reported, where it stands."""
    if referral is None or REFERRAL.may(referral, ReferralStatus.WITHDRAWN, FOLLOWING) is not None:
        return
    move(
        referral,
        REFERRAL,
        ReferralStatus.WITHDRAWN,
        actor=FOLLOWING,
        reason="The incident was a duplicate: the other has its own referral.",
        changes={"ended_by": EndedBy.MERGED},
    )


def _merge_next(keep_id: int, gone_id: int, actor: Actor) -> int:
    """The next disappearance is the incident that is kept."""
    return Referral.objects.filter(next_incident_id=gone_id).update(next_incident_id=keep_id)


MERGE = (
    Merge("rhi.Referral", "incident", "Goes to the incident that is kept.", _merge_referrals),
    Merge("rhi.Referral", "next_incident", "Names the incident that is kept.", _merge_next),
    Merge("rhi.Referral", "report", "Names what the authority was given, wherever it lies."),
    Merge("rhi.Referral", "release", "Names what was passed on, wherever it lies."),
)

_PROVIDER = "referral__provider"
_HARM_RISK = "What a child or a colleague feared is weighed before it is given: it may put somebody at risk."
HOLDINGS = (
    Holding(
        "rhi.Referral",
        "incident",
        "Return Home Interview",
        "referred_at",
        (
            "reference",
            "status",
            "clock_start",
            "offered_at",
            "answered_at",
            "decline_reason",
            "completed_at",
            "language",
            "needs",
        ),
        "provider",
        "Who cares for them, how to reach them, and what keeps a worker safe may concern others.",
    ),
    Holding(
        "rhi.ContactAttempt",
        "referral",
        "Attempt to reach them",
        "at",
        ("channel", "whom", "outcome"),
        _PROVIDER,
        "The note may concern others.",
    ),
    Holding(
        "rhi.Visit",
        "referral",
        "Visit",
        "starts_at",
        ("reference", "status", "starts_at"),
        _PROVIDER,
        "Where a worker went, whom they met and what keeps them safe may concern others.",
    ),
    Holding("rhi.Concern", "referral", "Concern", "raised_at", ("kind",), _PROVIDER, _HARM_RISK),
)
SUBJECT_ACCESS = subject_access(HOLDINGS)


def _referrals_about(incident_ids: Sequence[int]) -> list[int]:
    """The referrals after these incidents."""
    return list(Referral.objects.filter(incident_id__in=list(incident_ids)).values_list("pk", flat=True))


RELEASES = ReleaseSource("rhi.Referral", _referrals_about)
_RULE = "Kept until the child is 25 (domain.md section 8); then its words are erased and its times stay."
RETENTION = (
    Retention("rhi.Referral", "incident", _RULE, KEEP, retention.due_referrals, retention.erase_referrals),
    Retention("rhi.Referral", "next_incident", "Goes with the referral."),
    Retention("rhi.ContactAttempt", "referral", "Its note is erased with the referral's words."),
    Retention("rhi.Visit", "referral", "Its words are erased with the referral's."),
    Retention("rhi.Concern", "referral", "Its words are erased with the referral's."),
)
