"""What the public is shown of an alert, at every read, and how it is gone."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from alerts.enums import AlertStatus, CancelReason, NoticeKind
from alerts.models import ChildRescueAlert
from alerts.public import contributions, selectors
from alerts.public.models import PublicAlert
from foundation.backups.enums import Step
from foundation.backups.models import Hold, HoldStep
from missingcases.models import Incident
from tests.alerts.public import making
from tests.missingcases.making import located

pytestmark = [pytest.mark.urls("config.public_urls"), pytest.mark.django_db]
BANNER = "See whom to look for"


def address(alert: ChildRescueAlert, *, welsh: bool = False) -> str:
    return f"{'/cy' if welsh else ''}/alerts/{alert.token}/"


def test_the_page_says_what_to_do_first_and_then_all_that_is_known(client, out) -> None:
    answer = client.get(address(out))
    page = answer.content.decode()
    assert answer.status_code == 200
    told = ["Girl of 8", "call 999 now", "Do not go up to anybody", making.INSTRUCTION, making.DESCRIPTION]
    told += ["Red coat", "Camden Lock", "black cap", making.VEHICLE, "Camden", out.reference, "116 000"]
    places = [page.index(words) for words in told[:5]]
    assert places == sorted(places)
    assert all(words in page for words in told)
    assert answer["Cache-Control"] == "no-store"
    assert "noindex" in answer["X-Robots-Tag"]
    assert not answer.cookies


def test_title_and_address_name_nobody(client, out) -> None:
    page = client.get(address(out)).content.decode()
    assert re.search("<title>(.*?)</title>", page)[1].startswith("Child Rescue Alert")
    shared = re.findall('<meta property="og:[^>]*content="([^"]*)"', page)
    assert shared
    for said in [*shared, re.search("<title>(.*?)</title>", page)[1], address(out)]:
        assert not re.search("Robin|Camden|Girl", said)


def test_it_is_there_in_welsh_and_each_leads_to_the_other(client, out) -> None:
    english, welsh = client.get(address(out)), client.get(address(out, welsh=True))
    assert making.WELSH_DESCRIPTION in welsh.content.decode().replace("&#x27;", "'")
    assert making.DESCRIPTION not in welsh.content.decode()
    assert f'href="{address(out, welsh=True)}"' in english.content.decode()
    assert f'href="{address(out)}"' in welsh.content.decode()
    assert (english["Content-Language"], welsh["Content-Language"]) == ("en-gb", "cy")


def test_without_welsh_words_there_is_no_welsh_page_and_the_list_says_it_in_english(
    client, incident, people
) -> None:
    alert = making.issued(incident, people, welsh=False)
    assert client.get(address(alert, welsh=True)).status_code == 404
    assert f'href="{address(alert)}"' in client.get("/cy/alerts/").content.decode()


def test_the_list_shows_all_that_are_live_or_says_that_none_is(client, incident, people) -> None:
    assert "No Child Rescue Alert is in force now" in client.get("/alerts/").content.decode()
    alert = making.issued(incident, people)
    page = client.get("/alerts/").content.decode()
    assert making.HEADLINE in page
    assert address(alert) in page
    assert "No Child Rescue Alert" not in page


def test_words_that_would_be_markup_are_words(client, incident, people) -> None:
    alert = making.issued(incident, people, headline="<script>alert(1)</script> & <b>x</b>")
    for path in (address(alert), "/alerts/"):
        assert "<script>alert" not in client.get(path).content.decode()


def test_systems_read_the_same(client, out) -> None:
    answer = client.get("/alerts/live.json")
    assert answer["Content-Type"] == "application/json"
    assert answer["Access-Control-Allow-Origin"] == "*"
    (told,) = json.loads(answer.content)["alerts"]
    assert told["reference"] == out.reference
    assert told["areas"] == [{"name": "Camden", "code": "E09000007"}]
    assert told["words"]["cy"]["headline"] == making.WELSH_HEADLINE
    assert told["words"]["en"]["page"].endswith(address(out))
    assert (told["emergency"], told["picture"]) == ("999", None)
    assert set(told) >= {"issued_at", "updated_at", "expires_at", "vehicle", "polygon"}


def _found(alert: ChildRescueAlert, incident: Incident, people: making.People) -> None:
    """Its subscriber is not there: nothing but the incident's own state is between it and the page."""
    located(people[0].actor, incident)
    ChildRescueAlert.objects.filter(pk=alert.pk).update(
        status=AlertStatus.ISSUED, ended_at=None, cancel_reason=""
    )


def _cancelled(alert: ChildRescueAlert, incident: Incident, people: making.People) -> None:
    ChildRescueAlert.objects.filter(pk=alert.pk).update(
        status=AlertStatus.CANCELLED, ended_at=timezone.now(), cancel_reason=CancelReason.FOUND_DECEASED
    )


def _expired(alert: ChildRescueAlert, incident: Incident, people: making.People) -> None:
    """By the clock alone: nobody has ended it yet."""
    then = timezone.now() - timedelta(hours=25)
    ChildRescueAlert.objects.filter(pk=alert.pk).update(issued_at=then, expires_at=then + timedelta(hours=24))


