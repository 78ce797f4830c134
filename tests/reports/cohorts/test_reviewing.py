"""A review from the choice to the end, by its verbs."""

from __future__ import annotations

from datetime import date

import pytest

from foundation.access import Refused
from foundation.exceptions import Conflict, Invalid, NotVisible
from reports.cohorts import selectors, services
from reports.cohorts.models import Case, Code, Decision, Reading
from reports.cohorts.services import ThemeWords
from reports.cohorts.states import READING
from tests.reports.cohorts import making

pytestmark = pytest.mark.django_db
P, A, U = "present", "absent", "unclear"


def test_the_list_is_frozen_with_its_size_and_drawn_by_lot(review, met_officer, met_coordinator) -> None:
    assert (review.status, review.found, review.taken, review.people) == ("reading", 3, 3, 3)
    making.child(met_officer, "A gang again")
    assert selectors.cases_of(met_coordinator.actor, review).count() == 3
    order = list(Case.objects.filter(review=review).values_list("incident_id", flat=True))
    rows = selectors.matching(met_coordinator.actor, making.chosen(), ())
    again = selectors.by_lot(rows.filter(pk__in=order), review.lot)
    assert list(again.values_list("pk", flat=True)) == order


def test_a_sample_says_of_how_many_it_was_drawn(met_officer, met_coordinator, met_inspector) -> None:
    for _ in range(4):
        making.child(met_officer)
    drawn = making.begun(met_coordinator, met_inspector, sample=2)
    assert (drawn.found, drawn.taken) == (4, 2)


def test_each_codes_unseen_by_the_other_until_both_have_finished(
    review, met_coordinator, met_inspector
) -> None:
    making.finished(met_coordinator, review, [(P, A), (P, A), (A, A)])
    review.refresh_from_db()
    assert review.status == "reading"
    with pytest.raises(Refused) as refused:
        selectors.pairs_of(met_inspector.actor, review)
    assert refused.value.refusal.code == "not_compared"
    for number in (1, 2, 3):
        case = selectors.case_numbered(met_inspector.actor, review, number)
        assert selectors.codes_of(selectors.reading_of(met_inspector.actor, case)) == {}
    done = making.finished(met_inspector, review, [(P, A), (A, U), (A, A)])
    assert done.status == "comparing"
    assert done.result["overall"]["n"] == 6
    assert done.result["themes"][0]["agreement"]["agreed"] == 2
    found = selectors.differences(done, selectors.pairs_of(met_inspector.actor, done))
    assert [(one.case.number, one.first, one.second) for one in found] == [(2, P, A), (2, A, U)]


def test_differences_are_decided_after_talking_and_the_review_settled(
    review, met_coordinator, met_inspector
) -> None:
    making.finished(met_coordinator, review, [(P, A), (P, A), (A, A)])
    making.finished(met_inspector, review, [(P, A), (A, A), (A, A)])
    theme = selectors.themes_of(review)[0]
    given = {"review_id": review.pk, "number": 2, "theme_id": theme.pk, "value": P, "reason": "Read again."}
    with pytest.raises(Invalid) as refused:
        services.settle(actor=met_inspector.actor, review_id=review.pk)
    assert "1 of 1" in refused.value.problems["settle"]
    with pytest.raises(Invalid):
        services.decide(actor=met_inspector.actor, talked=False, **given)
    first = services.decide(actor=met_inspector.actor, talked=True, **given)
    with pytest.raises(Conflict):
        services.decide(actor=met_coordinator.actor, talked=True, **given | {"value": A})
    with pytest.raises(NotVisible):
        services.decide(actor=met_inspector.actor, talked=True, **given | {"number": 1})
    at = first.decided_at.isoformat()
    services.decide(actor=met_coordinator.actor, talked=True, decided_at=at, **given)
    settled = services.settle(actor=met_coordinator.actor, review_id=review.pk)
    assert settled.status == "settled"
    counts = settled.result["counts"][0]
    assert (counts[P], counts[A], counts["people"]) == (2, 1, 2)
    assert settled.result["themes"][0]["agreement"]["agreed"] == 2  # decisions do not flatter the agreement
    with pytest.raises(Refused):
        making.said(met_coordinator, review, 1, {theme.pk: A})


