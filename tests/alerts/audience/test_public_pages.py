"""The pages on the public site: in both languages, without a cookie, with nothing typed lost."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.utils import timezone

from alerts.audience import links, services
from alerts.audience.models import Submission, Subscriber, Subscription
from alerts.audience.public import keys
from foundation.messaging.models import Message
from tests.alerts.audience.conftest import code_sent, link_sent, subscribe

pytestmark = [pytest.mark.django_db, pytest.mark.urls("config.public_urls")]
HERE = "/alerts/sign-up/"


def new_key() -> str:
    """Of a form that was shown a minute ago."""
    with time_machine.travel(timezone.now().timestamp() - 60, tick=False):
        return keys.new_key()


def filled(**change: str) -> dict[str, str]:
    """The form for signing up, by e-mail."""
    given = {
        "key": new_key(),
        "channel": "email",
        "email": "one@people.test",
        "home": "sw99 1aa",
        "language": "en",
        "consent": "on",
    }
    return {**given, **change}


def test_signing_up_by_e_mail_from_the_form_to_the_button(london) -> None:
    client = Client()
    page = client.get(HERE)
    assert "never your full postcode" in page.content.decode()
    assert (page["Cache-Control"], page["Referrer-Policy"]) == ("no-store", "no-referrer")
    given = filled(second="Southborough")
    for _ in range(2):
        answer = client.post(HERE, given)
        assert (answer.status_code, answer["Location"]) == (302, f"{HERE}sent/")
        assert not answer.cookies
    assert Submission.objects.count() == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM audience_submission")
        assert "one@people.test" not in str(cursor.fetchall())
    assert client.get(answer["Location"]).status_code == 200
    assert services.read_submissions() == 1
    path = link_sent()
    shown = client.get(path)
    assert "Press the button" in shown.content.decode()
    assert not Subscriber.objects.exists()
    answer = client.post(path, {"key": new_key()})
    assert answer["Location"] == "/alerts/confirmed/"
    services.read_submissions()
    assert Subscription.objects.filter(status="active").count() == 2
    assert client.get(path).status_code == 404
    assert client.get(answer["Location"]).status_code == 200
    row = Submission.objects.latest("pk")
    assert (row.body, row.result) == ("", "done")


def test_signing_up_by_text_with_a_code_that_may_be_tried_five_times(london, redis_url) -> None:
    client = Client()
    answer = client.post(HERE, filled(channel="sms", number="07700 900123", email=""))
    page = answer["Location"]
    assert re.fullmatch(r"/alerts/code/[0-9a-f]{32}/", page)
    services.read_submissions()
    code = code_sent()
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    assert "six digits" in client.post(page, {"key": new_key(), "code": "12"}).content.decode()
    assert "not the code" in client.post(page, {"key": new_key(), "code": wrong}).content.decode()
    # Another's page does not take it.
    other = client.post(f"/alerts/code/{uuid4().hex}/", {"key": new_key(), "code": code})
    assert "not the code" in other.content.decode()
    answer = client.post(page, {"key": new_key(), "code": f"{code[:3]} {code[3:]}"})
    assert answer["Location"] == "/alerts/confirmed/"
    services.read_submissions()
    assert Subscription.objects.get().bucket.channel == "sms"
    for _ in range(3):
        client.post(page, {"key": new_key(), "code": wrong})
    assert client.post(page, {"key": new_key(), "code": wrong}).status_code == 429
    assert client.get("/alerts/code/nonsense/").status_code == 404


def test_where_tries_cannot_be_counted_no_code_is_taken(london, settings) -> None:
    page = Client().post(HERE, filled(channel="sms", number="07700 900123"))["Location"]
    services.read_submissions()
    settings.CACHES = {
        "default": settings.CACHES["default"],
        "fast": {**settings.CACHES["fast"], "LOCATION": "redis://127.0.0.1:1/0"},
    }
    assert Client().post(page, {"key": new_key(), "code": code_sent()}).status_code == 429


def test_the_answer_is_the_same_whether_the_address_is_known_or_not(london) -> None:
    subscribe("known@people.test", [london["Northborough"]])
    answers = []
    for email in ("known@people.test", "unknown@people.test"):
        up = Client().post(HERE, filled(email=email))
        ask = Client().post("/alerts/choices/", {"key": new_key(), "channel": "email", "email": email})
        answers.append((up["Location"], ask["Location"], Client().get(ask["Location"]).content))
    assert answers[0] == answers[1]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"home": "Nowhereham"}, "We do not know this place"),
        ({"home": ""}, "Enter your postcode"),
        ({"home": "ZZ9 9ZZ"}, "We do not know this place"),
        ({"consent": ""}, "Tick the box"),
        ({"email": "nobody"}, "Enter an e-mail address"),
        ({"channel": ""}, "Choose by text message or by e-mail"),
        ({"channel": "sms", "number": "020 7946 0123"}, "Enter a UK mobile number"),
        ({"channel": "sms", "number": "+1 500 555 0006"}, "Enter a UK mobile number"),
        ({"channel": "sms", "number": "07911 123456"}, "writes to no such number"),
        ({"website": "x"}, "Empty this box"),
        ({"key": "forged"}, "open for a long time"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(london, change, words) -> None:
    given = filled(third="Greatham") | change
    page = Client().post(HERE, given).content.decode()
    assert words in page
    assert "Greatham" in page
    assert not Submission.objects.exists()


def test_two_places_of_one_name_are_told_apart(london) -> None:
    from foundation.places.models import Area

    Area.objects.create(kind="county", name="Northborough", code="t-county")
    Area.objects.create(kind="force", name="Southborough", code="t-force")
    page = Client().post(HERE, filled(home="Northborough")).content.decode()
    assert "Northborough (county) / Northborough (borough)" in page or (
        "Northborough (borough) / Northborough (county)" in page
    )
    assert Client().post(HERE, filled(home="Northborough (county)")).status_code == 302
    # How police are organised is nobody's home where a place is called the same.
    assert Client().post(HERE, filled(home="Southborough")).status_code == 302


@pytest.fixture
def link(london) -> str:
    """The page of one's choices."""
    subscribe("one@people.test", [london["Northborough"]])
    services.send_link(channel="email", to="one@people.test")
    return link_sent()


