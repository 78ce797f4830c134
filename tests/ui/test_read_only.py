"""Read-only mode: everything can be looked up, nothing changed, and people are told."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import path

from config import read_only, urls
from foundation import access
from foundation.access import library_name
from tests.cast import PASSWORD


@access.signed_machine
def receipt(request):
    from django.http import HttpResponse

    return HttpResponse("kept")


urlpatterns = [*urls.urlpatterns, path("receipt/", receipt)]
handler403, handler404, handler500 = urls.handler403, urls.handler404, urls.handler500
pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@pytest.fixture(autouse=True)
def _read_only(settings):
    settings.READ_ONLY = True


def test_pages_open_and_carry_the_banner(client, met_officer):
    response = met_officer.sign_in(client).get("/your-account/")
    assert response.status_code == 200
    assert "Read-only: you can look things up" in response.content.decode()


def test_a_change_is_refused_before_it_reaches_its_view(client, met_officer):
    response = met_officer.sign_in(client).post("/your-account/act-for/", {"code": "kent"})
    assert response.status_code == 503
    assert "nothing was saved or sent" in response.content.decode()


def test_a_live_part_gets_a_short_answer(client, met_officer):
    response = met_officer.sign_in(client).post("/your-account/act-for/", headers={"HX-Request": "true"})
    assert response.status_code == 503
    assert b"<html" not in response.content


def test_people_can_still_sign_in_and_providers_are_still_heard(met_officer):
    client = Client()
    answer = client.post("/accounts/login/", {"login": met_officer.user.email, "password": PASSWORD})
    assert answer.status_code == 302
    assert client.post("/receipt/").content == b"kept"


def test_without_the_mode_nothing_is_refused(client, met_officer, settings):
    settings.READ_ONLY = False
    response = met_officer.sign_in(client).post("/your-account/act-for/", {"code": "no-such"})
    assert response.status_code == 404


def test_the_exceptions_are_views_that_exist():
    found = set()

    def walk(patterns):
        for pattern in patterns:
            if hasattr(pattern, "url_patterns"):
                walk(pattern.url_patterns)
            else:
                found.add(library_name(pattern.callback))

    walk(urls.urlpatterns)
    assert found >= read_only._STILL_TAKEN
