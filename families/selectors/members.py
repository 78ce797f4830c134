"""Members of a case the actor sees, and what may be told to or about each."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from families.enums import CaseStatus
from families.models import (
    BlockedParty,
    CaseAccess,
    ContactPoint,
    FamilyMember,
    IdentityCheck,
    MemberBond,
    SupportCase,
)
from families.selectors.cases import cases_visible_to
from foundation.actors import Actor
from foundation.exceptions import NotVisible


def members_visible_to(actor: Actor) -> QuerySet[FamilyMember]:
    """Members of the cases that the actor sees."""
    return FamilyMember.objects.filter(case__in=cases_visible_to(actor).values("pk"))


def member_for(actor: Actor, reference: str) -> FamilyMember:
    """One member by reference. Raises `NotVisible`."""
    rows = members_visible_to(actor).select_related("case", "case__incident", "case__contact_person")
    found = rows.filter(reference=reference).first()
    if found is None:
        raise NotVisible(reference)
    return found


def points_of(member: FamilyMember) -> QuerySet[ContactPoint]:
    """The ways to reach a member, the preferred first; the unsafe among them, marked."""
    return member.points.filter(ended_at__isnull=True)


def point_for(actor: Actor, reference: str) -> ContactPoint:
    """One way to be reached. Raises `NotVisible`."""
    rows = ContactPoint.objects.filter(member__in=members_visible_to(actor).values("pk"))
    found = rows.select_related("member", "member__case").filter(reference=reference).first()
    if found is None:
        raise NotVisible(reference)
    return found


def last_check(member: FamilyMember) -> IdentityCheck | None:
    """The latest check of who they are, passed or not."""
    return member.checks.select_related("by", "point").first()


def bonds_of(member: FamilyMember) -> list[tuple[FamilyMember, MemberBond]]:
    """The other members with what they are to this one."""
    rows = MemberBond.objects.filter(Q(first=member) | Q(second=member)).select_related("first", "second")
    return [(row.second if row.first_id == member.pk else row.first, row) for row in rows.order_by("pk")]


def in_conflict_with(member: FamilyMember) -> list[FamilyMember]:
    """Members in conflict with this one: neither learns anything of the other from us."""
    return [other for other, bond in bonds_of(member) if bond.in_conflict]


def conflicts_of(case: SupportCase) -> list[MemberBond]:
    """Every pair in conflict in a case."""
    rows = case.bonds.filter(in_conflict=True).select_related("first", "second")
    return list(rows.order_by("pk"))


def blocked_of(case: SupportCase) -> QuerySet[BlockedParty]:
    """The parties blocked in a case now."""
    return case.blocked.filter(ended_at__isnull=True).select_related("added_by").order_by("pk")


def is_barred(case_id: int, keys: Iterable[str]) -> bool:
    """Whether one of these addresses belongs to somebody blocked in the case."""
    wanted = [key for key in keys if key]
    rows = BlockedParty.objects.filter(case_id=case_id, ended_at__isnull=True)
    return bool(wanted) and rows.filter(number_key__in=wanted).exists()


def is_unsafe(member_id: int, key: str) -> bool:
    """Whether this address is marked unsafe for the member, under whichever entry."""
    rows = ContactPoint.objects.filter(member_id=member_id, is_unsafe=True)
    return bool(key) and rows.filter(value_key=key).exists()


def is_kept_from(key: str) -> bool:
    """Whether nothing may go to this address, whoever writes from it: unsafe for somebody, or blocked."""
    unsafe = ContactPoint.objects.filter(value_key=key, is_unsafe=True)
    barred = BlockedParty.objects.filter(number_key=key, ended_at__isnull=True)
    return bool(key) and (unsafe.exists() or barred.exists())


def members_at(key: str) -> list[FamilyMember]:
    """Every relative whose address this is, with their case: none is named by it."""
    points = ContactPoint.objects.filter(value_key=key, ended_at__isnull=True)
    rows = FamilyMember.objects.filter(pk__in=points.values("member")).select_related("case")
    return list(rows) if key else []


def relative_at(key: str, charity_id: int) -> FamilyMember | None:
    """The one relative whose safe address this is, if every colleague of the charity may know of them."""
    hidden = CaseAccess.objects.filter(ended_at__isnull=True, is_kept_out=True)
    points = ContactPoint.objects.filter(value_key=key, is_unsafe=False, ended_at__isnull=True)
    rows = FamilyMember.objects.filter(
        pk__in=points.values("member"),
        is_blocked=False,
        case__charity_id=charity_id,
        case__is_narrowed=False,
    ).exclude(case__in=hidden.values("case"))
    found = list(rows[:2]) if key else []
    return found[0] if len(found) == 1 else None


def members_to_tell(actor: Actor, incident_id: int | None) -> QuerySet[FamilyMember]:
    """Whom a message of this incident can be passed on to; of no incident: anybody whom we support."""
    rows = members_visible_to(actor).exclude(case__status=CaseStatus.CLOSED).filter(is_blocked=False)
    if incident_id is not None:
        rows = rows.filter(case__incident_id=incident_id)
    return rows.select_related("case").order_by("case__reference", "pk")