def _held(alert: ChildRescueAlert, incident: Incident, people: making.People) -> None:
    Incident.objects.filter(pk=incident.pk).update(starts_held=True)


def _told_to_end(alert: ChildRescueAlert, incident: Incident, people: making.People) -> None:
    making.notice(alert, NoticeKind.CANCEL)


ENDS = [_found, _cancelled, _expired, _held, _told_to_end]


@pytest.mark.parametrize("end", ENDS)
def test_ended_is_ended_in_the_same_words_whatever_ended_it(client, out, incident, people, end) -> None:
    assert client.get(address(out)).status_code == 200  # and kept in this process
    end(out, incident, people)
    answers = [client.get(address(out)), client.get(address(out, welsh=True))]
    assert [one.status_code for one in answers] == [410, 410]
    for answer in answers:
        page = answer.content.decode()
        for word in ("Robin", "Camden", "van", out.reference, out.token, "found", "safe", "dead", "died"):
            assert not re.search(rf"\b{re.escape(word)}\b", page), word
        assert answer["Cache-Control"] == "no-store"
        assert "noindex" in answer["X-Robots-Tag"]
    assert making.HEADLINE not in client.get("/alerts/").content.decode()
    assert json.loads(client.get("/alerts/live.json").content) == {"alerts": []}
    assert BANNER not in client.get("/").content.decode()


def test_every_end_reads_alike(client, incident, people, out) -> None:
    bodies = []
    for end in (_told_to_end, _cancelled):
        end(out, incident, people)
        bodies.append(client.get(address(out)).content)
    assert bodies[0] == bodies[1]


@pytest.mark.parametrize("end", ENDS)
def test_the_view_holds_no_word_of_what_has_ended(out, incident, people, end) -> None:
    end(out, incident, people)
    row = PublicAlert.objects.get(token=out.token)
    assert (row.is_live, row.shown) == (False, None)


def test_a_rehearsal_is_nowhere(client, people) -> None:
    rehearsal = making.issued(None, people)
    assert not PublicAlert.objects.exists()
    assert not selectors.any_live()
    assert client.get(address(rehearsal)).status_code == 404
    assert json.loads(client.get("/alerts/live.json").content) == {"alerts": []}
    assert BANNER not in client.get("/").content.decode()


def test_what_was_not_issued_is_not_there(client, out) -> None:
    out.notices.all().delete()
    ChildRescueAlert.objects.filter(pk=out.pk).update(status=AlertStatus.NCA_AGREED)
    assert client.get(address(out)).status_code == 404
    assert client.get("/alerts/AAAAAAAAAAAAAAAA/").status_code == 404
    assert client.get("/alerts/<script>/").status_code == 404


def test_an_update_takes_the_place_of_what_was_said(client, out) -> None:
    assert making.VEHICLE in client.get(address(out)).content.decode()
    changed = making.content(out, vehicle="White lorry")
    # Written, and not sent out yet.
    assert making.VEHICLE in client.get(address(out)).content.decode()
    making.notice(out, NoticeKind.UPDATE, content=changed)
    for path in (address(out), "/alerts/live.json"):
        page = client.get(path).content.decode()
        assert "White lorry" in page
        assert making.VEHICLE not in page
    assert "Last changed" in client.get(address(out)).content.decode()


@pytest.mark.parametrize("path", ["/", "/cy/", "/privacy/", "/appeals/", "/say-something/"])
def test_every_page_says_that_an_alert_is_in_force_and_of_whom_nothing(client, out, path) -> None:
    page = client.get(path).content.decode()
    welsh = path.startswith("/cy/")
    assert f'href="{"/cy" if welsh else ""}/alerts/"' in page
    assert ("Rhybudd Achub Plentyn" if welsh else "Child Rescue Alert") in page
    assert not re.search("Robin|Camden|Girl", page.partition('id="main-content"')[0])


def test_a_page_asks_once_a_while_whether_one_is_in_force(
    settings, client, out, django_assert_num_queries
) -> None:
    settings.ALERT_ANNOUNCED_EVERY = 60.0
    contributions._heard = (float("-inf"), False)
    assert contributions.announce("en")
    with django_assert_num_queries(0):
        assert contributions.announce("cy")
    contributions._heard = (float("-inf"), False)


def test_who_asks_again_is_told_that_nothing_changed(client, out) -> None:
    for path in (address(out), "/alerts/", "/alerts/live.json"):
        tag = client.get(path)["ETag"]
        same = client.get(path, headers={"if-none-match": f'"x", W/{tag}'})
        assert (same.status_code, same.content) == (304, b"")
        assert client.get(path, headers={"if-none-match": '"other"'}).status_code == 200
        assert client.post(path).status_code == 405


def test_a_site_that_is_held_shows_nothing(settings, client, out) -> None:
    settings.ROOT_URLCONF = "config.public_urls"
    hold = Hold.objects.create(backup_made_at=timezone.now(), restored_at=timezone.now())
    HoldStep.objects.create(hold=hold, step=Step.PUBLIC)
    assert selectors.state_at(out.token) is None
    assert selectors.states() is None
    for path in (address(out), "/alerts/", "/alerts/live.json"):
        assert client.get(path).status_code == 503
