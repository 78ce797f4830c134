"""What partners keep about people: merges, access, and their end (domain.md section 8)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from foundation.accounts.enums import OrganisationKind
from foundation.actors import Actor
from foundation.contributions import Merge, ReleaseSource, Retention, Schedule
from foundation.keeping import Holding, subject_access
from missingcases.keeping import SIX_YEARS
from partners.models import Referral
from partners.services.merging import follow_merge
from partners.services.retention import ended_before, erase_referrals

_REFERRAL = "partners.Referral"
_WITH = "Kept as long as the referral it belongs to."
_SENDER = "referral__sender"


def _merge(keep_id: int, gone_id: int, actor: Actor) -> int:
    before = Referral.objects.filter(incident_id=gone_id).count()
    return before - len(follow_merge(keep_id, gone_id, actor))


MERGE = (Merge(_REFERRAL, "incident", "Goes on with the incident that is kept.", _merge),)
HOLDINGS = (
    Holding(
        _REFERRAL,
        "incident",
        "Referral to a partner",
        "drafted_at",
        (
            "reference",
            "takes",
            "status",
            "lawful_basis",
            "wishes",
            "sent_at",
            "answered_at",
            "ended_at",
            "outcome",
        ),
        "sender",
        "What a partner wrote of its search or support may concern others, or tell where somebody is.",
    ),
    Holding(
        "partners.Holding",
        "referral",
        "Who held a referral",
        "held_from",
        ("because", "held_from", "held_until"),
        _SENDER,
    ),
    Holding(
        "partners.Progress",
        "referral",
        "A partner said how it stands",
        "at",
        (),
        _SENDER,
        "A partner's words may concern others: they are weighed before they are given.",
    ),
    Holding("partners.Link", "referral", "A link was sent to a partner", "made_at", ("expires_at",), _SENDER),
    Holding(
        "partners.LinkCode", "link", "A code was sent to a partner", "made_at", (), "link__referral__sender"
    ),
    Holding(
        "partners.LinkSession", "link", "A partner opened its link", "begun_at", (), "link__referral__sender"
    ),
)
SUBJECT_ACCESS = subject_access(HOLDINGS)


def _about(incident_ids: Sequence[int]) -> list[int]:
    return list(Referral.objects.filter(incident_id__in=list(incident_ids)).values_list("pk", flat=True))


RELEASES = ReleaseSource(_REFERRAL, _about)
RETENTION = (
    Retention(
        _REFERRAL,
        "incident",
        "Six years after it ended, or as its sender sets it; never while the person is missing.",
        whose="sender",
        schedule=Schedule(
            key="partner-referrals",
            title="Referrals to partners",
            kinds=frozenset({OrganisationKind.POLICE_FORCE, OrganisationKind.CHARITY}),
            keep=SIX_YEARS,
            least=timedelta(days=365),
            longest=timedelta(days=25 * 366),
            ended=ended_before,
            erase=erase_referrals,
        ),
    ),
    *(Retention(one.model, one.key, _WITH) for one in HOLDINGS if one.model != _REFERRAL),
)
