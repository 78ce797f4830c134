"""Alerts in Welsh: each page in one language whole; what was written once is said to be in English."""

from __future__ import annotations

import pytest

from alerts.enums import NoticeKind
from tests.alerts.public import making
from tests.appeals.public.test_welsh import require_welsh

pytestmark = [pytest.mark.urls("config.public_urls"), pytest.mark.django_db]


def test_pages_that_show_an_alert(client, out) -> None:
    for path in (f"/cy/alerts/{out.token}/", "/cy/alerts/", "/cy/"):
        require_welsh(client.get(path))
    page = client.get(f"/cy/alerts/{out.token}/").content.decode()
    assert f'<dd lang="en-GB">{making.VEHICLE}</dd>' in page


def test_an_alert_that_nobody_wrote_in_welsh(client, incident, people) -> None:
    making.issued(incident, people, welsh=False)
    require_welsh(client.get("/cy/alerts/"))


def test_ended_and_none(client, out) -> None:
    making.notice(out, NoticeKind.CANCEL)
    require_welsh(client.get(f"/cy/alerts/{out.token}/"), 410)
    require_welsh(client.get("/cy/alerts/"))
