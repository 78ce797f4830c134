"""What the tags of a list's rows write: they are kept or put together for speed, and escape as ever."""

from __future__ import annotations

import re
from datetime import timedelta

from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone
from django.utils.safestring import SafeString

from foundation.tables import Table
from foundation.ui.templatetags import ui


def test_words_that_are_safe_are_not_taken_for_words_that_are_not() -> None:
    words = "<b>Open</b>"
    assert "&lt;b&gt;Open" in ui.tag("open", words)
    assert words in ui.tag("open", SafeString(words))
    assert "&lt;b&gt;Open" in ui.tag("open", words)


def test_a_time_says_how_long_ago_where_it_is_past_and_is_asked() -> None:
    now = timezone.now()
    past = ui.said_time(now - timedelta(hours=2))
    assert past.count("<time ") == past.count("</time>") == 1
    assert past.endswith("2 hours ago</span>)</span>")
    for shown in (ui.said_time(now - timedelta(hours=2), ago=False), ui.said_time(now + timedelta(hours=2))):
        assert "ago" not in shown
        assert shown.endswith("</time>")
    assert ui.said_time(None) == "Not known"


NUMBERS = Table(
    "risk",
    "Risk and sex",
    ("Risk", "Sex", "Children", "All"),
    (("High", "Female", 1, 1), ("High", "Male", 0, 2), ("Low", "Male", 3, 3)),
)
WORDS = Table("published", "Published", ("Figure", "By whom"), (("373", "The charity"),))


def _shown(tag: str, address: str = "/", **given: object) -> str:
    context = Context({"request": RequestFactory().get(address), **given})
    return Template("{% load charts %}{% " + tag + " %}").render(context)


def test_numbers_stay_a_table_that_scrolls_and_words_become_cards() -> None:
    numbers = _shown("show_table one", one=NUMBERS)
    assert 'class="hb-scroll" role="region" tabindex="0" aria-label="Risk and sex"' in numbers
    assert "hb-table--stack" not in numbers
    words = _shown("show_table one", one=WORDS)
    assert "hb-table--stack" in words
    assert "hb-scroll" not in words


def test_words_that_repeat_themselves_stand_once_above_their_rows() -> None:
    page = _shown("show_table one", one=NUMBERS)
    assert page.count("Risk: High") == page.count("Risk: Low") == 1
    assert page.count('scope="rowgroup" colspan="3"') == 2
    assert page.count('<th scope="row"') == 3


def test_folded_tables_open_together_by_a_link_that_keeps_what_was_asked() -> None:
    closed = _shown("show_folded tables", "/figures/?year=2026", tables=[NUMBERS, WORDS])
    assert closed.count("<details") == 2
    assert " open>" not in closed
    assert 'href="?year=2026&amp;all=open#figures"' in closed
    opened = _shown("show_folded tables", "/figures/?year=2026&all=open", tables=[NUMBERS, WORDS])
    assert opened.count(" open>") == 2
    assert 'href="?year=2026#figures"' in opened


def test_a_heading_stands_above_its_numbers_though_a_few_are_not_told_in_words() -> None:
    rows = (("All", 54), ("Children", 31), ("Texts", "Told of whole years"))
    page = _shown("show_table one", one=Table("figures", "Figures", ("Figure", "2026"), rows))
    assert re.search(r'<th[^>]*govuk-table__header--numeric">2026<', page)
    assert not re.search(r'<th[^>]*govuk-table__header--numeric">Figure<', page)
