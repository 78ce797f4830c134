"""A page with thirty rows asks the database as often as a page with one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from missingcases.models import Incident
from tests.architecture import rows
from tests.architecture.rows import NOW, Cast

pytestmark = pytest.mark.django_db
MANY = 30


@pytest.fixture(autouse=True)
def _standing_still():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def cast(
    met_officer, met_supervisor, caseworker, administrator, met_administrator, auditor, duty_manager
) -> Cast:
    return Cast(met_officer, met_supervisor, caseworker, administrator, met_administrator, auditor)


@dataclass(frozen=True)
class Page:
    """One list: its address, who opens it, what makes a row and gives words that the page then shows."""

    name: str
    path: str | Callable[[], str]
    reader: str
    make: Callable[[Cast, int], str]
    least: int = 10  # of thirty rows at least so many are on the first page
    few: int = 1  # "My work" counts a queue only once it is longer than what is shown of it


def _of_first(rest: str) -> Callable[[], str]:
    return lambda: (
        f"/incidents/{Incident.objects.order_by('pk').values_list('reference', flat=True)[0]}/{rest}"
    )


PAGES = (
    Page("incidents", "/incidents/", "met_officer", rows.an_incident, 20),
    Page("printable sheet", "/incidents/sheet/", "met_officer", rows.an_incident, 30),
    Page("my work, officer's", "/", "met_officer", rows.an_action, 5, few=9),
    Page("my work, supervisor's", "/", "met_supervisor", rows.an_incident, 8, few=9),
    Page("my work, caseworker's", "/", "caseworker", rows.a_request_to_screen, 8, few=11),
    Page("actions of an incident", _of_first("actions/"), "met_officer", rows.an_action, 20),
    Page("notes of an incident", _of_first("files/"), "met_officer", rows.a_note, 20),
    Page("timeline of an incident", _of_first("timeline/"), "met_officer", rows.a_happening, 20),
    Page("screening queue", "/textsafe/screening/", "caseworker", rows.a_request_to_screen, 30),
    Page("conversations", "/textsafe/conversations/", "caseworker", rows.a_conversation, 30),
    Page("unknown numbers", "/textsafe/unknown-numbers/", "caseworker", rows.an_unknown_number, 30),
    Page("message log", "/messages/", "administrator", rows.a_message, 30),
    Page("audit", "/audit/", "auditor", rows.an_audit_entry, 20),
    Page("people", "/administration/people/", "met_administrator", rows.a_colleague, 20),
    Page("webhooks", "/administration/webhooks/WH-TEST/", "met_administrator", rows.a_webhook, 30),
    Page("likely duplicates", "/people/duplicates/", "met_supervisor", rows.a_likely_pair, 20),
    Page("links", "/links/", "met_supervisor", rows.a_link, 30),
    Page("owed", "/owed/", "administrator", rows.a_debt, 30),
)


def opened(client: Client, path: str) -> tuple[int, list[str], str]:
    """How often the page asked, what it asked, and the page."""
    with CaptureQueriesContext(connection) as asked:
        response = client.get(path)
    assert response.status_code == 200, path
    return len(asked), [one["sql"] for one in asked.captured_queries], response.content.decode()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_thirty_rows_cost_as_many_queries_as_one(page: Page, cast: Cast, request: Any) -> None:
    client = request.getfixturevalue(page.reader).sign_in(Client())
    words = [page.make(cast, index) for index in range(page.few)]
    path = page.path if isinstance(page.path, str) else page.path()
    opened(client, path)  # what is asked once a process is asked here
    one, asked_for_one, _ = opened(client, path)

    words += [page.make(cast, index) for index in range(page.few, MANY)]
    many, asked_for_many, html = opened(client, path)

    assert sum(word in html for word in words) >= page.least
    more = [sql[:300] for sql in asked_for_many if sql.split(" WHERE ")[0] not in str(asked_for_one)]
    assert many == one, (f"{many - one} more", more, sorted(sql[:200] for sql in asked_for_many))
