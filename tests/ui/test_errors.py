"""Error pages: plain words, nothing of the record, and standing when the database is not."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import Http404
from django.test import Client
from django.urls import path

from config import urls as staff
from foundation import access
from foundation.access import Refusal, Refused

SECRET = "Sam Example went to Brighton"


def raising(error):
    @access.public
    def view(request):
        raise error

    return view


urlpatterns = [
    *staff.urlpatterns,
    path("raise/refused/", raising(Refused(Refusal("located", "This person has been found.")))),
    path("raise/denied/", raising(PermissionDenied(SECRET))),
    path("raise/missing/", raising(Http404(SECRET))),
    path("raise/broken/", raising(ValueError(SECRET))),
    path("raise/database/", raising(OperationalError(SECRET))),
]
handler400, handler403 = staff.handler400, staff.handler403
handler404, handler500 = staff.handler404, staff.handler500
pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]


def without_tokens(response):
    return [line for line in response.content.splitlines() if b"csrf" not in line.lower()]


@pytest.mark.parametrize(
    ("name", "status", "words"),
    [
        ("refused", 403, "This person has been found."),
        ("denied", 403, "not for your role"),
        ("missing", 404, "Page not found"),
        ("broken", 500, "Look at the record before you try again"),
        ("database", 503, "Not available just now"),
    ],
)
def test_an_error_says_what_to_do_and_nothing_of_the_record(name, status, words):
    response = Client(raise_request_exception=False).get(f"/raise/{name}/")
    assert response.status_code == status
    html = response.content.decode()
    assert words in html
    assert SECRET not in html


def test_a_missing_database_asks_to_be_tried_again():
    response = Client(raise_request_exception=False).get("/raise/database/")
    assert response["Retry-After"] == "30"


def test_another_forces_record_and_no_record_look_the_same(client, kent_officer):
    kent_officer.sign_in(client)
    first, second = client.get("/raise/missing/"), client.get("/no/such/page/")
    assert without_tokens(first) == without_tokens(second)


def test_a_form_kept_open_too_long_says_that_nothing_was_sent(met_officer):
    client = met_officer.sign_in(Client(enforce_csrf_checks=True))
    response = client.post("/your-account/stay/")
    assert response.status_code == 403
    assert "Nothing was saved or sent" in response.content.decode()
