"""The people of a chunk: new ones written together, and those that the force has already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.timezone import localdate

from foundation.copying import copy_in, take_ids
from missingcases.matching.services.keys import index_people, seed_people
from missingcases.models import Address, Alias, MissingPerson, Phone
from missingcases.names import name_key
from missingcases.numbers import number_key

_COLUMNS = (
    "id",
    "organisation_id",
    "given_names",
    "family_name",
    "name_key",
    "date_of_birth",
    "sex",
    "estimated_age",
    "estimated_on",
)
_NO_SEX = MissingPerson._meta.get_field("sex").get_default()
Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Landing:
    """The person of one row: their key, and what their age is reckoned from."""

    pk: int
    date_of_birth: date | None
    estimated_age: int | None
    estimated_on: date | None


def land_people(organisation_id: int, rows: Sequence[Values]) -> list[Landing]:
    """The person of each row, written where the row names none that is here; also names, numbers, homes."""
    fresh = [row for row in rows if "person_reference" not in row]
    known = [row for row in rows if "person_reference" in row]
    made = _make(organisation_id, fresh)
    _copy_what_hangs_on(list(zip(made, fresh, strict=True)))
    found = _find(known)
    _add_to([(found[row["person_reference"]], row) for row in known])
    seed_people([one.pk for one in made])
    index_people(list(found))
    new = iter(made)
    return [found[row["person_reference"]] if "person_reference" in row else next(new) for row in rows]


def _make(organisation_id: int, rows: Sequence[Values]) -> list[Landing]:
    people = [
        Landing(
            pk,
            row.get("date_of_birth"),
            row.get("estimated_age"),
            localdate(row["reported_at"]) if "estimated_age" in row else None,
        )
        for pk, row in zip(take_ids(MissingPerson, len(rows)), rows, strict=True)
    ]
    copy_in(
        MissingPerson,
        _COLUMNS,
        (
            (
                person.pk,
                organisation_id,
                row.get("given_names", ""),
                row.get("family_name", ""),
                name_key(row.get("given_names", ""), row.get("family_name", "")),
                person.date_of_birth,
                row.get("sex", _NO_SEX),
                person.estimated_age,
                person.estimated_on,
            )
            for person, row in zip(people, rows, strict=True)
        ),
    )
    return people


def _find(rows: Sequence[Values]) -> dict[int, Landing]:
    wanted = MissingPerson.objects.filter(pk__in={row["person_reference"] for row in rows})
    columns = wanted.values_list("pk", "date_of_birth", "estimated_age", "estimated_on")
    return {columns_of[0]: Landing(*columns_of) for columns_of in columns}


def _copy_what_hangs_on(pairs: Sequence[tuple[Landing, Values]]) -> None:
    """Of people who are new, so that nothing can be there already."""
    copy_in(Alias, ("person_id", "name", "name_key"), (cells for pair in pairs for cells in _aliases(*pair)))
    copy_in(
        Phone, ("person_id", "number", "number_key"), (cells for pair in pairs for cells in _numbers(*pair))
    )
    copy_in(Address, ("person_id", "text"), (cells for pair in pairs for cells in _homes(*pair)))


def _add_to(pairs: Sequence[tuple[Landing, Values]]) -> None:
    """To people who were here: a name or number that they have already changes nothing."""
    Alias.objects.bulk_create(
        (
            Alias(person_id=person_id, name=name, name_key=key)
            for pair in pairs
            for person_id, name, key in _aliases(*pair)
        ),
        ignore_conflicts=True,
    )
    Phone.objects.bulk_create(
        (
            Phone(person_id=person_id, number=number, number_key=key)
            for pair in pairs
            for person_id, number, key in _numbers(*pair)
        ),
        ignore_conflicts=True,
    )
    Address.objects.bulk_create(
        Address(person_id=person_id, text=text) for pair in pairs for person_id, text in _homes(*pair)
    )


def _aliases(person: Landing, row: Values) -> list[tuple[int, str, str]]:
    return [(person.pk, name, name_key(name)) for name in row.get("aliases", ())]


def _numbers(person: Landing, row: Values) -> list[tuple[int, str, str]]:
    return [(person.pk, row["telephone"], number_key(row["telephone"]))] if "telephone" in row else []


def _homes(person: Landing, row: Values) -> list[tuple[int, str]]:
    return [(person.pk, row["address"])] if "address" in row else []
