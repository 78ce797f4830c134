"""Which agreement covers a flow."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from missingcases.agreements.enums import AgreementStatus
from missingcases.agreements.models import Agreement

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
