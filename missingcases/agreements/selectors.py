"""Which agreement covers a flow, and the agreements as each side sees them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import NotVisible
from missingcases.agreements.deadlines import review_shown_from
from missingcases.agreements.enums import AgreementStatus
from missingcases.agreements.models import Agreement
from missingcases.agreements.policies import READERS, may_draft

_NUMBERED = re.compile(r"_\d+$")


@dataclass(frozen=True, slots=True)
class Cover:
    """What the agreements in force say of one release.

    `agreement` covers all of it. Where none does, `lapsed` would have, had it been reviewed in time, and
    `outside` are the fields that the nearest one leaves out (empty: there is none for this flow).
    """

    agreement: Agreement | None = None
    lapsed: Agreement | None = None
    outside: tuple[str, ...] = ()


def cover_for(
    *, from_id: int, to_id: int, flow: str, field_names: Iterable[str], lawful_basis: str, today: date
) -> Cover:
    """The agreement that covers a release of these fields on this basis `today`, or why none does."""
    rows = Agreement.objects.filter(
        from_organisation_id=from_id,
        to_organisation_id=to_id,
        flow=flow,
        status=AgreementStatus.IN_FORCE,
        lawful_bases__contains=[lawful_basis],
    )
    found = sorted(rows, key=lambda row: (row.review_on, row.pk), reverse=True)
    names = sorted(field_names)
    whole = [row for row in found if not fields_outside(row, names)]
    for row in whole:
        if today <= row.covers_until:
            return Cover(agreement=row)
    if whole:
        return Cover(lapsed=whole[0])
    nearest = min((fields_outside(row, names) for row in found), key=len, default=())
    return Cover(outside=nearest)


def fields_outside(agreement: Agreement, names: Iterable[str]) -> tuple[str, ...]:
    """The names that the agreement does not allow; of numbered ones it names the stem."""
    allowed = set(agreement.field_names)
    return tuple(one for one in names if one not in allowed and _NUMBERED.sub("", one) not in allowed)


def visible_to(actor: Actor) -> QuerySet[Agreement]:
    """The agreements of the actor's organisation, for those who answer for sharing and its auditor."""
    if not actor.holds(READERS):
        return Agreement.objects.none()
    side = Q(from_organisation_id=actor.organisation_id) | Q(to_organisation_id=actor.organisation_id)
    rows = Agreement.objects.filter(side)
    return rows.select_related("from_organisation", "to_organisation")


def agreement_named(actor: Actor, reference: str) -> Agreement:
    """One of them; the reading is audited. Raises `NotVisible`."""
    rows = visible_to(actor).select_related("drafted_by", "from_signed_by", "to_signed_by", "reviewed_by")
    found = rows.filter(reference=reference).first()
    if found is None:
        raise NotVisible(reference)
    audit.record(actor=actor, action="agreement.opened", target=found)
    return found


def held_agreement(actor: Actor, reference: str) -> Agreement:
    """One of them, locked for the rest of the transaction. Raises `NotVisible`."""
    found = visible_to(actor).select_for_update(no_key=True, of=("self",)).filter(reference=reference).first()
    if found is None:
        raise NotVisible(reference)
    return found


def to_sign(actor: Actor) -> QuerySet[Agreement]:
    """Drafts that wait for the signature of the actor's organisation, the oldest first."""
    if may_draft(actor) is not None:
        return Agreement.objects.none()
    ours = Q(from_organisation_id=actor.organisation_id, from_signed_at__isnull=True)
    theirs = Q(to_organisation_id=actor.organisation_id, to_signed_at__isnull=True)
    return visible_to(actor).filter(ours | theirs, status=AgreementStatus.DRAFT).order_by("pk")


def to_review(actor: Actor, today: date) -> QuerySet[Agreement]:
    """Agreements in force whose review is near or past, the most overdue first."""
    if may_draft(actor) is not None:
        return Agreement.objects.none()
    rows = visible_to(actor).filter(status=AgreementStatus.IN_FORCE, review_on__lte=review_shown_from(today))
    return rows.order_by("review_on", "pk")
