"""The age was corrected: the concern takes the way of that age, and a child's authority is told."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from missingcases import services as cases
from partners.routes import services
from partners.routes.enums import ConcernStatus, Path
from partners.routes.models import Concern
from tests.cast import Member
from tests.missingcases import making
from tests.partners.routes.conftest import referred

pytestmark = pytest.mark.django_db
S = ConcernStatus


def corrected(officer: Member, concern: Concern, born: date) -> list[tuple[str, str]]:
    """Path and status of the incident's concerns, the first first, once the day of birth was corrected."""
    incident = concern.incident
    incident.refresh_from_db()
    cases.edit_person(
        actor=officer.actor,
        incident_id=incident.pk,
        version=incident.person.version,
        changes={"date_of_birth": born},
    )
    return list(Concern.objects.filter(incident=incident).order_by("pk").values_list("path", "status"))


@pytest.mark.parametrize("ended", ["", "asked", "referred", "notified"])
def test_of_an_adult_who_turns_out_to_be_a_child_the_authority_is_told(
    adult, met_officer, met_supervisor, ended
) -> None:
    if ended:
        services.record_consent(actor=met_officer.actor, concern_id=adult.pk, is_given=ended == "referred")
    if ended == "referred":
        referred(met_officer, adult)
    if ended == "notified":
        services.notify(actor=met_officer.actor, concern_id=adult.pk, responder="home_office")

    found = corrected(met_officer, adult, making.child_born())

    first = ended if ended in {"referred", "notified"} else S.RULED_OUT
    assert found == [(Path.ADULT, first), (Path.CHILD, S.RAISED)]
    new = Concern.objects.latest("pk")
    assert (new.by_flag, new.due_at - new.raised_at) == ("trafficking", timedelta(hours=1))
    # Another correction that leaves them a child raises nothing.
    assert corrected(met_officer, adult, making.child_born() - timedelta(days=400)) == found


def test_of_a_child_who_turns_out_to_be_grown_up_consent_is_asked(child, met_officer) -> None:
    found = corrected(met_officer, child, making.ADULT)

    assert found == [(Path.CHILD, S.RULED_OUT), (Path.ADULT, S.RAISED)]


def test_a_flag_that_counts_for_a_child_alone_raises_once_they_turn_out_to_be_one(
    adult, met_officer, met_supervisor
) -> None:
    services.rule_out(actor=met_supervisor.actor, concern_id=adult.pk, reason="A mistake.")
    cases.set_flag(
        actor=met_officer.actor,
        incident_id=adult.incident_id,
        kind="cse",
        status="suspected",
        source="A friend",
    )
    assert Concern.objects.count() == 1

    found = corrected(met_officer, adult, making.child_born())

    assert found == [(Path.ADULT, S.RULED_OUT), (Path.CHILD, S.RAISED)]
