"""Sending the forms of a page with nothing in them: an answer that says what is missing, and can be read.

Each is sent as a browser would send it, without one. Where the answer has a part that no answer before had,
or does not say what is missing, a real browser fills it in, and the answer is drawn.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

import requests
from lxml import html
from playwright.sync_api import TimeoutError as TookTooLong

from tests.fixtures_processes import PATIENCE
from tests.ui.drawing import Known, draw
from tests.ui.parts import parts_of

QUESTIONS = "input:not([type=hidden]):not([type=submit]):not([type=button]), textarea, select"
# Forms that ask something; a button alone is a form too, and is not for pressing here.
# A form whose button is refused, with the reason beside it, cannot be sent.
BUTTON = "button:not([type=button])"
ASKING = f"main form[method=post]:has({QUESTIONS}):has({BUTTON})"


def sent_by_hand(session: requests.Session, address: str) -> Iterator[requests.Response]:
    """What each form of the page answers when it is sent with every box emptied, in their order."""
    number, forms = 0, asking(session.get(address, timeout=120))
    while number < len(forms):
        yield _send(session, address, forms[number])
        number += 1
        forms = asking(session.get(address, timeout=120)) if number < len(forms) else forms


def asking(page: requests.Response) -> list[html.HtmlElement]:
    """The forms of the page that `ASKING` finds in a browser."""
    found = html.fromstring(page.text).xpath("//main//form[@method='post']")
    return [one for one in found if _boxes(one) and _buttons(one)]


def _boxes(form: html.HtmlElement) -> list[html.HtmlElement]:
    not_asked = {"hidden", "submit", "button"}
    found = form.xpath(".//input | .//textarea | .//select")
    return [one for one in found if one.tag != "input" or one.get("type") not in not_asked]


def _buttons(form: html.HtmlElement) -> list[html.HtmlElement]:
    return [one for one in form.xpath(".//button") if one.get("type") != "button"]


def _send(session: requests.Session, address: str, form: html.HtmlElement) -> requests.Response:
    button = _buttons(form)[-1]
    sent = [*emptied(form), *([(button.get("name"), button.get("value", ""))] if button.get("name") else [])]
    target = urljoin(address, button.get("formaction") or form.get("action") or address)
    files = [(name, ("", b"")) for name, value in sent if value is None]
    data = [(name, value) for name, value in sent if value is not None]
    if form.get("enctype") == "multipart/form-data":
        return session.post(target, data=data, files=files or {"": ("", b"")}, timeout=120)
    return session.post(target, data=data, timeout=120)


def emptied(form: html.HtmlElement) -> Iterator[tuple[str, str | None]]:
    """What goes out of the boxes: no tick, no words, what is hidden and what is chosen; None for a file."""
    for box in form.xpath(".//input[@name] | .//textarea[@name] | .//select[@name]"):
        kind = box.get("type", "text") if box.tag == "input" else box.tag
        if box.get("disabled") is not None or kind in {"checkbox", "radio", "submit", "button"}:
            continue
        if kind == "file":
            yield box.get("name"), None
        elif kind == "hidden":
            yield box.get("name"), box.get("value", "")
        elif kind != "select":
            yield box.get("name"), ""
        elif box.get("multiple") is None and (options := box.xpath(".//option")):
            chosen = next((one for one in options if one.get("selected") is not None), options[0])
            yield box.get("name"), chosen.get("value", chosen.text_content())


def is_to_be_seen(answer: requests.Response, known: Known) -> bool:
    """Whether a browser has to show the answer: it has something new, or does not say what is missing."""
    if "govuk-error-summary" not in answer.text:
        return True
    return known.takes(parts_of(answer.text))


def forms_on(page: Any, address: str) -> int:
    """Open the page; how many forms of it ask something."""
    page.goto(address)
    return int(page.locator(ASKING).count())


def sent_empty(page: Any, number: int, picture: str, known: Known) -> list[str]:
    """Empty one form of the page that is open, send it, and look at the answer."""
    address = page.url
    form = page.locator(ASKING).nth(number)
    form.evaluate(
        """form => {
            for (const box of form.elements) {
                if (["checkbox", "radio"].includes(box.type)) box.checked = false;
                else if (!["hidden", "submit", "button", "select-one"].includes(box.type)) box.value = "";
            }
        }"""
    )
    with page.expect_response(lambda answer: answer.request.method == "POST") as posted:
        form.locator(BUTTON).last.click()
    if posted.value.status >= 500:
        return [f"{address} answers {posted.value.status} to an empty form"]
    summary = page.locator(".govuk-error-summary")
    try:
        summary.wait_for(timeout=PATIENCE)
    except TookTooLong:
        return [f"{address} takes an empty form {number} without a word"]
    page.wait_for_load_state()
    return draw(page, picture, known)
