"""Several checkers, and a page that is switched off under one: with real threads and real commits."""

from __future__ import annotations

import time

import pytest

from appeals.fragments import check_due
from appeals.services import fragments
from tests.appeals.fragments.test_checking import THERE
from tests.missingcases.test_races import at_once

pytestmark = pytest.mark.usefixtures("committing_db")


def test_several_checkers_at_once_ask_once(page, website) -> None:
    website.show(THERE)
    assert at_once(check_due, check_due, check_due) == (3, [])
    assert len(website.asked) == 1
    page.refresh_from_db()
    assert page.found


def test_what_was_found_of_a_page_that_was_switched_off_meanwhile_is_not_kept(
    page, website, met_inspector
) -> None:
    website.gate.clear()

    def switch() -> None:
        while not website.asked:
            time.sleep(0.01)
        fragments.switch_page(actor=met_inspector.actor, page_id=page.pk, is_active=False)
        website.gate.set()

    assert at_once(check_due, switch) == (2, [])
    page.refresh_from_db()
    assert (page.is_active, page.checked_at, page.problem) == (False, None, "")
