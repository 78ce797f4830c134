"""The pages of a review, as its people and others meet them."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from missingcases.models import AudienceRow
from reports.cohorts import selectors
from reports.cohorts.models import BookVersion, Code, ListVersion, Reading, Review
from tests.reports.cohorts import making

pytestmark = pytest.mark.django_db
P, A, U = "present", "absent", "unclear"
AT = "/figures/cohorts/"


def at(review: Review, rest: str = "") -> str:
    return f"{AT}{review.reference}/{rest}"


def page(client: Client, address: str, **data) -> str:
    answer = client.post(address, data, follow=True) if data else client.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def _day(name: str, day: date) -> dict[str, str]:
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}


def asked(lead, second, **given) -> dict[str, object]:
    chosen = making.chosen()
    return {
        "version": "0",
        "name": "Children and gangs",
        "question": "How many?",
        **_day("since", chosen.since),
        **_day("until", chosen.until),
        "age": "child",
        "incidents_at_least": "1",
        "lists": [str(ListVersion.objects.get().pk)],
        "book": str(BookVersion.objects.get().pk),
        "first_reader": str(lead.user.pk),
        "second_reader": str(second.user.pk),
    } | given


def test_from_nothing_to_a_frozen_list(client, met_officer, met_coordinator, met_inspector) -> None:
    making.child(met_officer, making.TEXTS[0])
    client = met_coordinator.sign_in(client)
    assert "first. Then set up a review" in page(client, AT)
    assert "Something comes first" in page(client, f"{AT}new/")
    said = page(client, f"{AT}lists/new/", name="Gangs", language="en", terms=making.GANG)
    assert "county lines, going country" in said
    reference = ListVersion.objects.get().concept_list.reference
    tried = page(client, f"{AT}lists/{reference}/", text="No concerns of gangs, but going country.")
    assert "[denied: “no concerns”]" in tried
    page(client, f"{AT}books/new/", name="Exploitation", themes="Gang: in one.\nDebt: owes.")
    late = asked(met_coordinator, met_inspector, **_day("until", date.max))
    refused = client.post(f"{AT}new/", late)
    assert (refused.status_code, Review.objects.count()) == (422, 0)
    assert "This must not be in the future" in refused.content.decode()
    assert "2 incidents" not in page(client, f"{AT}new/", **asked(met_coordinator, met_inspector))
    review = Review.objects.get()
    shown = page(client, at(review))
    assert "<strong>1</strong> incident of <strong>1</strong> person is found now" in shown
    page(client, at(review, "change/"), **asked(met_coordinator, met_inspector, version="1", sample="1"))
    said = page(client, at(review, "begin/"), version="2")
    assert "1 incident of 1 person" in said
    assert "Read the first case" in said


def test_a_form_that_cannot_be_says_why_and_keeps_what_was_typed(
    client, met_coordinator, met_inspector
) -> None:
    making.plan(met_coordinator, met_inspector)
    client = met_coordinator.sign_in(client)
    given = asked(met_coordinator, met_coordinator, question="Kept words", sample="99999")
    answer = client.post(f"{AT}new/", given)
    assert answer.status_code == 422
    assert "Kept words" in answer.content.decode()
    for address, given in (
        ("lists/new/", {"name": "x", "language": "en", "terms": "gang near debt within 99"}),
        ("books/new/", {"name": "x", "themes": "No colon here"}),
    ):
        refused = client.post(f"{AT}{address}", given)
        assert refused.status_code == 422
        assert "ine 1" in refused.content.decode()


def test_a_case_is_read_coded_saved_by_itself_and_opened_again(client, review, met_inspector) -> None:
    client = met_inspector.sign_in(client)
    first, second = selectors.themes_of(review)
    number = next(
        case.number
        for case in review.cases.all()
        if case.incident.notes.filter(text__startswith="No concerns").exists()
    )
    shown = page(client, at(review, f"cases/{number}/"))
    assert "1 said, 1 denied" in shown
    assert '<mark class="hb-hit hb-hit--denied">gang</mark>' in shown
    given = {"version": "0", f"theme_{first.pk}": P, "memo": "Look again"}
    saved = client.post(at(review, f"cases/{number}/"), given, headers={"X-Harbour-Autosave": "1"})
    assert saved.json() == {"saved": True, "version": 2}
    old = given | {"version": "1", "memo": "Old"}
    late = client.post(at(review, f"cases/{number}/"), old, headers={"X-Harbour-Autosave": "1"})
    assert (late.status_code, late.json()) == (409, {"saved": False})
    both = client.post(at(review, f"cases/{number}/"), old)
    assert both.status_code == 422
    assert "Look again" in both.content.decode()
    unfinished = client.post(at(review, f"cases/{number}/"), given | {"version": "2", "finish": "yes"})
    assert "Not coded yet: Sexual exploitation" in unfinished.content.decode()
    done = given | {"version": "2", "finish": "yes", f"theme_{second.pk}": A}
    assert page(client, at(review, f"cases/{number}/"), **done)
    assert Reading.objects.get().status == "done"
    assert "Open it again" in page(client, at(review, f"cases/{number}/"))
    page(client, at(review, f"cases/{number}/again/"), csrf="x")
    assert Reading.objects.get().status == "open"
    for show, count in (("all", 3), ("open", 3), ("done", 0), ("mentioned", 2), ("silent", 1)):
        assert page(client, at(review, f"cases/?show={show}")).count(">Case ") == count


def test_two_finish_compare_decide_settle_and_take_the_file_away(
    client, review, met_coordinator, met_inspector
) -> None:
    making.finished(met_inspector, review, [(P, A), (A, A), (A, A)])
    for number, values in enumerate([(P, A), (P, A), (A, A)], 1):
        making.coded(met_coordinator, review, number, *values)
    client = met_coordinator.sign_in(client)
    assert client.get(at(review, "agreement/")).status_code == 403
    assert "Agreement and differences" in page(client, at(review, "finish/"), csrf="x")
    shown = page(client, at(review, "agreement/"))
    assert "5 of 6 decisions" in shown
    assert "Case 2, Gang involvement" in shown
    theme = selectors.themes_of(review)[0]
    where = at(review, f"agreement/2/{theme.pk}/")
    assert (
        "Talk about it with the other reader"
        in client.post(where, {"value": A, "reason": "x"}).content.decode()
    )
    page(client, where, value=A, reason="=His brother, not he.", talked="on")
    assert "All are decided." in page(client, at(review, "agreement/"))
    assert "Settled. What was counted" in page(client, at(review, "agreement/settle/"), csrf="x")
    plain = client.get(at(review, "agreement/file/?kind=csv")).content.decode("utf-8-sig")
    assert "His brother" not in plain
    assert "gang members" not in plain
    assert f"2,{review.cases.get(number=2).incident.reference}" in plain
    told = client.get(at(review, "agreement/file/?kind=csv&reasons=on")).content.decode("utf-8-sig")
    assert "'=His brother, not he." in told
    assert client.get(at(review, "agreement/file/?kind=xlsx")).content[:2] == b"PK"
    assert client.get(at(review, "agreement/file/?kind=pdf")).status_code == 404
    assert client.get(at(review, f"agreement/1/{theme.pk}/")).status_code == 404


def test_what_is_not_theirs_is_not_there(client, review, kent_officer, duty_manager, met_officer) -> None:
    for who, status in ((duty_manager, 404), (kent_officer, 403), (met_officer, 403)):
        client = who.sign_in(Client())
        for rest in ("", "cases/", "cases/1/", "agreement/", "agreement/file/?kind=csv"):
            assert client.get(at(review, rest)).status_code == status
        for rest in ("lists/", "books/"):
            assert review.name not in client.get(f"{AT}{rest}").content.decode()
    client = duty_manager.sign_in(Client())
    assert client.get(f"{AT}lists/{review.lists.get().concept_list.reference}/").status_code == 404
    assert client.post(at(review, "begin/"), {"version": "1"}).status_code == 404


def test_what_was_tampered_with_changes_nothing(client, review, met_inspector) -> None:
    client = met_inspector.sign_in(client)
    theme = selectors.themes_of(review)[0]
    assert client.get(at(review, "cases/99/")).status_code == 404
    answer = client.post(at(review, "cases/1/"), {"version": "0", f"theme_{theme.pk}": "dead", "memo": ""})
    assert answer.status_code == 422
    assert client.post(at(review, "begin/"), {"version": "1"}).status_code == 403
    assert client.get(at(review, "cases/?after=-1&show=nothing")).status_code == 200
    AudienceRow.objects.all().delete()
    assert client.post(at(review, "cases/1/"), {"version": "0", "memo": "x"}).status_code == 404
    assert not Code.objects.exists()


def test_pages_of_what_changes_while_a_review_runs(
    client, review, met_coordinator, met_superintendent, met_inspector
) -> None:
    client = met_coordinator.sign_in(client)
    book, wording = review.book.book, review.lists.get().concept_list
    page(client, f"{AT}lists/{wording.reference}/change/", version="1", terms="gang", why="Fewer")
    assert client.get(at(review, "code-book/")).status_code == 404
    themes = "Gang: in one, or used by one.\nDebt: owes."
    page(client, f"{AT}books/{book.reference}/change/", version="1", themes=themes, why="Debt")
    assert "Version 2" in page(client, f"{AT}books/{book.reference}/")
    assert "Go on with version 2" in page(client, at(review))
    assert "version 2" in page(client, at(review, "code-book/"), version=str(review.version), reason="Agreed")
    review.refresh_from_db()
    given = {"gone": met_inspector.user.pk, "user": met_superintendent.user.pk, "reason": "Leave"}
    assert "begin with the first case" in page(
        client, at(review, "readers/"), version=review.version, **given
    )
    assert "given up" in page(client, at(review, "give-up/"), reason="No time")


def test_who_replaces_a_reader_while_it_is_compared_is_told_what_that_means(
    client, review, met_coordinator, met_superintendent, met_inspector
) -> None:
    for reader in (met_coordinator, met_inspector):
        making.finished(reader, review, [(P, A), (A, A), (A, A)])
    review.refresh_from_db()
    client = met_coordinator.sign_in(client)
    assert "Change a reader" in page(client, at(review))
    assert "what was decided until now is deleted" in page(client, at(review, "readers/"))
    given = {"gone": met_inspector.user.pk, "user": met_superintendent.user.pk, "reason": "Left"}
    page(client, at(review, "readers/"), version=review.version, **given)
    assert client.get(at(review, "agreement/")).status_code == 403
    assert "Read the first case" in page(met_superintendent.sign_in(client), at(review))
