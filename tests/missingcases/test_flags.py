"""Flags belong to the person; the incident keeps how they stood (domain.md section 2)."""

from __future__ import annotations

import pytest

from foundation.access import Refused
from foundation.exceptions import Conflict, Invalid
from missingcases import selectors, services
from missingcases.models import FlagSnapshot, Incident
from tests.missingcases import making

pytestmark = pytest.mark.django_db


@pytest.fixture
def incident(met_officer, lambeth) -> Incident:
    return making.report(met_officer.actor, placing_authority_id=lambeth.pk)


def flag(actor, incident: Incident, kind: str = "cse", status: str = "suspected", **given: object):
    return services.set_flag(
        actor=actor, incident_id=incident.pk, kind=kind, status=status, source="Mother", **given
    )


def snapshot(incident: Incident) -> dict[str, str]:
    return dict(FlagSnapshot.objects.filter(incident=incident).values_list("kind", "status"))


def test_a_new_incident_takes_the_persons_flags_with_it(met_officer, incident) -> None:
    flag(met_officer.actor, incident)
    later = making.report(met_officer.actor, person_reference=incident.person.reference)
    assert snapshot(later) == {"cse": "suspected"}


def test_the_snapshot_follows_until_the_incident_has_ended(met_officer, met_supervisor, incident) -> None:
    flag(met_officer.actor, incident)
    making.located(met_officer.actor, incident)
    flag(met_officer.actor, incident, status="confirmed")
    assert snapshot(incident) == {"cse": "confirmed"}
    making.interviewed(met_officer.actor, incident)
    services.close_incident(actor=met_supervisor.actor, incident_id=incident.pk, outcome=making.outcome())
    flag(met_supervisor.actor, incident, status="ruled_out", reason="Another girl.")
    assert snapshot(incident) == {"cse": "confirmed"}


def test_what_the_interview_brought_out_is_on_the_timeline(met_officer, incident) -> None:
    making.located(met_officer.actor, incident)
    flag(met_officer.actor, incident, "county_lines")
    told = selectors.timeline_for(met_officer.actor, incident, kinds=("flag",))
    assert [entry.summary for entry in told] == ["Flag suspected: County lines"]


def test_any_new_flag_asks_for_somebody_absent_to_be_graded_again(
    met_officer, met_supervisor, incident
) -> None:
    making.absent(met_supervisor.actor, incident)
    flag(met_officer.actor, incident, "dementia")
    assert incident.actions.filter(kind="grade_again").count() == 1


def test_every_absence_of_the_person_is_graded_again(met_officer, met_supervisor, incident) -> None:
    other = making.report(met_officer.actor, person_reference=incident.person.reference)
    making.absent(met_supervisor.actor, other)
    flag(met_officer.actor, incident)
    assert other.actions.filter(kind="grade_again").exists()


def test_a_supervisor_rules_out_and_says_why(met_officer, met_supervisor, incident) -> None:
    flag(met_officer.actor, incident)
    with pytest.raises(Refused):
        flag(met_officer.actor, incident, status="ruled_out", reason="No.")
    with pytest.raises(Invalid):
        flag(met_supervisor.actor, incident, status="ruled_out")
    ruled = flag(met_supervisor.actor, incident, status="ruled_out", reason="Another girl.")
    assert list(ruled.changes.values_list("status", flat=True)) == ["ruled_out", "suspected"]


def test_a_colleagues_flag_is_not_overwritten_unseen(met_officer, second_met_officer, incident) -> None:
    flag(met_officer.actor, incident, status="confirmed", version=0)
    with pytest.raises(Conflict) as both:
        flag(second_met_officer.actor, incident, version=0)
    assert both.value.theirs["status"] == "confirmed"
    assert incident.person.flags.get().status == "confirmed"


def test_the_forces_own_flag_is_no_authoritys(met_officer, authority_worker, incident) -> None:
    flag(met_officer.actor, incident, "terrorism", sensitivity="owner_only")
    flag(met_officer.actor, incident, "cse")
    assert [one.kind for one in selectors.flags_of(authority_worker.actor, incident)] == ["cse"]
    words = " ".join(entry.summary for entry in selectors.timeline_for(authority_worker.actor, incident))
    assert "Terrorism" not in words
    assert "exploitation" in words
