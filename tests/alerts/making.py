"""Bringing alerts to where a test begins, by the same verbs people use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest

from alerts import services
from alerts.enums import Criterion
from alerts.models import ChildRescueAlert
from foundation.access import Refused
from foundation.accounts.enums import OrganisationKind, Role
from foundation.actors import Actor
from foundation.places.models import Area, AreaKind
from missingcases.models import Incident
from tests.cast import member, organisation
from tests.missingcases.making import child_born, missing, report

EVIDENCE = "Seen by her teacher getting into a stranger's car."


@dataclass(frozen=True)
class Room:
    """The people whom one alert takes: proposer, authoriser, national unit, and the charity's three."""

    officer: Actor
    superintendent: Actor
    unit: Actor
    manager: Actor
    second_manager: Actor
    third_manager: Actor


def code_of(wrong: pytest.ExceptionInfo[Refused]) -> str:
    """The code of what refused."""
    return wrong.value.refusal.code


def room_of_the_cast() -> Room:
    """Everybody of the launch room, made once."""
    met = organisation("metropolitan", OrganisationKind.POLICE_FORCE, "Metropolitan")
    charity = organisation("missing-people", OrganisationKind.CHARITY, "Missing People")
    unit = organisation("ukmpu", OrganisationKind.NATIONAL_UNIT, "UK Missing Persons Unit")
    manager, of_unit = Role.CHARITY_MANAGER, Role.NATIONAL_UNIT
    superintendent = Role.POLICE_SUPERINTENDENT
    return Room(
        member("officer@met.example", "Asha Okoro", met, Role.POLICE_OFFICER).actor,
        member("superintendent@met.example", "Ruth Aldous", met, superintendent).actor,
        member("duty@unit.example", "Ned Castle", unit, of_unit).actor,
        member("manager@charity.example", "Grace Adeyemi", charity, manager).actor,
        member("manager2@charity.example", "Idris Vaughan", charity, manager).actor,
        member("manager3@charity.example", "Bea Lund", charity, manager).actor,
    )


def area(name: str = "Camden", code: str = "E09000007", kind: str = AreaKind.BOROUGH) -> Area:
    """One area of the tree."""
    found, _ = Area.objects.get_or_create(code=code, defaults={"name": name, "kind": kind, "gss_code": code})
    return found


def details(**given: Any) -> services.ContentDetails:
    """A complete version, its words drafted."""
    values: dict[str, Any] = {
        "first_name": "Robin",
        "age": 9,
        "description": "Four feet tall with short brown hair",
        "clothing": "A red coat",
        "last_seen_place": "Camden",
        "suspect": "A man of about 40 in a grey suit",
        "vehicle": "A blue van",
    }
    return services.ContentDetails(**values | given)


def missing_child(officer: Actor, supervisor: Actor, **given: Any) -> Incident:
    """A child of nine at high risk, unless told otherwise."""
    values = {"given_names": "Robin", "family_name": "Moor", "date_of_birth": child_born()} | given
    return missing(supervisor, report(officer, **values), level="high")


def proposed(room: Room, incident: Incident | None, **given: Any) -> ChildRescueAlert:
    """Proposed by the officer; without an incident as a rehearsal."""
    values: dict[str, Any] = {"form_token": uuid4(), "content": details(), "area_ids": [area().pk]}
    return services.propose_alert(
        actor=room.officer, incident_id=incident.pk if incident else None, **values | given
    )


def checked(room: Room, alert: ChildRescueAlert) -> ChildRescueAlert:
    """Every criterion met."""
    for one in Criterion:
        services.check_criterion(
            actor=room.officer, alert_id=alert.pk, criterion=one, is_met=True, evidence=EVIDENCE
        )
    alert.refresh_from_db()
    return alert


def authorised(room: Room, alert: ChildRescueAlert) -> ChildRescueAlert:
    """The force has said yes."""
    return services.authorise_alert(actor=room.superintendent, alert_id=checked(room, alert).pk)


def agreed(room: Room, alert: ChildRescueAlert) -> ChildRescueAlert:
    """The national unit has agreed here."""
    return services.agree_alert(actor=room.unit, alert_id=authorised(room, alert).pk)


def ready(room: Room, alert: ChildRescueAlert) -> ChildRescueAlert:
    """Nothing is missing but somebody who issues it."""
    agreed(room, alert)
    return services.confirm_call_handling(actor=room.officer, alert_id=alert.pk)
