"""The public site: plain pages, no cookie, no robot, no way in."""

from __future__ import annotations

import pytest

PAGES = ["/", "/accessibility/", "/privacy/", "/cookies/"]
pytestmark = [pytest.mark.urls("config.public_urls"), pytest.mark.django_db]


@pytest.mark.parametrize("path", PAGES)
def test_a_public_page_sets_no_cookie_and_asks_not_to_be_kept(client, path):
    response = client.get(path)
    assert response.status_code == 200
    assert not response.cookies
    assert "noindex" in response["X-Robots-Tag"]
    html = response.content.decode()
    assert '<meta name="robots" content="noindex, nofollow, noarchive">' in html
    assert "csrfmiddlewaretoken" not in html
    assert "hx-headers" not in html


def test_a_signed_in_officer_is_nobody_on_the_public_site(client, met_officer):
    met_officer.sign_in(client)
    html = client.get("/").content.decode()
    assert met_officer.user.full_name not in html
    assert "Sign out" not in html


@pytest.mark.parametrize("path", ["/accounts/login/", "/administration/", "/_components/", "/audit/"])
def test_the_staff_site_is_not_there(client, path):
    assert client.get(path).status_code == 404


def test_help_is_named_first(client):
    html = client.get("/").content.decode()
    assert "116 000" in html
    assert "999" in html


def test_robots_may_read_that_nothing_may_be_kept(client):
    assert client.get("/robots.txt").content == b"User-agent: *\nAllow: /\n"
