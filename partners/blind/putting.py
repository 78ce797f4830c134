"""Which of a force's people are ever compared with a partner's list, and what is encoded of them.

Somebody whom whoever looks for them may harm is not put to a partner by a machine: a relative who asks a
tracing partner may be that person (domain.md sections 2 and 7).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from foundation.access import Refusal
from missingcases.enums import ACTIVE_FLAG, DiscloseLocation, FlagKind, IncidentStatus, Sex
from missingcases.models import Address, Flag, Incident
from partners.blind.encoding import Known

BARRED: frozenset[str] = frozenset(
    {
        FlagKind.DOMESTIC_ABUSE,
        FlagKind.HONOUR_BASED_ABUSE,
        FlagKind.TRAFFICKING,
        FlagKind.ABDUCTION,
        FlagKind.KIDNAP,
        FlagKind.TERRORISM,
    }
)
# Somebody who said, after an earlier disappearance, that where they are is not to be passed on.
_UNTOLD = (DiscloseLocation.NO, DiscloseLocation.SAFE_AND_WELL_MESSAGE_ONLY)
_POSTCODE = re.compile(r"\b([A-Za-z]{1,2}\d[A-Za-z\d]?) ?(\d[A-Za-z]{2})\b")


@dataclass(frozen=True, slots=True)
class Put:
    """The incidents that are compared, in order, with what is known of each person; how many are not."""

    incident_ids: tuple[int, ...]
    known: tuple[Known, ...]
    left_out: int


def long_term_of(holder_id: int) -> QuerySet[Incident]:
    """Every long-term incident of a force."""
    return Incident.objects.filter(owner_id=holder_id, status=IncidentStatus.LONG_TERM)


def may_be_put(rows: QuerySet[Incident]) -> QuerySet[Incident]:
    """Those of `rows` that may be compared."""
    danger = Flag.objects.filter(
        person_id=OuterRef("person_id"), kind__in=sorted(BARRED), status__in=sorted(ACTIVE_FLAG)
    )
    untold = Incident.objects.filter(person_id=OuterRef("person_id"), disclose_location__in=_UNTOLD)
    return rows.filter(~Exists(danger), ~Exists(untold), is_restricted=False, starts_held=False)


def why_not_put(incident: Incident, holder_id: int) -> Refusal | None:
    """Why this incident is not put to a partner now, in words for the force."""
    rows = long_term_of(holder_id).filter(pk=incident.pk)
    if not rows.exists():
        return Refusal("not_long_term", "It is no long-term incident of your force any more.")
    if not may_be_put(rows).exists():
        return Refusal(
            "not_put", "It is restricted, or the person may be in danger from whoever looks for them."
        )
    return None


def put_by(holder_id: int) -> Put:
    """What a force compares: its long-term incidents but those that must not be."""
    every = long_term_of(holder_id)
    rows = list(may_be_put(every).select_related("person").order_by("pk"))
    homes = _homes_of({row.person_id for row in rows})
    people = [(row.pk, _known(row, homes.get(row.person_id, ""))) for row in rows]
    enough = [(pk, known) for pk, known in people if known.is_enough]
    return Put(
        tuple(pk for pk, _ in enough), tuple(known for _, known in enough), every.count() - len(enough)
    )


def _known(incident: Incident, home: str) -> Known:
    person = incident.person
    postcode = _POSTCODE.search(home)
    return Known(
        given_names=person.given_names,
        family_name=person.family_name,
        date_of_birth=person.date_of_birth.isoformat() if person.date_of_birth else "",
        sex=person.sex if person.sex in {Sex.FEMALE, Sex.MALE} else "",
        postcode=postcode[0] if postcode else "",
        town=_town(home),
    )


def _homes_of(person_ids: Iterable[int]) -> dict[int, str]:
    """The latest address of each; the one they still live at before one they left."""
    rows = Address.objects.filter(person_id__in=list(person_ids)).order_by("lived_until", "pk")
    ended_last = sorted(rows, key=lambda row: row.lived_until is None)
    return {row.person_id: row.text for row in ended_last}


def _town(home: str) -> str:
    """The last part of an address that has no digit once its postcode is taken out."""
    parts = [part.strip() for part in re.split(r"[,\n]", _POSTCODE.sub("", home))]
    return next((part for part in reversed(parts) if part and not any(c.isdigit() for c in part)), "")
