"""What the force's record already answers of a referral's fields, for whoever sees the record."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from foundation.actors import Actor
from foundation.clock import in_london
from missingcases.deadlines import age_at
from missingcases.enums import Sex
from missingcases.models import Incident
from missingcases.policies import sees_record
from partners.allowed import names_of


def prefilled(actor: Actor, incident: Incident, takes: str) -> dict[str, str]:
    """Text by field name, of allowed fields alone; nothing for whoever does not see the record."""
    if not sees_record(actor, incident):
        return {}
    person = incident.person
    age = age_at(
        timezone.now(),
        date_of_birth=person.date_of_birth,
        estimated_age=person.estimated_age,
        estimated_on=person.estimated_on,
    )
    aged = "" if age is None else f"About {age}"
    born = f"{person.date_of_birth:%d %B %Y}".lstrip("0") if person.date_of_birth else aged
    found = {
        "name": " ".join(part for part in (person.given_names, person.family_name) if part),
        "also_called": ", ".join(person.aliases.order_by("pk").values_list("name", flat=True)),
        "date_of_birth": born,
        "sex": "" if person.sex == Sex.NOT_KNOWN else str(person.get_sex_display()),
        "missing_since": _day(incident.last_seen_at or incident.reported_at),
        "last_seen_area": incident.last_seen_area.name if incident.last_seen_area else "",
        "preferred_name": person.given_names,
        "age_band": "" if age is None else str(age),
    }
    allowed = names_of(takes)
    return {name: text for name, text in found.items() if name in allowed and text}


def _day(moment: datetime) -> str:
    return f"{in_london(moment):%d %B %Y}".lstrip("0")
