"""How long a session lasts, what counts as doing something, and confirming it is you."""

from __future__ import annotations

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.test import Client, RequestFactory
from django.urls import path, reverse

from config import urls as staff_urls
from foundation.access import roles
from foundation.accounts import limits, second_factor
from foundation.accounts.addresses import UNKNOWN, client_address
from foundation.accounts.enums import SUPERVISORS
from foundation.accounts.models import Session
from foundation.accounts.sessions import SessionStore
from foundation.requests import user_of
from tests.cast import Member

pytestmark = pytest.mark.django_db
MINE = "/your-account/"
LOGIN = "/accounts/login/"
NIGHT = "2026-11-23 22:00:00+00:00"


def said(answer) -> str:
    return " ".join(str(message) for message in get_messages(answer.wsgi_request))


def test_half_an_hour_of_nothing_ends_a_session_and_says_so(client: Client, met_officer: Member) -> None:
    with time_machine.travel(NIGHT, tick=False) as clock:
        met_officer.sign_in(client)
        clock.shift(29 * 60)
        assert client.get(MINE).status_code == 200
        clock.shift(30 * 60)
        answer = client.get(MINE)
        assert answer["Location"] == f"{LOGIN}?next={MINE}"
        assert "nothing was done for 30 minutes" in said(answer)
        assert not Session.objects.filter(user_id=met_officer.user.pk).exists()


def test_twelve_hours_end_a_session_however_busy(client: Client, met_officer: Member) -> None:
    with time_machine.travel(NIGHT, tick=False) as clock:
        met_officer.sign_in(client)
        for _ in range(35):
            clock.shift(20 * 60)
            assert client.get(MINE).status_code == 200
        clock.shift(20 * 60)
        answer = client.get(MINE)
        assert answer.status_code == 302
        assert "12 hours had passed" in said(answer)


def test_a_page_that_refreshes_itself_is_nobody_doing_anything(client: Client, met_officer: Member) -> None:
    with time_machine.travel(NIGHT, tick=False) as clock:
        met_officer.sign_in(client)
        for _ in range(29):
            clock.shift(60)
            poll = client.get(MINE, headers={"HX-Request": "true", "X-Harbour-Poll": "1"})
            assert poll.status_code == 200
        clock.shift(60)
        ended = client.get(MINE, headers={"HX-Request": "true", "X-Harbour-Poll": "1"})
        assert (ended.status_code, ended["HX-Redirect"]) == (401, LOGIN)


def test_a_form_sent_too_late_leads_to_sign_in(client: Client, met_officer: Member) -> None:
    with time_machine.travel(NIGHT, tick=False) as clock:
        met_officer.sign_in(client)
        clock.shift(31 * 60)
        assert client.post("/your-account/stay/")["Location"] == LOGIN


def test_staying_signed_in_takes_one_click(client: Client, met_officer: Member) -> None:
    with time_machine.travel(NIGHT, tick=False) as clock:
        met_officer.sign_in(client)
        clock.shift(28 * 60)
        answer = client.post("/your-account/stay/")
        assert (answer.status_code, answer["X-Session-Seconds"]) == (204, "1800")
        clock.shift(28 * 60)
        assert client.get(MINE).status_code == 200


def test_activity_is_written_at_most_once_a_minute(client: Client, met_officer: Member) -> None:
    with time_machine.travel(NIGHT, tick=False) as clock:
        met_officer.sign_in(client)
        clock.shift(59)
        client.get(MINE)
        seen = client.session[limits.SEEN_AT]
        clock.shift(1)
        client.get(MINE)
        assert client.session[limits.SEEN_AT] == seen + 60


def test_a_session_that_does_not_say_when_it_began_is_over(client: Client, met_officer: Member) -> None:
    met_officer.sign_in(client)
    session = client.session
    del session[limits.SIGNED_IN_AT]
    session.save()
    assert client.get(MINE).status_code == 302
    assert limits.seconds_left(SessionStore()) == 0


def test_a_session_row_knows_whose_it_is(client: Client, met_officer: Member) -> None:
    client.get(LOGIN)
    met_officer.sign_in(client)
    row = Session.objects.get(user_id=met_officer.user.pk)
    assert row.get_session_store_class() is SessionStore
    assert Session.objects.exclude(pk=row.pk).filter(user_id__isnull=False).count() == 0


def test_other_browsers_can_be_signed_out_from_ones_own_list(client: Client, met_officer: Member) -> None:
    other = met_officer.sign_in(Client())
    met_officer.sign_in(client)
    assert client.get(reverse("usersessions_list")).status_code == 200
    client.post(reverse("usersessions_list"))
    assert other.get(MINE).status_code == 302
    assert client.get(MINE).status_code == 200


