"""What the verbs share. Lock order: the case, then what hangs on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import models

from families import policies
from families.models import FamilyMember, SupportCase
from families.selectors.cases import cases_visible_to
from families.states import WORKERS
from foundation.access import require
from foundation.accounts.models import Membership
from foundation.actors import Actor
from foundation.exceptions import Conflict, Invalid, NotVisible


def locked_case(actor: Actor, case_id: int) -> SupportCase:
    """A case the actor sees, locked. Raises `NotVisible`."""
    rows = cases_visible_to(actor).select_for_update(of=("self",), no_key=True)
    found = rows.filter(pk=case_id).first()
    if found is None:
        raise NotVisible(f"case {case_id}")
    return found


def case_to_write(actor: Actor, case_id: int) -> SupportCase:
    """A case the actor may write to, locked. Raises `NotVisible`, `Refused`."""
    case = locked_case(actor, case_id)
    require(policies.may_write(actor, case))
    return case


def member_to_write(actor: Actor, member_id: int) -> FamilyMember:
    """A member whose case the actor may write to; the case is locked, then the member."""
    case_id = FamilyMember.objects.filter(pk=member_id).values_list("case_id", flat=True).first()
    case = case_to_write(actor, case_id or 0)
    member = FamilyMember.objects.select_for_update(no_key=True).get(pk=member_id)
    member.case = case
    return member


def member_of(case: SupportCase, member_id: int | None) -> FamilyMember:
    """A member of this case. Raises `Invalid`."""
    found = FamilyMember.objects.filter(case=case, pk=member_id or 0).first()
    if found is None:
        raise Invalid({"member": "Choose somebody of this family."})
    found.case = case
    return found


def edit(row: models.Model, *, version: int, changes: Mapping[str, Any]) -> list[str]:
    """Write what differs to a locked row that was read at `version`; returns the names that changed.

    Raises `Conflict` with both sides where somebody saved since.
    """
    current: int = row.version  # type: ignore[attr-defined]
    differing = {name: value for name, value in changes.items() if getattr(row, name) != value}
    if current != version and differing:
        theirs = {name: getattr(row, name) for name in changes}
        raise Conflict(version=current, theirs=theirs, yours=dict(changes))
    if not differing:
        return []
    for name, value in differing.items():
        setattr(row, name, value)
    row.version = current + 1  # type: ignore[attr-defined]
    row.save(update_fields=[*differing, "version"])
    return sorted(differing)


def filled(name: str, words: str, problem: str) -> str:
    """The words without the space around them. Raises `Invalid` where there are none."""
    if not words.strip():
        raise Invalid({name: problem})
    return words.strip()


def is_worker(user_id: int, charity_id: int) -> bool:
    """Whether somebody supports families at the charity now."""
    return Membership.objects.filter(
        user_id=user_id,
        user__is_active=True,
        organisation_id=charity_id,
        role__in=WORKERS,
        ended_at__isnull=True,
    ).exists()
