"""The contact log, what was told, and what is planned, of cases the actor sees."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Q, QuerySet

from families.models import (
    ContactRecord,
    CounsellingReferral,
    FamilyMember,
    FollowUp,
    Guidance,
    Signpost,
    SupportCase,
    SupportTask,
    Told,
)
from families.selectors.cases import cases_visible_to
from foundation.actors import Actor
from foundation.exceptions import NotVisible

T = TypeVar("T")
_WITH = ("member", "worker", "point", "corrects")


def contacts_of(case: SupportCase) -> QuerySet[ContactRecord]:
    """Every contact of a case, the newest first."""
    return case.contacts.select_related(*_WITH)


def thread_of(member: FamilyMember) -> QuerySet[ContactRecord]:
    """The contacts with one member alone, the oldest first: nothing of anybody else stands in it."""
    return member.contacts.select_related(*_WITH).order_by("started_at", "pk")


def contact_for(actor: Actor, reference: str) -> ContactRecord:
    """One contact. Raises `NotVisible`."""
    rows = ContactRecord.objects.filter(case__in=_ids(actor)).select_related("case", *_WITH)
    return _only(rows.filter(reference=reference).first(), reference)


def task_for(actor: Actor, reference: str) -> SupportTask:
    """One task. Raises `NotVisible`."""
    rows = SupportTask.objects.filter(case__in=_ids(actor)).select_related("case")
    return _only(rows.filter(reference=reference).first(), reference)


def told_of(case: SupportCase, member: FamilyMember | None = None) -> QuerySet[Told]:
    """What the family was told, the newest first; or one member alone."""
    rows = case.told.select_related("member", "by", "corrects")
    return rows if member is None else rows.filter(member=member)


def told_for(actor: Actor, told_id: int) -> Told:
    """One entry of what was told. Raises `NotVisible`."""
    rows = Told.objects.filter(case__in=_ids(actor)).select_related("case", "member")
    return _only(rows.filter(pk=told_id).first(), f"told {told_id}")


def follow_up_for(actor: Actor, follow_up_id: int) -> FollowUp:
    """One planned contact. Raises `NotVisible`."""
    rows = FollowUp.objects.filter(case__in=_ids(actor)).select_related("case", "member")
    return _only(rows.filter(pk=follow_up_id).first(), f"follow-up {follow_up_id}")


def signpost_for(actor: Actor, signpost_id: int) -> Signpost:
    """One signpost. Raises `NotVisible`."""
    rows = Signpost.objects.filter(case__in=_ids(actor)).select_related("case")
    return _only(rows.filter(pk=signpost_id).first(), f"signpost {signpost_id}")


def counselling_for(actor: Actor, referral_id: int) -> CounsellingReferral:
    """One referral to a counsellor. Raises `NotVisible`."""
    rows = CounsellingReferral.objects.filter(case__in=_ids(actor)).select_related("case", "member")
    return _only(rows.filter(pk=referral_id).first(), f"referral {referral_id}")


def guidance_of(actor: Actor, *, with_retired: bool = False) -> QuerySet[Guidance]:
    """The words we explain things with: the house's own, and those of the actor's charity."""
    rows = Guidance.objects.filter(Q(charity__isnull=True) | Q(charity_id=actor.organisation_id or 0))
    return rows if with_retired else rows.filter(is_active=True)


def _ids(actor: Actor) -> QuerySet[SupportCase, int]:
    return cases_visible_to(actor).order_by().values_list("pk", flat=True)


def _only(row: T | None, what: str) -> T:
    if row is None:
        raise NotVisible(what)
    return row
