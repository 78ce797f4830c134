"""What the tags of a list's rows write: they are kept or put together for speed, and escape as ever."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django.utils.safestring import SafeString

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
