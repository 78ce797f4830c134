"""What decides whether a page is drawn and read: it may leave out only what has nothing new."""

from __future__ import annotations

import requests

from tests.ui import sending
from tests.ui.drawing import Known
from tests.ui.parts import parts_of

PAGE = """<html lang="en"><head><title>A</title></head><body><main><h1>A</h1>
<form method="post" action="/save/"><input type="hidden" name="version" value="3">
<label for="name">Name</label><input id="name" name="name" value="Amir">
<input type="checkbox" name="sure" value="yes" checked><textarea name="words">x</textarea>
<select name="kind"><option value="a">A<option value="b" selected>B</select>
<button name="take" value="all">Save</button></form>
<form method="post"><button>Only a button</button></form></main></body></html>"""


def changed(old: str, new: str) -> str:
    assert old in PAGE
    return PAGE.replace(old, new)


def test_a_page_of_known_parts_is_not_read_again_whatever_it_says() -> None:
    known = Known()
    assert known.takes(parts_of(PAGE))
    assert not known.takes(parts_of(changed("Amir", "Berta")))


def test_what_would_break_a_rule_is_a_new_part() -> None:
    for old, new in (
        ('<label for="name">Name</label>', "<b>Name</b>"),
        ('for="name"', ""),
        ("<h1>A</h1>", "<h3>A</h3>"),
        ("<h1>A</h1>", ""),
        ("<title>A</title>", ""),
        ("<h1>A</h1>", "<h1>A</h1><h1>A</h1>"),
        ("Only a button", ""),
        ('lang="en"', ""),
    ):
        known = Known()
        known.takes(parts_of(PAGE))
        assert known.takes(parts_of(changed(old, new))), (old, new)


def test_a_form_goes_out_as_a_browser_sends_it_with_nothing_in_it() -> None:
    page = requests.Response()
    page._content = PAGE.encode()
    (form,) = sending.asking(page)
    assert list(sending.emptied(form)) == [("version", "3"), ("name", ""), ("words", ""), ("kind", "b")]


def test_an_answer_without_a_word_of_what_is_missing_is_left_to_the_browser() -> None:
    known, page = Known(), requests.Response()
    page._content = PAGE.encode()
    known.takes(parts_of(PAGE))
    assert sending.is_to_be_seen(page, known)
    page._content = changed("<h1>", '<div class="govuk-error-summary"></div><h1>').encode()
    assert sending.is_to_be_seen(page, known)
    assert not sending.is_to_be_seen(page, known)
