"""What somebody read stays on no shared desk, and their pages tell other sites nothing."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "address", ["/", "/incidents/", "/incidents/INC-NOBODYS/", "/your-account/", "/audit/"]
)
def test_no_page_of_the_staff_site_is_kept(client, met_officer, address) -> None:
    answer = met_officer.sign_in(client).get(address)
    assert "no-store" in answer["Cache-Control"]
    assert "private" in answer["Cache-Control"]


def test_the_way_in_is_not_kept_either(client) -> None:
    assert "no-store" in client.get("/accounts/login/")["Cache-Control"]


def test_every_answer_says_what_a_browser_may_not_do_with_it(client, met_officer) -> None:
    answer = met_officer.sign_in(client).get("/")
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "geolocation=()" in answer["Permissions-Policy"]
    policy = answer["Content-Security-Policy"]
    assert "'unsafe-" not in policy
    assert "script-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy


@pytest.mark.urls("config.public_urls")
def test_a_public_page_may_be_kept(client, settings) -> None:
    settings.IS_PUBLIC_SITE = True
    assert "no-store" not in client.get("/").headers.get("Cache-Control", "")
