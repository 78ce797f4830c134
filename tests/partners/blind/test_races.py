"""Two hands on one candidate, and two lists at once, with real threads and real commits."""

from __future__ import annotations

import pytest

from partners.blind import services
from partners.blind.enums import CandidateStatus as C
from partners.blind.models import Candidate, Run
from tests.missingcases.test_races import at_once
from tests.partners.blind.conftest import hers, partner_member, patterns

pytestmark = pytest.mark.usefixtures("committing_db")


def test_two_confirmations_at_once_are_one_on_each_side(
    candidate, met_coordinator, met_inspector, worker
) -> None:
    done, told = at_once(
        *(
            (lambda who=who: services.confirm_here(actor=who.actor, candidate_id=candidate.pk))
            for who in (met_coordinator, met_inspector)
        )
    )
    assert (done, len(told)) == (1, 1)
    second = partner_member(at="second")

    done, told = at_once(
        lambda: services.confirm_there(actor=worker.actor, candidate_id=candidate.pk),
        lambda: services.reject(actor=second.actor, candidate_id=candidate.pk, reason="Not hers."),
    )

    assert (done, len(told)) == (1, 1)
    candidate.refresh_from_db()
    assert candidate.status in {C.CONFIRMED, C.REJECTED}


def test_confirmed_while_it_is_taken_back_ends_one_way(told, met_coordinator, worker) -> None:
    at_once(
        lambda: services.confirm_there(actor=worker.actor, candidate_id=told.pk),
        lambda: services.take_back(actor=met_coordinator.actor, candidate_id=told.pk, reason="A mistake."),
    )

    told.refresh_from_db()
    assert told.status == C.WITHDRAWN


def test_two_lists_at_once_find_one_pair_once_and_count_for_the_limit(pairing, sought, worker) -> None:
    lists = [patterns(pairing, hers(), start=100 * turn) for turn in range(3)]

    done, told = at_once(
        *(
            (lambda held=held: services.ask(actor=worker.actor, pairing_id=pairing.pk, held=held))
            for held in lists
        )
    )

    assert (done, len(told)) == (2, 1)
    assert Candidate.objects.count() == 1
    assert sorted(Run.objects.values_list("found", flat=True)) == [0, 1]
