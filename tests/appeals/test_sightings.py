"""From what the public wrote to what came of it, and who may read it meanwhile."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from appeals import deadlines
from appeals.enums import SightingStatus, SubmissionKind
from appeals.models import Sighting
from appeals.selectors.sightings import sightings_visible_to, to_answer, to_triage
from appeals.services import sightings as services
from foundation.access import Refused
from foundation.audit.models import AuditEvent
from foundation.exceptions import Conflict, Invalid, NotVisible

pytestmark = pytest.mark.django_db
S = SightingStatus


@pytest.fixture
def seen(live) -> Sighting:
    return Sighting.objects.create(
        appeal=live,
        incident=live.incident,
        received_at=timezone.now(),
        place="Camden Town station",
        description="Sat on the stairs, alone.",
        certainty="sure",
    )


def test_immediate_danger_is_with_the_force_and_answered_on_a_clock(desk, seen) -> None:
    services.triage(actor=desk.publicity, reference=seen.reference, triage="immediate", words="")
    seen.refresh_from_db()
    assert seen.pass_by == seen.received_at + timedelta(minutes=15)
    assert not sightings_visible_to(desk.officer).exists()

    services.pass_to_police(actor=desk.publicity, reference=seen.reference)
    seen.refresh_from_db()
    assert seen.acknowledge_by == seen.passed_at + deadlines.ACKNOWLEDGE_IMMEDIATE_WITHIN
    assert list(to_answer(desk.officer)) == [seen]

    services.acknowledge_sighting(actor=desk.officer, reference=seen.reference)
    services.assess_sighting(actor=desk.officer, reference=seen.reference)
    services.record_sighting_outcome(actor=desk.officer, reference=seen.reference, outcome="not_them")
    seen.refresh_from_db()
    assert (seen.status, seen.outcome) == (S.OUTCOME, "not_them")
    assert not to_answer(desk.officer).exists()


def test_what_is_late_first_comes_first(desk, live, seen) -> None:
    services.triage(actor=desk.publicity, reference=seen.reference, triage="routine", words="")
    urgent = Sighting.objects.create(
        appeal=live, incident=live.incident, received_at=timezone.now(), description="In danger."
    )
    services.triage(actor=desk.publicity, reference=urgent.reference, triage="immediate", words="")
    new = Sighting.objects.create(
        appeal=live, incident=live.incident, received_at=timezone.now(), description="Somewhere."
    )
    assert list(to_triage(desk.publicity)) == [new, urgent, seen]


def test_a_malicious_one_is_not_passed_unless_somebody_looks_again(desk, seen) -> None:
    with pytest.raises(Invalid):
        services.triage(actor=desk.publicity, reference=seen.reference, triage="malicious", words=" ")
    services.triage(actor=desk.publicity, reference=seen.reference, triage="malicious", words="A joke.")
    assert not to_triage(desk.publicity).exists()
    with pytest.raises(Refused) as refused:
        services.pass_to_police(actor=desk.publicity, reference=seen.reference)
    assert refused.value.refusal.code == "malicious"
    services.look_again(actor=desk.second, reference=seen.reference, reason="A second one says the same.")
    services.triage(actor=desk.second, reference=seen.reference, triage="routine", words="")
    services.pass_to_police(actor=desk.second, reference=seen.reference)
    seen.refresh_from_db()
    assert seen.status == S.PASSED_TO_POLICE


@pytest.mark.parametrize("kind", [SubmissionKind.IT_IS_ME, SubmissionKind.NOT_TRUE])
def test_what_the_person_writes_of_themself_stays_with_the_charity(desk, seen, kind) -> None:
    Sighting.objects.filter(pk=seen.pk).update(kind=kind)
    services.triage(actor=desk.publicity, reference=seen.reference, triage="routine", words="")
    with pytest.raises(Refused) as refused:
        services.pass_to_police(actor=desk.publicity, reference=seen.reference)
    assert refused.value.refusal.code == "confidential"
    services.record_sighting_outcome(actor=desk.publicity, reference=seen.reference, outcome="verified")
    seen.refresh_from_db()
    assert seen.outcome == "verified"
    assert not sightings_visible_to(desk.officer).exists()


def test_the_charity_does_not_say_what_came_of_a_sighting(desk, seen) -> None:
    services.triage(actor=desk.publicity, reference=seen.reference, triage="routine", words="")
    with pytest.raises(Refused):
        services.record_sighting_outcome(actor=desk.publicity, reference=seen.reference, outcome="confirmed")


def test_each_side_says_only_what_is_its_own(desk, seen) -> None:
    services.triage(actor=desk.publicity, reference=seen.reference, triage="routine", words="")
    with pytest.raises(Refused):
        services.triage(actor=desk.publicity, reference=seen.reference, triage="routine", words="")
    services.pass_to_police(actor=desk.publicity, reference=seen.reference)
    with pytest.raises(Refused):
        services.acknowledge_sighting(actor=desk.publicity, reference=seen.reference)
    services.acknowledge_sighting(actor=desk.officer, reference=seen.reference)
    with pytest.raises(Invalid):
        services.record_sighting_outcome(actor=desk.officer, reference=seen.reference, outcome="verified")


def test_nobody_else_finds_it(
    desk, seen, kent_officer, family_worker, authority_worker, rhi_interviewer, auditor
) -> None:
    services.triage(actor=desk.publicity, reference=seen.reference, triage="routine", words="")
    services.pass_to_police(actor=desk.publicity, reference=seen.reference)
    for member in (kent_officer, family_worker, authority_worker, rhi_interviewer, auditor):
        assert not sightings_visible_to(member.actor).exists()
        with pytest.raises(NotVisible):
            services.open_sighting(actor=member.actor, reference=seen.reference)


def test_reading_one_is_on_the_trail(desk, seen) -> None:
    services.open_sighting(actor=desk.publicity, reference=seen.reference)
    entry = AuditEvent.objects.get(action="appeals.sighting_opened")
    assert (entry.target_id, entry.incident_id) == (seen.pk, seen.incident_id)
    with pytest.raises(NotVisible):
        services.open_sighting_photo(actor=desk.publicity, reference=seen.reference)


def test_two_people_at_once_are_told(desk, seen) -> None:
    services.triage(actor=desk.publicity, reference=seen.reference, triage="routine", words="", version=1)
    with pytest.raises(Conflict):
        services.pass_to_police(actor=desk.second, reference=seen.reference, version=1)
