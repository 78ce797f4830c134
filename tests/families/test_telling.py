"""What a family may be told: to whom it is certain to be, never against a wish, and written down once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from families.conflicts import gives_away
from families.models import Told
from families.services import cases, members, telling
from families.services.telling import Telling
from foundation.access import Refused
from foundation.exceptions import Invalid, NotVisible
from missingcases.models import Incident, Release
from tests.families.conftest import FATHERS, share

pytestmark = pytest.mark.django_db


def tell(who, whom, words: str = "The police have asked for more time.", token=None, **given: Any) -> Told:
    return telling.tell(
        actor=who.actor, member_id=whom.pk, telling=Telling(words, **given), form_token=token or uuid4()
    )


def certain(who, whom) -> None:
    members.check_identity(actor=who.actor, member_id=whom.pk, method="in_person")


def test_nothing_is_told_before_it_is_certain_who_listens(
    clock, mother, family_worker, second_worker
) -> None:
    given = {"actor": family_worker.actor, "member_id": mother.pk, "method": "code_word"}
    with pytest.raises(Refused):
        tell(family_worker, mother)
    members.check_identity(**given, word="Rose")
    with pytest.raises(Refused):
        tell(family_worker, mother)
    members.check_identity(**given, word="Marigold")
    token = uuid4()
    assert tell(family_worker, mother, token=token) == tell(family_worker, mother, token=token)
    # A colleague heard nobody say it, and a word that was wrong since takes the check away.
    with pytest.raises(Refused):
        tell(second_worker, mother)
    members.check_identity(**given, word="Rose")
    with pytest.raises(Refused):
        tell(family_worker, mother)
    members.check_identity(**given, word="Marigold")
    clock.shift(timedelta(hours=1))
    with pytest.raises(Refused):
        tell(family_worker, mother)


def test_of_the_finding_only_what_the_person_agreed_to_is_told(
    case, incident, mother, family_worker, met_officer, charity
) -> None:
    certain(family_worker, mother)
    with pytest.raises(Refused):
        tell(family_worker, mother, finding="safe_and_well")
    share(incident, met_officer, charity)
    cases.link_incident(actor=family_worker.actor, case_id=case.pk, incident_reference=incident.reference)
    told = {}
    for wish in ("", "no", "safe_and_well_message_only", "yes"):
        Incident.objects.filter(pk=incident.pk).update(disclose_location=wish)
        for finding in ("nothing", "safe_and_well", "whereabouts"):
            try:
                tell(family_worker, mother, finding=finding)
                told[wish, finding] = True
            except Refused:
                told[wish, finding] = False
    assert {pair for pair, done in told.items() if done} == {
        ("", "nothing"), ("no", "nothing"), ("safe_and_well_message_only", "nothing"), ("yes", "nothing"),
        ("safe_and_well_message_only", "safe_and_well"), ("yes", "safe_and_well"), ("yes", "whereabouts"),
    }  # fmt: skip


def test_what_comes_from_a_release_names_one_that_is_open_to_us(
    case, incident, mother, family_worker, met_officer, charity
) -> None:
    certain(family_worker, mother)
    with pytest.raises(Invalid):
        tell(family_worker, mother, source="release", source_reference="RL-00000000")
    share(incident, met_officer, charity)
    reference = Release.objects.get().reference
    found = tell(family_worker, mother, source="release", source_reference=reference.lower())
    assert found.source_reference == reference


def test_nothing_of_one_is_told_to_the_other_where_they_are_in_conflict(
    case, mother, father, family_worker
) -> None:
    certain(family_worker, mother)
    words = "Peter rang us yesterday."
    assert tell(family_worker, mother, words)
    members.set_bond(
        actor=family_worker.actor, case_id=case.pk, first_id=mother.pk, second_id=father.pk,
        kind="separated", in_conflict=True, why="An order against him.",
    )  # fmt: skip
    for words in ("Peter rang us yesterday.", "Ring 07700 900202.", "Write to PETER VANCE"):
        with pytest.raises(Invalid):
            tell(family_worker, mother, words)
    assert tell(family_worker, mother, "Nobody else has rung.")


def test_the_words_that_give_somebody_away() -> None:
    known = {"names": ["Al Vance", "Peter Stone", ""], "addresses": [FATHERS, "p@example.org", " "]}
    for words in ("al vance is well", "peter is well", "0770 0900 202", "try P@Example.org"):
        assert gives_away(words, **known), words
    for words in ("also fine", "repeters", "Al is well", "07700 900 201", ""):
        assert not gives_away(words, **known), words


def test_an_entry_is_put_right_beside(mother, family_worker, met_officer) -> None:
    certain(family_worker, mother)
    first = tell(family_worker, mother)
    second = telling.correct_told(actor=family_worker.actor, told_id=first.pk, words="They asked for a week.")
    assert (second.corrects, second.check_made) == (first, first.check_made)
    for who, told_id in ((met_officer, first.pk), (family_worker, 0)):
        with pytest.raises(NotVisible):
            telling.correct_told(actor=who.actor, told_id=told_id, words="Hm")


def test_a_blocked_member_is_told_nothing(mother, family_worker) -> None:
    certain(family_worker, mother)
    members.block_member(actor=family_worker.actor, member_id=mother.pk, why="It was not her.")
    with pytest.raises(Refused):
        tell(family_worker, mother)
