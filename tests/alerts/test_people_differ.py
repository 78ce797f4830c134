"""Proposer, authoriser, who agrees and issuer are four: by policy, and by the database itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from alerts import policies, services
from alerts.models import ChildRescueAlert
from foundation.accounts.enums import OrganisationKind, Role
from foundation.accounts.models import Membership
from foundation.accounts.selectors import actor_for
from tests.alerts import making
from tests.cast import organisation

pytestmark = pytest.mark.django_db


def also(actor, role: Role, kind: OrganisationKind, code: str, name: str):
    """The same person, with a second role elsewhere."""
    place = organisation(code, kind, name)
    made = Membership.objects.create(user_id=actor.user_id, organisation=place, role=role)
    return actor_for(made.user, organisation_id=place.pk, source="test")


def test_a_superintendent_does_not_authorise_their_own_proposal(room, incident) -> None:
    alert = services.propose_alert(
        actor=room.superintendent,
        incident_id=incident.pk,
        content=making.details(),
        area_ids=[making.area().pk],
    )
    making.checked(room, alert)
    assert policies.may_authorise(room.superintendent, alert).code == "other_person"


def test_one_person_of_two_organisations_has_one_part(room, authorised) -> None:
    unit = ("ukmpu", "UK Missing Persons Unit")
    twice = also(room.superintendent, Role.NATIONAL_UNIT, OrganisationKind.NATIONAL_UNIT, *unit)
    assert policies.may_agree(twice, authorised).code == "other_person"
    agreed = services.agree_alert(actor=room.unit, alert_id=authorised.pk)
    services.confirm_call_handling(actor=room.officer, alert_id=agreed.pk)
    agreed.refresh_from_db()
    charity = ("missing-people", "Missing People")
    for one in (room.officer, room.superintendent, room.unit):
        issuer = also(one, Role.CHARITY_MANAGER, OrganisationKind.CHARITY, *charity)
        assert policies.may_issue(issuer, agreed).code == "other_person"


@pytest.mark.parametrize("same_as", ["proposed_by_id", "authorised_by_id", "agreed_by_id"])
def test_the_database_refuses_an_issuer_with_another_part(room, ready, same_as) -> None:
    now = timezone.now()
    issued = {
        "status": "issued",
        "issued_at": now,
        "review_at": now + timedelta(hours=4),
        "expires_at": now + timedelta(hours=24),
    }
    rows = ChildRescueAlert.objects.filter(pk=ready.pk)
    with pytest.raises(IntegrityError, match="alert_four_people"), transaction.atomic():
        rows.update(issued_by_id=getattr(ready, same_as), **issued)
    rows.update(issued_by_id=room.manager.user_id, **issued)


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        ("alert_four_people", {"authorised_by": "officer"}),
        ("alert_telephone_people_differ", {"recorded_by": "manager", "witnessed_by": "manager"}),
        ("alert_telephone_people_differ", {"recorded_by": "manager", "issued_by": "manager"}),
        ("alert_telephone_people_differ", {"witnessed_by": "superintendent"}),
        ("alert_authorised_by_somebody", {"authorised_by": None}),
    ],
)
def test_the_database_tells_people_apart(room, authorised, constraint, changes) -> None:
    people = {name: who and getattr(room, who).user_id for name, who in changes.items()}
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        ChildRescueAlert.objects.filter(pk=authorised.pk).update(
            **{f"{name}_id": user_id for name, user_id in people.items()}
        )


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        ("alert_agreed_by_somebody", {"status": "nca_agreed"}),
        ("alert_issued_by_somebody", {"status": "issued"}),
        ("alert_ended_has_its_time", {"status": "declined", "declined_reason": "No."}),
        ("alert_cancelled_says_why", {"status": "cancelled", "ended_at": timezone.now()}),
        ("alert_declined_says_why", {"status": "declined", "ended_at": timezone.now()}),
        ("alert_rehearsal_is_about_nobody", {"is_rehearsal": True}),
        ("alert_ended_has_its_time", {"ended_at": timezone.now()}),
    ],
)
def test_the_database_holds_a_status_to_what_it_says(authorised, constraint, changes) -> None:
    with pytest.raises(IntegrityError) as wrong, transaction.atomic():
        ChildRescueAlert.objects.filter(pk=authorised.pk).update(**changes)
    assert constraint in str(wrong.value) or changes.get("status") == "issued"
