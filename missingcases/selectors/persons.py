"""People a force knows already, so that a second disappearance is not a second person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from foundation.actors import Actor
from missingcases.enums import OPEN
from missingcases.models import Incident, MissingPerson
from missingcases.names import name_key
from missingcases.selectors.incidents import records_visible_to

MOST = 5


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Somebody of the actor's own force, with their open incident's reference where there is one."""

    reference: str
    name: str
    date_of_birth: date | None
    incidents: int
    open_reference: str = ""


def person_known(actor: Actor, reference: str) -> KnownPerson | None:
    """The person with this reference, if the actor's force knows them and the actor may."""
    rows = _incidents(actor).filter(person__reference=reference) if reference else Incident.objects.none()
    found = _people(list(rows.select_related("person")))
    return found[0] if found else None


def people_like(
    actor: Actor, *, given_names: str, family_name: str, date_of_birth: date | None
) -> list[KnownPerson]:
    """People with the same name, or the same family name and birth; at most five, none by half a name.

    Only people of incidents whose record the actor sees: a restricted one gives nobody away.
    """
    if not given_names or not family_name:
        return []
    same = Q(person__name_key=name_key(given_names, family_name))
    if date_of_birth is not None:
        same |= Q(person__family_name__iexact=family_name, person__date_of_birth=date_of_birth)
        same &= Q(person__date_of_birth=date_of_birth) | Q(person__date_of_birth__isnull=True)
    rows = _incidents(actor).filter(same).select_related("person").order_by("-reported_at")
    return _people(list(rows[:200]))[:MOST]


def _incidents(actor: Actor) -> QuerySet[Incident]:
    return records_visible_to(actor).filter(person__organisation_id=actor.organisation_id or 0)


def _people(incidents: list[Incident]) -> list[KnownPerson]:
    by_person: dict[int, list[Incident]] = {}
    for row in incidents:
        by_person.setdefault(row.person_id, []).append(row)
    return [_person(rows) for rows in by_person.values()]


def _person(rows: list[Incident]) -> KnownPerson:
    who: MissingPerson = rows[0].person
    running = next((row.reference for row in rows if row.status in OPEN), "")
    return KnownPerson(who.reference, who.full_name, who.date_of_birth, len(rows), running)
