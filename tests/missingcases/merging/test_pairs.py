"""Likely duplicates in hand: the list, deciding in one place and the other, and what the others see."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foundation.access import Refused
from foundation.audit.models import AuditEvent
from foundation.states import IllegalMove
from missingcases import services as cases
from missingcases.matching.models import LikelyPair, PairStatus
from missingcases.merging import selectors, services, tasks
from missingcases.merging.models import NotTheSame
from tests.cast import Member
from tests.missingcases import making

pytestmark = pytest.mark.django_db
KNOWN = {"given_names": "Katherine", "family_name": "Nowak", "date_of_birth": date(2009, 3, 12)}
LIST = "/people/duplicates/"


@pytest.fixture
def twice(met_officer):
    """One person twice in the Met's records, found by the night's look."""
    first = making.report(met_officer.actor, **KNOWN)
    second = making.report(met_officer.actor, **KNOWN | {"given_names": "Kate"})
    services.look_for_duplicates(organisation_id=met_officer.organisation.pk)
    return first, second


def client_of(somebody: Member) -> Client:
    return somebody.sign_in(Client())


def status_of(one, other) -> str:
    return LikelyPair.objects.get(first_id=one.person_id, second_id=other.person_id).status


def merged(actor, keep, gone):
    return services.merge_people(
        actor=actor, keep=keep.person.reference, gone=gone.person.reference, reason="One number."
    )


def test_the_list_shows_both_records_and_why(twice, met_supervisor) -> None:
    page = client_of(met_supervisor).get(LIST).content.decode()
    for words in ("Katherine Nowak", "Kate Nowak", "Nickname", "same date of birth", "Compare and merge"):
        assert words.lower() in page.lower(), words
    for incident in twice:
        assert reverse("people:person", args=[incident.person.reference]) in page
    read = AuditEvent.objects.get(action="person.pairs_listed")
    assert set(read.target_ids) == {one.person_id for one in twice}
    assert "Nowak" not in page.split("</title>")[0]


def test_the_list_says_so_when_nothing_waits(met_supervisor) -> None:
    assert "No likely duplicates" in client_of(met_supervisor).get(LIST).content.decode()
    assert "Nothing is put off" in client_of(met_supervisor).get(f"{LIST}?show=put-off").content.decode()


def test_only_those_who_merge_reach_it_and_others_find_nothing(
    twice, met_officer, met_supervisor, kent_supervisor, caseworker
) -> None:
    pair = LikelyPair.objects.get()
    for stranger in (met_officer, caseworker):
        assert client_of(stranger).get(LIST).status_code == 403
    assert "Nowak" not in client_of(kent_supervisor).get(LIST).content.decode()
    for name in ("put_off", "take_up", "pair_apart"):
        at = reverse(f"people:{name}", args=[pair.pk])
        assert client_of(kent_supervisor).post(at).status_code == 404
        assert client_of(met_officer).post(at).status_code == 403
    assert status_of(*twice) == PairStatus.TO_DECIDE
    assert LIST in client_of(met_supervisor).get("/incidents/").content.decode()
    assert LIST not in client_of(met_officer).get("/incidents/").content.decode()


def test_a_restricted_record_takes_the_pair_off_everybody_elses_list(
    twice, met_superintendent, met_coordinator
) -> None:
    cases.restrict_incident(actor=met_superintendent.actor, incident_id=twice[1].pk, reason="A witness.")
    assert selectors.pairs_visible_to(met_superintendent.actor).count() == 1
    assert not selectors.pairs_visible_to(met_coordinator.actor).exists()
    at = reverse("people:put_off", args=[LikelyPair.objects.get().pk])
    assert client_of(met_coordinator).post(at).status_code == 404


def test_not_the_same_is_decided_in_both_places(twice, met_supervisor, met_officer) -> None:
    pair = LikelyPair.objects.get()
    client = client_of(met_supervisor)
    assert client.post(reverse("people:pair_apart", args=[pair.pk])).url == LIST
    assert NotTheSame.objects.count() == 1
    assert status_of(*twice) == PairStatus.NOT_THE_SAME
    assert "Nowak" not in client.get(LIST).content.decode()
    services.look_for_duplicates(organisation_id=met_supervisor.organisation.pk)
    assert status_of(*twice) == PairStatus.NOT_THE_SAME


def test_told_apart_on_the_person_page_leaves_the_list(twice, met_officer, met_supervisor) -> None:
    one, other = (incident.person.reference for incident in twice)
    client_of(met_officer).post(reverse("people:not_the_same", args=[one, other]))
    assert status_of(*twice) == PairStatus.NOT_THE_SAME
    assert "Nowak" not in client_of(met_supervisor).get(LIST).content.decode()


def test_what_was_told_apart_before_the_look_is_not_asked(met_officer, met_supervisor) -> None:
    one, other = (making.report(met_officer.actor, **KNOWN) for _ in range(2))
    services.tell_apart(actor=met_officer.actor, person=one.person.reference, other=other.person.reference)
    assert services.look_for_duplicates(organisation_id=met_officer.organisation.pk) == 0
    assert not LikelyPair.objects.exists()


def test_later_puts_a_pair_off_for_two_weeks(twice, met_supervisor) -> None:
    pair = LikelyPair.objects.get()
    client = client_of(met_supervisor)
    client.post(reverse("people:put_off", args=[pair.pk]))
    assert "Nowak" not in client.get(LIST).content.decode()
    page = client.get(f"{LIST}?show=put-off").content.decode()
    assert "Nowak" in page
    assert "by Dilys Probert" in page
    services.look_for_duplicates(organisation_id=met_supervisor.organisation.pk)
    assert status_of(*twice) == PairStatus.PUT_OFF
    with time_machine.travel(timezone.now() + timedelta(days=15)):
        services.look_for_duplicates(organisation_id=met_supervisor.organisation.pk)
    assert status_of(*twice) == PairStatus.TO_DECIDE
    client.post(reverse("people:put_off", args=[pair.pk]))
    client.post(reverse("people:take_up", args=[pair.pk]))
    assert status_of(*twice) == PairStatus.TO_DECIDE


def test_whoever_comes_second_is_told_so(twice, met_supervisor) -> None:
    pair = LikelyPair.objects.get()
    services.put_off(actor=met_supervisor.actor, pair_id=pair.pk)
    page = client_of(met_supervisor).post(reverse("people:put_off", args=[pair.pk]), follow=True)
    assert "Somebody decided this pair meanwhile." in page.content.decode()
    with pytest.raises(IllegalMove):
        services.put_off(actor=met_supervisor.actor, pair_id=pair.pk)


def test_an_officer_decides_nothing_from_the_list(twice, met_officer) -> None:
    with pytest.raises(Refused):
        services.put_off(actor=met_officer.actor, pair_id=LikelyPair.objects.get().pk)


def test_a_merge_decides_the_pair_and_its_undo_asks_again(twice, met_supervisor) -> None:
    merge = merged(met_supervisor.actor, *twice)
    assert status_of(*twice) == PairStatus.MERGED
    assert not selectors.pairs_visible_to(met_supervisor.actor).exists()
    services.undo_merge(
        actor=met_supervisor.actor, person=merge.kept.reference, merge=merge.reference, reason="Sisters."
    )
    assert status_of(*twice) == PairStatus.TO_DECIDE
    assert selectors.pairs_visible_to(met_supervisor.actor).count() == 1


def test_merged_although_told_apart(twice, met_supervisor) -> None:
    one, other = (incident.person.reference for incident in twice)
    services.tell_apart(actor=met_supervisor.actor, person=one, other=other)
    merge = merged(met_supervisor.actor, *twice)
    assert status_of(*twice) == PairStatus.MERGED
    services.undo_merge(actor=met_supervisor.actor, person=one, merge=merge.reference, reason="Sisters.")
    # They are told apart still: nobody is asked again.
    assert "Nowak" not in client_of(met_supervisor).get(LIST).content.decode()


@pytest.fixture
def three(met_officer):
    """A person three times, in one chain of pairs."""
    found = [
        making.report(met_officer.actor, **KNOWN | {"given_names": name}) for name in ("Ann", "Anne", "Anna")
    ]
    LikelyPair.objects.create(
        organisation=met_officer.organisation,
        first_id=found[1].person_id,
        second_id=found[2].person_id,
        score=30,
        reasons=["similar_name"],
    )
    return found


def test_what_waited_about_the_merged_record_waits_about_the_kept_one(three, met_supervisor) -> None:
    first, second, third = three
    merge = merged(met_supervisor.actor, first, second)
    assert status_of(first, third) == PairStatus.TO_DECIDE
    shown = selectors.pairs_visible_to(met_supervisor.actor)
    assert list(shown.values_list("first_id", "second_id")) == [(first.person_id, third.person_id)]
    services.undo_merge(
        actor=met_supervisor.actor, person=merge.kept.reference, merge=merge.reference, reason="Sisters."
    )
    assert status_of(second, third) == PairStatus.TO_DECIDE


def test_told_apart_from_the_merged_is_told_apart_from_the_kept(three, met_supervisor) -> None:
    first, second, third = three
    services.tell_apart(
        actor=met_supervisor.actor, person=second.person.reference, other=third.person.reference
    )
    services.look_for_duplicates(organisation_id=met_supervisor.organisation.pk)
    assert status_of(first, third) == PairStatus.TO_DECIDE
    merged(met_supervisor.actor, first, second)
    assert not selectors.pairs_visible_to(met_supervisor.actor).exists()
    services.look_for_duplicates(organisation_id=met_supervisor.organisation.pk)
    assert not selectors.pairs_visible_to(met_supervisor.actor).exists()


def test_an_undo_forgets_a_pair_that_only_the_merge_made_likely(met_officer, met_supervisor) -> None:
    first = making.report(met_officer.actor, given_names="Ivor", family_name="Finch")
    second, third = (making.report(met_officer.actor, **KNOWN) for _ in range(2))
    services.look_for_duplicates(organisation_id=met_officer.organisation.pk)
    merge = merged(met_supervisor.actor, first, second)
    assert status_of(first, third) == PairStatus.TO_DECIDE
    services.undo_merge(
        actor=met_supervisor.actor, person=merge.kept.reference, merge=merge.reference, reason="Two."
    )
    assert not LikelyPair.objects.filter(first_id=first.person_id).exists()


def test_the_night_looks_in_every_organisation(twice, met_supervisor) -> None:
    LikelyPair.objects.all().delete()
    assert met_supervisor.organisation.pk in selectors.organisations_to_look_in()
    tasks.look_for_duplicates.run(met_supervisor.organisation.pk)
    assert LikelyPair.objects.count() == 1


def test_pages_go_on_by_score_and_id(met_supervisor, met_officer, monkeypatch) -> None:
    monkeypatch.setattr(selectors, "PAIRS_ON_A_PAGE", 2)
    people = [making.report(met_officer.actor).person_id for _ in range(6)]
    for index, score in enumerate((20.0, 20.0, 20.0, 19.5, 30.1)):
        LikelyPair.objects.create(
            organisation=met_officer.organisation,
            first_id=people[0],
            second_id=people[index + 1],
            score=score,
            reasons=["same_name"],
        )
    seen, after = [], None
    for _ in range(4):
        found, after = selectors.pairs_page(met_supervisor.actor, PairStatus.TO_DECIDE, after)
        seen += [one.score for one in found]
        if after is None:
            break
        after = selectors.PairCursor.read(str(after))
    assert seen == [30.1, 20.0, 20.0, 20.0, 19.5]
    for nonsense in ("", "x", "nan_1", "1_x", "1e99_2", "3_99999999999999999999999", "_"):
        assert selectors.PairCursor.read(nonsense) is None
