"""Records of one person twice inside one organisation are found, kept as pairs and never told to others."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.management import call_command

from foundation.states import move
from missingcases.matching.models import LikelyPair, PairStatus
from missingcases.matching.services.duplicates import find_duplicates
from missingcases.matching.states import LIKELY_PAIR
from tests.missingcases import making

pytestmark = pytest.mark.django_db
BORN = date(2009, 3, 12)
KNOWN = {"given_names": "Katherine", "family_name": "Nowak", "date_of_birth": BORN, "sex": "female"}


@pytest.fixture
def twice(met_officer, kent_officer) -> tuple[int, int]:
    """One person twice in the Met's records, once in Kent's, and somebody else."""
    first = making.report(met_officer.actor, **KNOWN)
    second = making.report(
        met_officer.actor, **KNOWN | {"given_names": "Kate", "date_of_birth": date(2009, 12, 3)}
    )
    making.report(met_officer.actor, given_names="Olu", family_name="Sands", date_of_birth=date(1990, 1, 2))
    making.report(kent_officer.actor, **KNOWN)
    return first.person_id, second.person_id


def pairs() -> list[tuple[int, int]]:
    return list(LikelyPair.objects.values_list("first_id", "second_id"))


def test_a_pair_is_found_with_its_reasons(twice, met, system) -> None:
    assert find_duplicates(actor=system, organisation_id=met.pk) == 1
    pair = LikelyPair.objects.get()
    assert (pair.first_id, pair.second_id, pair.organisation) == (*twice, met)
    assert set(pair.reasons) == {"nickname", "birth_swapped"}


def test_organisations_are_never_compared_with_each_other(twice, kent, system) -> None:
    assert find_duplicates(actor=system, organisation_id=kent.pk) == 0


def test_what_was_decided_stays_decided(twice, met, met_supervisor, system) -> None:
    find_duplicates(actor=system, organisation_id=met.pk)
    pair = LikelyPair.objects.get()
    move(pair, LIKELY_PAIR, PairStatus.NOT_THE_SAME, actor=met_supervisor.actor)
    assert find_duplicates(actor=system, organisation_id=met.pk) == 0
    pair.refresh_from_db()
    assert pair.status == PairStatus.NOT_THE_SAME


def test_a_pair_that_is_likely_no_more_is_forgotten(twice, met, met_officer, system) -> None:
    find_duplicates(actor=system, organisation_id=met.pk)
    other = making.report(met_officer.actor, given_names="Ivor", family_name="Finch")
    stale = LikelyPair.objects.create(
        organisation=met, first_id=twice[0], second_id=other.person_id, score=30, reasons=["same_name"]
    )
    assert find_duplicates(actor=system, organisation_id=met.pk) == 1
    assert not LikelyPair.objects.filter(pk=stale.pk).exists()


def test_the_command_says_how_many_wait(twice, capsys) -> None:
    call_command("find_duplicates", organisation="metropolitan")
    assert "metropolitan: 1 pairs to decide" in capsys.readouterr().out
    assert pairs() == [twice]