@roles(SUPERVISORS, fresh=True)
def authorise(request):
    from django.http import HttpResponse

    return HttpResponse("authorised")


@pytest.fixture
def authorising_page(settings):
    """A page of the kind that `fresh=True` is for, on a site of its own."""

    class Site:
        urlpatterns = [*staff_urls.urlpatterns, path("authorise/", authorise)]

    settings.ROOT_URLCONF = Site


AGAIN = "/accounts/2fa/reauthenticate/"


def test_authorising_asks_for_the_second_factor_of_the_last_ten_minutes(
    client: Client, met_supervisor: Member, authorising_page: None
) -> None:
    with time_machine.travel(NIGHT, tick=False) as clock:
        met_supervisor.sign_in(client)
        clock.shift(10 * 60)
        assert client.get("/authorise/").content == b"authorised"
        clock.shift(1)
        answer = client.get("/authorise/?step=2")
        assert answer["Location"] == f"{AGAIN}?next=%2Fauthorise%2F%3Fstep%3D2"
        given = client.post(answer["Location"], {"code": met_supervisor.code, "next": "/authorise/?step=2"})
        assert given["Location"] == "/authorise/?step=2"
        assert client.get("/authorise/").content == b"authorised"


def test_a_form_has_twenty_minutes_more_and_then_comes_back_to_its_page(
    client: Client, met_supervisor: Member, authorising_page: None
) -> None:
    page = {"Referer": "http://testserver/authorise/?step=2"}
    with time_machine.travel(NIGHT, tick=False) as clock:
        met_supervisor.sign_in(client)
        clock.shift(29 * 60)
        client.get(MINE)
        clock.shift(60)
        assert client.post("/authorise/").content == b"authorised"
        clock.shift(1)
        answer = client.post("/authorise/", headers=page)
        assert answer["Location"] == f"{AGAIN}?next=%2Fauthorise%2F%3Fstep%3D2"
        assert "Nothing has been saved" in said(answer)
        plain = client.post("/authorise/", headers={"Referer": "http://testserver/authorise/"})
        assert plain["Location"] == f"{AGAIN}?next=%2Fauthorise%2F"
        elsewhere = client.post("/authorise/", headers={"Referer": "https://evil.example/authorise/"})
        assert elsewhere["Location"] == f"{AGAIN}?next=%2F"


def test_htmx_is_told_where_to_go(client: Client, met_supervisor: Member, authorising_page: None) -> None:
    met_supervisor.sign_in(client, fresh=False)
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/authorise/"}
    answer = client.get("/authorise/", headers=headers)
    assert (answer.status_code, answer["HX-Redirect"]) == (401, f"{AGAIN}?next=%2Fauthorise%2F")


def test_the_password_is_not_a_second_factor(
    client: Client, met_supervisor: Member, authorising_page: None
) -> None:
    met_supervisor.sign_in(client, fresh=False)
    answer = client.get("/accounts/reauthenticate/?next=/authorise/")
    assert answer["Location"].startswith(AGAIN)


def test_freshness_does_not_open_what_the_role_does_not(
    client: Client, met_officer: Member, authorising_page: None
) -> None:
    met_officer.sign_in(client)
    assert client.get("/authorise/").status_code == 403


def test_whoever_has_only_a_passkey_is_asked_for_that(
    client: Client, met_supervisor: Member, authorising_page: None
) -> None:
    from allauth.mfa.models import Authenticator

    Authenticator.objects.filter(user=met_supervisor.user).update(type="webauthn")
    met_supervisor.sign_in(client, fresh=False)
    assert client.get("/authorise/")["Location"].startswith("/accounts/2fa/webauthn/reauthenticate/")


def test_second_factors_of_nobody(db: None) -> None:
    from django.contrib.auth.models import AnonymousUser

    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    assert not second_factor.request_has_second_factor(request)
    with pytest.raises(TypeError):
        user_of(request)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "found"),
    [
        (0, "", "192.0.2.1"),
        (0, "203.0.113.9", "192.0.2.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "6.6.6.6, 203.0.113.9", "203.0.113.9"),
        (2, "6.6.6.6, 203.0.113.9, 198.51.100.2", "203.0.113.9"),
        (2, "203.0.113.9", "192.0.2.1"),
        (1, "not an address", UNKNOWN),
        (1, "", UNKNOWN),
    ],
)
def test_only_what_our_own_proxies_wrote_is_believed(
    settings, proxies: int, forwarded: str, found: str
) -> None:
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", headers={"X-Forwarded-For": forwarded})
    assert client_address(request) == found