def test_a_case_is_done_when_every_theme_is_coded_and_can_be_opened_again(review, met_inspector) -> None:
    actor, theme = met_inspector.actor, selectors.themes_of(review)[0]
    making.said(met_inspector, review, 1, {theme.pk: P})
    with pytest.raises(Invalid) as refused:
        services.finish_case(actor=actor, review_id=review.pk, number=1)
    assert "Sexual exploitation" in refused.value.problems["answers"]
    making.coded(met_inspector, review, 1, P, A)
    with pytest.raises(Invalid):
        making.said(met_inspector, review, 1, {theme.pk: A})
    services.open_case_again(actor=actor, review_id=review.pk, number=1)
    making.said(met_inspector, review, 1, {theme.pk: A})
    assert Code.objects.get(theme=theme).value == A
    with pytest.raises(Invalid):
        services.finish(actor=actor, review_id=review.pk)


def test_a_newer_code_book_opens_what_it_leaves_unfinished_and_keeps_the_rest(
    review, met_coordinator, met_inspector
) -> None:
    making.finished(met_inspector, review, [(P, A), (A, A), (A, A)])
    themes = (making.THEMES[0], ThemeWords("Debt", "Owes money to those who use them."))
    newer = services.change_book(
        actor=met_coordinator.actor, book_id=review.book.book_id, number=1, themes=themes, why="Debt matters"
    )
    review.refresh_from_db()
    given = {"review_id": review.pk, "version": review.version, "book_id": newer.pk, "reason": "Agreed"}
    with pytest.raises(Refused):
        services.take_book(actor=met_inspector.actor, **given)
    taken = services.take_book(actor=met_coordinator.actor, **given)
    assert taken.second_finished_at is None
    assert set(Reading.objects.values_list("status", flat=True)) == {"open"}
    old, kept = Code.objects.filter(theme__name="Sexual exploitation"), selectors.themes_of(taken)[0]
    assert Code.objects.filter(theme=kept).count() == old.count() == 3
    with pytest.raises(Invalid) as refused:
        making.said(met_inspector, review, 1, {old[0].theme_id: P})
    assert "changed meanwhile" in refused.value.problems["answers"]
    with pytest.raises(Conflict):
        services.take_book(actor=met_coordinator.actor, **given)


def test_whoever_takes_a_readers_place_begins_anew(
    review, met_coordinator, met_inspector, met_superintendent
):
    making.finished(met_inspector, review, [(P, A), (A, A), (A, A)])
    review.refresh_from_db()
    services.change_reader(
        actor=met_coordinator.actor,
        review_id=review.pk,
        version=review.version,
        gone_id=met_inspector.user.pk,
        user_id=met_superintendent.user.pk,
        reason="On leave",
    )
    review.refresh_from_db()
    assert selectors.progress_of(met_superintendent.actor, review).done == 0
    with pytest.raises(NotVisible):
        selectors.review_named(met_inspector.actor, review.reference)