def test_choices_are_changed_by_the_link(link) -> None:
    client = Client()
    assert client.get(link).status_code == 200
    given = {"key": new_key(), "home": "Greatham", "language": "cy"}
    assert client.post(f"{link}change/", given)["Location"] == "/alerts/choices/saved/"
    services.read_submissions()
    row = Subscription.objects.exclude(status="left").get()
    assert (row.bucket.area.name, row.bucket.language) == ("Greatham", "cy")
    client.post(f"{link}pause/", {"key": new_key(), "days": "30"})
    services.read_submissions()
    assert Subscription.objects.filter(status="paused").count() == 1
    client.post(f"{link}go-on/", {"key": new_key()})
    services.read_submissions()
    assert Subscription.objects.filter(status="active").count() == 1
    assert client.post(f"{link}leave/")["Location"] == "/alerts/choices/left/"
    services.read_submissions()
    assert not Subscription.objects.exclude(status="left").exists()
    assert not Subscription.objects.exclude(to="").exists()


def test_a_link_whose_time_is_over_opens_nothing(link) -> None:
    with time_machine.travel(timezone.now().timestamp() + 25 * 3600):
        for path in (link, f"{link}change/", f"{link}leave/"):
            assert Client().get(path).status_code == 404
    assert Client().get("/alerts/choices/nonsense/").status_code == 404


def test_one_press_leaves_and_so_does_a_mail_program(london) -> None:
    person = subscribe("one@people.test", [london["Northborough"]])
    path = f"/alerts/leave/{links.leave_token(person.pk)}/"
    assert Client().get(path).status_code == 200
    services.read_submissions()
    assert Subscription.objects.get().status == "active"
    answer = Client().post(path, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    services.read_submissions()
    assert Subscription.objects.get().status == "left"
    assert Client().get("/alerts/leave/1:forged/").status_code == 404
    other = subscribe("two@people.test", [london["Northborough"]])
    path = f"/alerts/leave/{links.leave_token(other.pk)}/"
    assert Client().post(path)["Location"] == "/alerts/choices/left/"
    services.read_submissions()
    assert Subscription.objects.filter(status="left").count() == 2


def test_what_a_worker_cannot_use_is_emptied_and_named(london) -> None:
    services.take_form(form_key=uuid4(), kind="change", told={"token_hash": "0" * 64})
    services.take_form(form_key=uuid4(), kind="sign_up", told={"channel": "email"})
    services.take_form(
        form_key=uuid4(),
        kind="sign_up",
        told={"channel": "email", "to": "x", "area_ids": [], "language": "en", "consent": ""},
    )
    assert services.read_submissions() == 3
    assert set(Submission.objects.values_list("result", "body")) == {("nothing", ""), ("unfit", "")}
    assert not Message.objects.exists()


def test_too_much_and_too_many_are_turned_away(london, redis_url) -> None:
    large = Client().post(HERE, filled(home="x" * 30_000))
    assert large.status_code == 413
    for _ in range(keys.MOST_A_MINUTE * 2 + 1):
        keys.is_flooded()
    assert Client().post(HERE, filled()).status_code == 429
    assert not Submission.objects.exists()


PAGES = ("sign-up/", "sign-up/sent/", f"code/{'0' * 32}/", "confirmed/", "choices/", "choices/sent/",
         "choices/saved/", "choices/left/")  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_there_in_welsh(london, path) -> None:
    page = Client().get(f"/cy/alerts/{path}")
    assert page["Content-Language"] == "cy"
    words = page.content.decode()
    assert "Rhybuddion Achub Plentyn" in words or "rhybuddion" in words or "cod" in words or "gennym" in words
    for english in ("Sign up", "Leave this empty", "Child Rescue Alerts", "your", "Enter"):
        assert english not in words
