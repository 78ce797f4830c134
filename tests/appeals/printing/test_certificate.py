"""The certificate says where an appeal was shown and that it is gone, and never why."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from appeals.printing import certificate as words
from appeals.printing.certificate import Outlet
from appeals.printing.services import certificate
from tests.appeals.printing.sheets import opened, tags_of, text_of

BEGAN = datetime(2026, 11, 3, 9, 5, tzinfo=UTC)
TOLD = BEGAN + timedelta(days=1)
GONE = TOLD + timedelta(hours=2)
ISSUED = date(2026, 11, 6)
# Nothing may tell what became of somebody, or that the police were ever in it.
CAUSES = (
    "found",
    "located",
    "safe",
    "died",
    "deceased",
    "return",
    "consent",
    "police",
    "missing",
    "hospital",
)


def made(*outlets: Outlet) -> bytes:
    return certificate(reference="AP-7K2M-9QXD", issued=ISSUED, outlets=outlets).content


def test_it_lists_each_outlet_with_what_may_truly_be_said() -> None:
    text = text_of(
        made(
            Outlet("Our website", BEGAN, TOLD, TOLD),
            Outlet("Mastodon", BEGAN, TOLD, None, can_be_confirmed=False),
            Outlet("*Gazette* #1", BEGAN, TOLD, GONE),
            Outlet("Billboards", BEGAN, TOLD, None),
            Outlet("Late", BEGAN, None, None),
        )
    )
    assert (
        "Our website 3 November 2026, 09:05 4 November 2026, 09:05 Confirmed 4 November 2026, 09:05" in text
    )
    assert "Mastodon 3 November 2026, 09:05 4 November 2026, 09:05 Told. It cannot be confirmed." in text
    assert (
        "*Gazette* #1 3 November 2026, 09:05 4 November 2026, 09:05 Confirmed 4 November 2026, 11:05" in text
    )
    assert "Billboards 3 November 2026, 09:05 4 November 2026, 09:05 Told. Not confirmed yet." in text
    assert "Late 3 November 2026, 09:05 – Not told yet." in text
    assert "Date of this certificate: 6 November 2026" in text


def test_what_cannot_be_confirmed_is_never_called_confirmed() -> None:
    assert Outlet("Mastodon", BEGAN, TOLD, GONE, can_be_confirmed=False).gone() == words.CANNOT_BE_CONFIRMED


def test_times_are_those_of_london() -> None:
    summer = datetime(2026, 7, 3, 23, 30, tzinfo=UTC)
    assert "4 July 2026, 00:30" in text_of(made(Outlet("Our website", summer, summer, summer)))


def test_no_cause_and_no_name_is_told() -> None:
    text = text_of(made(Outlet("Our website", BEGAN, TOLD, TOLD))).lower()
    assert [cause for cause in CAUSES if cause in text] == []


def test_an_appeal_that_was_never_shown_says_so() -> None:
    assert words.NOTHING in text_of(made())


def test_it_is_tagged_with_a_table_that_has_headers() -> None:
    pdf = made(Outlet("Our website", BEGAN, TOLD, TOLD))
    kinds = [tag["/S"] for tag in tags_of(pdf)]
    assert kinds.count("/H1") == 1
    assert kinds.count("/TH") == 4
    assert kinds.count("/TD") == 4
    assert opened(pdf).trailer["/Root"]["/Lang"] == "en"
    assert dict(opened(pdf).metadata or {}) == {
        "/Title": "Certificate: your appeal has been withdrawn, AP-7K2M-9QXD",
        "/Creator": "Typst 0.15.1",
    }


@pytest.mark.parametrize("count", [40, 200])
def test_a_long_ledger_runs_over_pages_with_its_headers_again(count: int) -> None:
    pdf = made(*(Outlet(f"Outlet {number}", BEGAN, TOLD, GONE) for number in range(count)))
    pages = opened(pdf).pages
    assert len(pages) > 2
    assert all("Told to remove it" in page.extract_text() for page in pages[:-2])
    assert f"Outlet {count - 1}" in text_of(pdf)
