"""That somebody read of a family: each look is in the trail, and under an opening where it was by that."""

from __future__ import annotations

from collections.abc import Collection

from django.db import models, transaction

from families.models import FamilyMember, SupportCase
from foundation.actors import Actor
from foundation.audit import services as audit
from missingcases.breakglass import services as breakglass


@transaction.atomic
def record_listed(*, actor: Actor, model: type[models.Model], ids: Collection[int]) -> None:
    """A list was read: one entry with what it showed."""
    audit.record(actor=actor, action="families.listed", target=model, target_ids=ids)


@transaction.atomic
def record_case_read(*, actor: Actor, case: SupportCase, part: str) -> None:
    """A part of a case was read."""
    audit.record(
        actor=actor,
        action="families.case_read",
        target=case,
        incident_id=case.incident_id,
        fields=[part],
        outside_own_work=case.contact_person_id not in {None, actor.user_id},
    )
    _under_an_opening(actor, case, SupportCase, case.pk)


@transaction.atomic
def record_member_read(*, actor: Actor, member: FamilyMember) -> None:
    """A member's record and thread were read."""
    case = member.case
    audit.record(actor=actor, action="families.member_read", target=member, incident_id=case.incident_id)
    _under_an_opening(actor, case, FamilyMember, member.pk)


def _under_an_opening(actor: Actor, case: SupportCase, model: type[models.Model], row_id: int) -> None:
    """Whoever is kept out of a case sees it by break-glass alone."""
    if case.access.filter(user_id=actor.user_id or 0, is_kept_out=True, ended_at__isnull=True).exists():
        breakglass.note_readings(
            actor=actor,
            target=model,
            target_ids=[row_id],
            incident_id=case.incident_id,
            person_id=case.person_id,
        )
