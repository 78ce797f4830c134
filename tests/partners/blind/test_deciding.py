"""Each side confirms for itself; what allowed a candidate ends it."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from config.switchboard import GUARDS
from foundation.access import Refused
from foundation.exceptions import NotVisible
from foundation.messaging.models import Message
from foundation.states import IllegalMove
from missingcases import services as cases
from missingcases.models import TimelineEntry
from partners.blind import selectors, services
from partners.blind.enums import CandidateStatus as C
from partners.blind.services.tidying import tidy
from tests.missingcases import making

pytestmark = pytest.mark.django_db


def seen_by(who) -> list[int]:
    return list(selectors.candidates_visible_to(who.actor).values_list("pk", flat=True))


def stands(candidate) -> str:
    candidate.refresh_from_db()
    return candidate.status


def test_each_side_sees_its_half_and_nobody_else_anything(
    told, worker, other_worker, met_coordinator, met_officer, kent_officer, caseworker, auditor
) -> None:
    assert seen_by(worker) == seen_by(met_coordinator) == [told.pk]
    for stranger in (other_worker, met_officer, kent_officer, caseworker, auditor):
        assert seen_by(stranger) == []
        with pytest.raises(NotVisible):
            selectors.candidate_named(stranger.actor, told.reference)


def test_the_partner_confirms_after_the_force_and_not_before(candidate, worker, met_coordinator) -> None:
    with pytest.raises(NotVisible):
        services.confirm_there(actor=worker.actor, candidate_id=candidate.pk)
    with pytest.raises(IllegalMove):
        services.confirm_there(actor=met_coordinator.actor, candidate_id=candidate.pk)

    services.confirm_here(actor=met_coordinator.actor, candidate_id=candidate.pk)
    with pytest.raises(Refused):
        services.confirm_there(actor=met_coordinator.actor, candidate_id=candidate.pk)
    done = services.confirm_there(actor=worker.actor, candidate_id=candidate.pk)

    assert done.status == C.CONFIRMED
    kinds = TimelineEntry.objects.filter(incident_id=candidate.incident_id, kind__startswith="blind.")
    assert sorted(kinds.values_list("kind", flat=True)) == ["blind.confirmed", "blind.confirmed_here"]


def test_a_candidate_the_force_rejects_never_reaches_the_partner(candidate, worker, met_coordinator) -> None:
    services.reject(actor=met_coordinator.actor, candidate_id=candidate.pk, reason="Not her.")

    assert stands(candidate) == C.REJECTED
    assert seen_by(worker) == []


def test_the_partner_rejects_what_it_was_told(told, worker) -> None:
    services.reject(actor=worker.actor, candidate_id=told.pk, reason="He asked us to tell nobody.")

    assert stands(told) == C.REJECTED
    assert seen_by(worker) == [told.pk]


def test_the_force_takes_back_what_it_told(told, worker, met_coordinator) -> None:
    with pytest.raises(Refused):
        services.take_back(actor=worker.actor, candidate_id=told.pk, reason="No.")

    services.take_back(actor=met_coordinator.actor, candidate_id=told.pk, reason="Confirmed by mistake.")

    assert stands(told) == C.WITHDRAWN
    with pytest.raises(IllegalMove):
        services.confirm_there(actor=worker.actor, candidate_id=told.pk)


def test_when_she_is_found_the_candidate_ends_in_the_same_commit(told, met_officer) -> None:
    making.located(met_officer.actor, told.incident)

    assert stands(told) == C.WITHDRAWN


def test_a_danger_found_out_later_ends_it(told, met_officer) -> None:
    cases.set_flag(
        actor=met_officer.actor,
        incident_id=told.incident_id,
        kind="honour_based_abuse",
        status="suspected",
        source="A friend",
        reason="Her brothers look for her.",
    )

    assert stands(told) == C.WITHDRAWN


def test_a_restricted_incident_is_shut_at_once_and_withdrawn_soon(
    told, worker, met_coordinator, met_superintendent
) -> None:
    cases.restrict_incident(actor=met_superintendent.actor, incident_id=told.incident_id, reason="Covert.")

    assert seen_by(worker) == []
    with pytest.raises(NotVisible):
        services.confirm_there(actor=worker.actor, candidate_id=told.pk)
    assert tidy() == (1, 0)
    assert stands(told) == C.WITHDRAWN


def test_the_force_does_not_confirm_what_may_not_be_put(
    candidate, met_coordinator, met_superintendent
) -> None:
    cases.restrict_incident(
        actor=met_superintendent.actor, incident_id=candidate.incident_id, reason="Covert."
    )
    candidate.incident.refresh_from_db()
    cases.name_person(
        actor=met_superintendent.actor,
        incident_id=candidate.incident_id,
        user_id=met_coordinator.user.pk,
        organisation_id=met_coordinator.organisation.pk,
        reason="She looks after long-term incidents.",
    )

    with pytest.raises(Refused) as caught:
        services.confirm_here(actor=met_coordinator.actor, candidate_id=candidate.pk)

    assert caught.value.refusal.code == "not_put"


def test_what_nobody_looks_at_is_withdrawn_after_eight_weeks(candidate) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=55)):
        assert tidy()[0] == 0
    with time_machine.travel(timezone.now() + timedelta(days=57)):
        assert tidy()[0] == 1
    assert stands(candidate) == C.WITHDRAWN


def test_the_end_of_a_pairing_ends_what_waits(told, pairing, met_coordinator) -> None:
    services.end_pairing(actor=met_coordinator.actor, pairing_id=pairing.pk, reason="The agreement ended.")

    assert stands(told) == C.WITHDRAWN


def test_the_partner_is_written_to_once_the_force_confirmed_and_only_while_it_waits(
    candidate, worker, other_worker, met_coordinator
) -> None:
    assert not Message.objects.exists()
    services.confirm_here(actor=met_coordinator.actor, candidate_id=candidate.pk)

    message = Message.objects.get()
    assert message.to == worker.user.email
    assert candidate.reference in message.body
    words = message.body + message.subject
    person = candidate.incident.person
    for secret in (person.given_names, person.family_name, candidate.incident.reference, candidate.label):
        assert secret not in words
    assert GUARDS[message.guard](candidate.pk) is None
    services.take_back(actor=met_coordinator.actor, candidate_id=candidate.pk, reason="A mistake.")
    assert GUARDS[message.guard](candidate.pk).code == "over"
