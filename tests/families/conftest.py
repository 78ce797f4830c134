"""A family in touch with the charity."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine

from families.enums import Consent, PointKind, Wish
from families.models import ContactPoint, FamilyMember, SupportCase
from families.services import cases, members, points
from foundation.accounts.enums import Role
from missingcases import services as incidents
from missingcases.models import Incident
from tests.cast import Member, member
from tests.textsafe.conftest import report

DAYTIME = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
MOTHERS, FATHERS = "+447700900201", "+447700900202"


@pytest.fixture
def clock():
    """Two in the afternoon of a Monday, moved by hand."""
    with time_machine.travel(DAYTIME, tick=False) as traveller:
        yield traveller


@pytest.fixture
def second_worker(charity) -> Member:
    """Another family support worker."""
    return member("family2@charity.example", "Bea Okonkwo", charity, Role.FAMILY_SUPPORT)


@pytest.fixture
def case(clock, family_worker) -> SupportCase:
    """A family that no incident knows of."""
    return cases.open_case(
        actor=family_worker.actor,
        details=cases.CaseDetails(about="Their son Jude", missing_since=date(2026, 11, 20)),
    )


def add(case: SupportCase, who: Member, name: str, **given: Any) -> FamilyMember:
    """A member who agreed to be supported."""
    known: dict[str, Any] = {
        "relationship": "parent",
        "consent": Consent.GIVEN,
        "contact_wish": Wish.YES,
    }
    return members.add_member(
        actor=who.actor, case_id=case.pk, details=members.MemberDetails(name=name, **(known | given))
    )


def reach(
    who: Member, whom: FamilyMember, value: str, kind: str = PointKind.SMS, **given: Any
) -> ContactPoint:
    """A way to reach them."""
    return points.add_point(actor=who.actor, member_id=whom.pk, kind=kind, value=value, **given)


@pytest.fixture
def mother(case, family_worker) -> FamilyMember:
    """The mother, with a mobile and a code word."""
    found = add(case, family_worker, "Ngozi Bright", role="next_of_kin")
    reach(family_worker, found, MOTHERS, is_preferred=True)
    return members.set_code_word(actor=family_worker.actor, member_id=found.pk, word="Marigold")


@pytest.fixture
def father(case, family_worker) -> FamilyMember:
    """The father, who lives elsewhere."""
    found = add(case, family_worker, "Peter Vance")
    reach(family_worker, found, FATHERS)
    return found


@pytest.fixture
def incident(clock, charity, met_officer) -> Incident:
    """A missing child of the Met, whom the charity knows nothing of yet."""
    return report(met_officer.actor)


def share(incident: Incident, officer: Member, charity: Any) -> None:
    """The force tells the charity of the incident."""
    incidents.create_release(
        actor=officer.actor,
        incident_id=incident.pk,
        to_organisation_id=charity.pk,
        fields={"first_name": "Alex"},
        kind="service_request",
        purpose="Support of the family",
        lawful_basis="public_task",
        reason="The family asked for support.",
    )