def test_a_reader_who_leaves_while_it_is_compared_is_replaced(
    review, met_coordinator, met_inspector, met_superintendent
) -> None:
    making.finished(met_coordinator, review, [(P, A), (A, A), (A, A)])
    making.finished(met_inspector, review, [(A, A), (A, A), (A, A)])
    theme = selectors.themes_of(review)[0].pk
    services.decide(
        actor=met_inspector.actor,
        review_id=review.pk,
        number=1,
        theme_id=theme,
        value=P,
        reason="The note says so",
        talked=True,
    )
    review.refresh_from_db()
    given = {
        "review_id": review.pk,
        "version": review.version,
        "gone_id": met_inspector.user.pk,
        "user_id": met_superintendent.user.pk,
        "reason": "Left the force",
    }
    with pytest.raises((Refused, NotVisible)):
        services.change_reader(actor=met_inspector.actor, **given)
    review = services.change_reader(actor=met_coordinator.actor, **given)
    review.refresh_from_db()
    assert (review.status, review.result, review.compared_at) == ("reading", {}, None)
    assert not Decision.objects.exists()
    # The codes of the one who stays stand, and they cannot change them.
    with pytest.raises(Refused):
        making.said(met_coordinator, review, 1, {theme: A})
    making.finished(met_superintendent, review, [(P, A), (A, A), (A, A)])
    review.refresh_from_db()
    assert (review.status, review.result["cases"]) == ("comparing", 3)
    assert not selectors.differences(review, selectors.pairs_of(met_coordinator.actor, review))
    assert services.settle(actor=met_superintendent.actor, review_id=review.pk).status == "settled"


def test_versions_are_written_once_and_a_review_keeps_its_own(review, met_coordinator) -> None:
    version = review.lists.get()
    given = {"actor": met_coordinator.actor, "list_id": version.concept_list_id, "why": "More words"}
    newer = services.change_list(number=1, terms="gang\nposse", **given)
    assert (newer.number, review.lists.get().number) == (2, 1)
    with pytest.raises(Conflict):
        services.change_list(number=1, terms="gang", **given)
    with pytest.raises(Invalid) as refused:
        services.change_list(number=2, terms="to be", **given)
    assert "in no index" in refused.value.problems["terms"]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"second_reader_id": 0}, "second_reader"),
        ({"list_ids": []}, "lists"),
        ({"book_id": 0}, "book"),
        ({"sample": 0}, "sample"),
        ({"chosen": making.chosen(until=date.max)}, "until"),
        ({"name": " "}, "name"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(met_coordinator, met_inspector, given, field) -> None:
    with pytest.raises(Invalid) as refused:
        services.set_up(
            actor=met_coordinator.actor, plan=making.plan(met_coordinator, met_inspector, **given)
        )
    assert field in refused.value.problems


def test_one_person_is_not_two_readers_and_an_empty_cohort_is_not_begun(
    met_coordinator, met_inspector
) -> None:
    alone = making.plan(met_coordinator, met_coordinator)
    with pytest.raises(Invalid):
        services.set_up(actor=met_coordinator.actor, plan=alone)
    with pytest.raises(Invalid) as refused:
        making.begun(met_coordinator, met_inspector, list_name="Others", book_name="Another")
    assert "found" in refused.value.problems


def test_giving_up_says_why(review, met_coordinator, met_inspector) -> None:
    with pytest.raises(Refused):
        services.give_up(actor=met_inspector.actor, review_id=review.pk, reason="No time")
    with pytest.raises(Refused):
        services.give_up(actor=met_coordinator.actor, review_id=review.pk, reason="")
    assert (
        services.give_up(actor=met_coordinator.actor, review_id=review.pk, reason="No time").status
        == "given_up"
    )


def test_a_reading_is_its_readers_own(review, met_coordinator, met_inspector) -> None:
    making.coded(met_inspector, review, 1, P, A)
    reading = Reading.objects.get()
    refusal = READING.may(reading, "open", met_coordinator.actor)
    assert refusal is not None
    assert refusal.code == "not_yours"


def test_a_window_that_fell_behind_overwrites_nothing(review, met_inspector) -> None:
    theme = selectors.themes_of(review)[0]
    first = making.said(met_inspector, review, 1, {theme.pk: P}, memo="Mine")
    again = making.said(met_inspector, review, 1, {theme.pk: P}, memo="Mine", version=first.version)
    assert again.version == first.version
    making.said(met_inspector, review, 1, {theme.pk: A}, memo="Mine", version=first.version)
    with pytest.raises(Conflict):
        making.said(met_inspector, review, 1, {theme.pk: U}, memo="Other", version=first.version)
    making.said(met_inspector, review, 1, {theme.pk: ""}, memo="Mine", version=first.version + 1)
    assert not Code.objects.exists()
