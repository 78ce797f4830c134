"""A partner asks: who is found, who is never compared, and which questions are refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from foundation.access import Refused
from foundation.audit.models import AuditEvent
from foundation.exceptions import Invalid, NotVisible
from missingcases import services as cases
from missingcases.agreements.models import Agreement
from missingcases.models import Incident
from partners.blind import selectors, services
from partners.blind.deadlines import MOST_REFUSED_A_DAY
from partners.blind.encoding import Known
from partners.blind.enums import CandidateStatus
from partners.blind.models import Candidate, Run
from partners.blind.services import asking
from partners.blind.services.tidying import tidy
from tests.missingcases import making
from tests.missingcases.releasing import agreement
from tests.partners.blind.conftest import LABEL, SOUGHT, hers, long_term, partner_member, patterns

pytestmark = pytest.mark.django_db


def asks(worker, pairing, held) -> Run:
    return services.ask(actor=worker.actor, pairing_id=pairing.pk, held=held)


def refusal_of(call) -> str:
    with pytest.raises(Refused) as caught:
        call()
    return caught.value.refusal.code


def test_a_woman_known_to_both_is_found_and_the_partner_hears_nothing_yet(
    pairing, sought, worker, met_coordinator
) -> None:
    run = asks(worker, pairing, patterns(pairing, hers()))

    found = Candidate.objects.get()
    assert (run.rows, run.compared, run.left_out, run.found) == (61, 1, 0, 1)
    assert (found.incident_id, found.label, found.status) == (sought.pk, LABEL, CandidateStatus.PROPOSED)
    assert list(selectors.candidates_visible_to(worker.actor)) == []
    assert list(selectors.waiting_for(met_coordinator.actor)) == [found]
    assert AuditEvent.objects.filter(action="blind.compared", target_id=run.pk).count() == 1


def test_no_pattern_is_kept(pairing, sought, worker) -> None:
    held = patterns(pairing, hers())

    run = asks(worker, pairing, held)

    run.refresh_from_db()
    kept = bytes(run.row_digests)
    assert len(kept) == 8 * len(held.rows)
    assert not any(pattern[:8] in kept for pattern in held.patterns())


def test_the_same_pair_is_not_found_again_once_it_was_rejected(
    candidate, pairing, worker, met_coordinator
) -> None:
    services.reject(actor=met_coordinator.actor, candidate_id=candidate.pk, reason="Another middle name.")

    run = asks(worker, pairing, patterns(pairing, hers(), start=100))

    assert run.found == 0
    assert Candidate.objects.count() == 1


def test_whoever_may_be_in_danger_or_is_restricted_is_never_compared(
    pairing, worker, met_officer, met_supervisor, met_superintendent
) -> None:
    fled = long_term(met_officer, met_superintendent)
    cases.set_flag(
        actor=met_officer.actor,
        incident_id=fled.pk,
        kind="domestic_abuse",
        status="suspected",
        source="Her sister",
        reason="He looks for her.",
    )
    hidden = long_term(met_officer, met_superintendent, given_names="Rhoda", family_name="Pembroke")
    cases.restrict_incident(actor=met_superintendent.actor, incident_id=hidden.pk, reason="Covert.")

    run = asks(worker, pairing, patterns(pairing, hers()))

    assert (run.compared, run.left_out, run.found) == (0, 2, 0)


def test_who_is_not_long_term_or_another_forces_is_not_compared(
    pairing, worker, met_officer, kent_officer, met_superintendent
) -> None:
    making.missing(met_superintendent.actor, making.report(met_officer.actor, **SOUGHT))
    theirs = making.report(kent_officer.actor, **SOUGHT)
    Incident.objects.filter(pk=theirs.pk).update(status="long_term", risk_level="medium")

    assert asks(worker, pairing, patterns(pairing, hers())).compared == 0


def test_another_key_finds_nothing_and_says_so(pairing, sought, worker, met_coordinator) -> None:
    held = patterns(pairing, hers())
    services.renew_key(actor=met_coordinator.actor, pairing_id=pairing.pk, reason="A laptop was lost.")
    services.show_key(actor=worker.actor, pairing_id=pairing.pk)

    with pytest.raises(Invalid) as caught:
        asks(worker, pairing, held)

    assert "another key" in caught.value.problems["file"]
    assert Candidate.objects.count() == Run.objects.count() == 0
    assert AuditEvent.objects.filter(action="blind.refused_file", target_id=pairing.pk).count() == 1


def test_a_file_that_was_changed_is_refused(pairing, sought, worker) -> None:
    held = patterns(pairing, hers())
    with pytest.raises(Invalid) as caught:
        asks(worker, pairing, replace(held, rows=held.rows[1:]))

    assert "changed or cut off" in caught.value.problems["file"]


def test_a_question_about_single_people_is_refused(pairing, sought, worker) -> None:
    """Few records, the same record again and again, and a long list that is asked again with one more."""
    short = patterns(pairing, hers(), among=20)
    assert refusal_of(lambda: asks(worker, pairing, short)) == "too_few"
    same = patterns(pairing, *[(f"S-{at}", hers()[1]) for at in range(60)], among=10)
    assert refusal_of(lambda: asks(worker, pairing, same)) == "too_few"

    asks(worker, pairing, patterns(pairing))
    assert refusal_of(lambda: asks(worker, pairing, patterns(pairing, hers()))) == "too_few_new"
    assert Candidate.objects.count() == 0
    with time_machine.travel(timezone.now() + timedelta(days=29)):
        assert asks(worker, pairing, patterns(pairing, hers())).found == 1


def test_a_pair_compares_twice_a_day_and_eight_times_in_four_weeks(pairing, worker) -> None:
    now = timezone.now()
    for turn in range(8):
        with time_machine.travel(now + timedelta(hours=13 * turn)):
            asks(worker, pairing, patterns(pairing, start=100 * turn))
    with time_machine.travel(now + timedelta(hours=13 * 8)):
        more = patterns(pairing, start=1000)
        assert refusal_of(lambda: asks(worker, pairing, more)) == "too_often"
    with time_machine.travel(now + timedelta(days=35)):
        asks(worker, pairing, patterns(pairing, start=2000))
        asks(worker, pairing, patterns(pairing, start=3000))
        more = patterns(pairing, start=4000)
        assert refusal_of(lambda: asks(worker, pairing, more)) == "too_often"


def test_lists_that_are_refused_again_and_again_have_to_wait(
    pairing, sought, worker, met_coordinator
) -> None:
    broken = replace(patterns(pairing, hers()), seal="0" * 64)
    for _ in range(MOST_REFUSED_A_DAY):
        # What the force itself may not do shuts nobody out.
        assert refusal_of(lambda: asks(met_coordinator, pairing, broken)) == "other_organisation"
    asks(worker, pairing, patterns(pairing))
    short = patterns(pairing, hers(), among=20)
    for _ in range(MOST_REFUSED_A_DAY):
        assert refusal_of(lambda: asks(worker, pairing, short)) == "too_few"

    more = patterns(pairing, hers(), start=100)
    for _ in range(MOST_REFUSED_A_DAY):
        assert refusal_of(lambda: asks(worker, pairing, more)) == "too_often"
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        assert asks(worker, pairing, more).found == 1


def test_a_pair_that_is_known_takes_no_place_from_one_that_is_new(
    pairing, sought, worker, met_officer, met_superintendent, monkeypatch
) -> None:
    monkeypatch.setattr(asking, "MOST_CANDIDATES", 1)
    second = long_term(
        met_officer,
        met_superintendent,
        given_names="Rhoda",
        family_name="Pembroke",
        date_of_birth=date(1966, 8, 2),
    )
    both = (hers(), ("TR-0500", Known("Rhoda", "Pembrook", "02/08/1966")))
    assert asks(worker, pairing, patterns(pairing, *both)).found == 1

    assert asks(worker, pairing, patterns(pairing, *both, start=100)).found == 1

    assert set(Candidate.objects.values_list("incident_id", flat=True)) == {sought.pk, second.pk}


def test_nobody_else_asks(pairing, other_worker, met_coordinator, kent_officer, met_officer) -> None:
    held = patterns(pairing, hers())
    assert refusal_of(lambda: asks(met_coordinator, pairing, held)) == "other_organisation"
    for stranger in (other_worker, kent_officer, met_officer):
        with pytest.raises(NotVisible):
            asks(stranger, pairing, held)


def test_without_an_agreement_in_force_nothing_is_begun_or_compared(pairing, worker, met_coordinator) -> None:
    third = partner_member("third", "Third Partner")
    with pytest.raises(Invalid):
        services.start_pairing(actor=met_coordinator.actor, partner_id=third.organisation.pk)
    agreement(met_coordinator, third, "other", "name")
    with pytest.raises(Invalid):
        services.start_pairing(actor=met_coordinator.actor, partner_id=third.organisation.pk)

    Agreement.objects.filter(pk=pairing.agreement_id).update(status="ended", ended_at=timezone.now())
    assert refusal_of(lambda: asks(worker, pairing, patterns(pairing))) == "no_agreement"


def test_the_key_is_shown_once_and_gone_at_the_end(pairing, worker, met_coordinator) -> None:
    assert refusal_of(lambda: services.show_key(actor=worker.actor, pairing_id=pairing.pk)) == "shown_already"
    assert refusal_of(lambda: services.show_key(actor=met_coordinator.actor, pairing_id=pairing.pk)) == (
        "other_organisation"
    )
    services.renew_key(actor=met_coordinator.actor, pairing_id=pairing.pk, reason="Lost.")
    assert refusal_of(lambda: asks(worker, pairing, patterns(pairing))) == "no_key"

    done = services.end_pairing(actor=worker.actor, pairing_id=pairing.pk, reason="We stop tracing.")

    assert done.key == ""
    held = patterns(pairing)
    assert refusal_of(lambda: asks(worker, pairing, held)) == "pairing_ended"
    assert refusal_of(lambda: services.show_key(actor=worker.actor, pairing_id=pairing.pk)) == "pairing_ended"
    assert (
        refusal_of(lambda: services.renew_key(actor=worker.actor, pairing_id=pairing.pk, reason="x"))
        == "pairing_ended"
    )


def test_what_is_kept_to_know_a_list_again_is_forgotten(pairing, worker) -> None:
    run = asks(worker, pairing, patterns(pairing))

    with time_machine.travel(timezone.now() + timedelta(days=36)):
        assert tidy() == (0, 1)

    run.refresh_from_db()
    assert bytes(run.row_digests) == b""
