"""What family support keeps about people: how it follows a merge, answers them, and ends.

All of it is the charity's alone. What hangs on a case is led to from its incident or person; a case that
no incident knows of is found by its family.
"""

from __future__ import annotations

from datetime import timedelta

from families.models import FamilyMember, SupportCase
from families.services import erasing
from foundation.accounts.enums import OrganisationKind
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.contributions import Merge, Retention, Schedule, Subject
from foundation.keeping import Holding, subject_access
from missingcases.keeping import SIX_YEARS

_CASE = "families.SupportCase"
_KEPT = "As long as the support that it belongs to."
_MEMBER = "families.FamilyMember"
_WITH_CASE = frozenset({"ContactRecord", "SupportTask"})
_OTHERS = "Their own: look whether it names another relative, or tells where somebody is."
_RELATIVE = "What a relative said in confidence is theirs: it is weighed before it is given."


def _merge_incident(keep_id: int, gone_id: int, actor: Actor) -> int:
    """Support goes on with the incident that is kept."""
    moved = SupportCase.objects.filter(incident_id=gone_id)
    ids = list(moved.values_list("pk", flat=True))
    moved.update(incident_id=keep_id)
    audit.record(
        actor=actor,
        action="families.cases_merged",
        target=SupportCase,
        target_ids=ids,
        incident_id=keep_id,
        fields=["incident"],
    )
    return len(ids)


MERGE = (
    Merge(_CASE, "incident", "Shown with the incident that is kept.", _merge_incident),
    Merge(_CASE, "person", "Stays with the record it was linked to, which the merge leads on from."),
)


def _of_case(model: str, title: str, at: str, *fields: str) -> Holding:
    return Holding(f"families.{model}", "case", title, at, fields, "case__charity", _RELATIVE)


def _of_member(model: str, title: str, at: str, *fields: str) -> Holding:
    return Holding(f"families.{model}", "member", title, at, fields, "member__case__charity", _RELATIVE)


_ABOUT = ("about", "missing_since", "status")
HOLDINGS = (
    Holding(_CASE, "incident", "Support of a family", "opened_at", _ABOUT, "charity", _RELATIVE),
    Holding(_CASE, "person", "Support of a family", "opened_at", _ABOUT, "charity", _RELATIVE),
    _of_case("CaseAccess", "A colleague was named for the support", "added_at", "is_kept_out"),
    _of_case("FamilyMember", "Member of a family", "added_at", "relationship", "role"),
    _of_case("MemberBond", "What two members are to each other", "recorded_at", "kind"),
    _of_case("BlockedParty", "Somebody to whom nothing is told", "added_at"),
    _of_case("Signpost", "Signpost of the law", "case__opened_at", "key", "due_on"),
    _of_case("ContactRecord", "Contact with the family", "started_at", "channel", "direction"),
    _of_case("Visit", "Visit to the family", "planned_at", "status", "starts_at"),
    _of_case("SupportTask", "Something owed to the family", "made_at", "kind", "status"),
    _of_member("ContactPoint", "Way to reach a relative", "added_at", "kind"),
    _of_member("IdentityCheck", "A relative's identity was checked", "at", "method", "passed"),
    _of_member("Told", "A relative was told something", "at", "finding", "source"),
    _of_member("FollowUp", "Planned contact with a relative", "due_at", "step", "status"),
    _of_member("CounsellingReferral", "A relative's referral to a counsellor", "referred_at", "status"),
)
SUBJECT_ACCESS = subject_access(HOLDINGS)


def _of_theirs(model: str, key: str, title: str, at: str, *fields: str, withheld: str = _OTHERS) -> Holding:
    whose = "case__charity" if key == "pk" or model in _WITH_CASE else "member__case__charity"
    return Holding(f"families.{model}", key, title, at, fields, whose, withheld)


def _relative_named(reference: str, actor: Actor) -> int | None:
    rows = FamilyMember.objects.filter(reference=reference, case__charity_id=actor.organisation_id or 0)
    return rows.values_list("pk", flat=True).first()


# What a relative is told of themself, when it is they who ask: their own words among it.
RELATIVE = Subject(
    _MEMBER,
    _relative_named,
    subject_access(
        (
            _of_theirs(
                "FamilyMember", "pk", "What we know of you", "added_at",
                "name", "relationship", "role", "consent", "consent_scope", "languages", "safe_hours",
                "contact_wish", "follow_up_wish",
            ),
            _of_theirs("ContactPoint", "member", "Way to reach you", "added_at", "kind", "value"),
            _of_theirs(
                "ContactRecord", "member", "Contact with you", "started_at",
                "channel", "direction", "subject", "words", "feeling", "needs",
            ),
            _of_theirs("SupportTask", "member", "Owed to you", "made_at", "kind", "words", "status"),
            _of_theirs("Told", "member", "You were told", "at", "words", "finding", "channel"),
            _of_theirs("IdentityCheck", "member", "Your identity was checked", "at", "method", "passed"),
            _of_theirs("FollowUp", "member", "Planned contact with you", "due_at", "step", "status"),
            _of_theirs("CounsellingReferral", "member", "Your counsellor", "referred_at", "status"),
        )
    ),
)  # fmt: skip
RETENTION = (
    *(Retention(one.model, one.key, _KEPT) for one in HOLDINGS if one.model != _CASE),
    Retention(
        _CASE,
        "incident",
        "Six years after the support was closed, or as the charity sets it; never while somebody is missing.",
        whose="charity",
        schedule=Schedule(
            key="families",
            title="Support of families",
            kinds=frozenset({OrganisationKind.CHARITY}),
            keep=SIX_YEARS,
            least=timedelta(days=366),
            longest=timedelta(days=100 * 366),
            ended=erasing.ended_cases,
            erase=erasing.erase_cases,
        ),
    ),
    Retention(_CASE, "person", _KEPT, whose="charity"),
)
