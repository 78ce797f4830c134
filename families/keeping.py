"""What family support keeps about people: how it follows a merge, answers them, and ends.

All of it is the charity's alone. What hangs on a case is led to from its incident or person; a case that
no incident knows of is found by its family.
"""

from __future__ import annotations

from families.models import SupportCase
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.contributions import Merge, Retention
from foundation.keeping import Holding, subject_access

_CASE = "families.SupportCase"
_KEPT = "Until the support is closed, then by the charity's own schedule."
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
    _of_case("SupportTask", "Something owed to the family", "made_at", "kind", "status"),
    _of_member("ContactPoint", "Way to reach a relative", "added_at", "kind"),
    _of_member("IdentityCheck", "A relative's identity was checked", "at", "method", "passed"),
    _of_member("Told", "A relative was told something", "at", "finding", "source"),
    _of_member("FollowUp", "Planned contact with a relative", "due_at", "step", "status"),
    _of_member("CounsellingReferral", "A relative's referral to a counsellor", "referred_at", "status"),
)
SUBJECT_ACCESS = subject_access(HOLDINGS)
RETENTION = tuple(Retention(one.model, one.key, _KEPT) for one in HOLDINGS)
