"""How somebody works a page: with a mouse, or with nothing but the keyboard.

Both find things by what is written on them, as a person does; neither knows an address or an id.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Protocol

MOST_TABS = 200
# What the element with the focus is called, and what kind of thing it is.
FOCUSED = """() => {
    const el = document.activeElement;
    if (!el || el === document.body) return null;
    const text = (node) => (node.innerText ?? node.textContent).replace(/\\s+/g, " ").trim();
    const legend = el.closest("fieldset")?.querySelector("legend");
    return {
        name: text(el.labels?.[0] ?? el), kind: el.type || el.tagName.toLowerCase(),
        group: legend ? text(legend) : "", checked: Boolean(el.checked),
    };
}"""


class Hands(Protocol):
    """What a person does on a page."""

    page: Any

    def press(self, name: str) -> None:
        """Follow the link or press the button of that name."""

    def write(self, label: str, words: str) -> None:
        """Write into the box of that label."""

    def choose(self, question: str, answer: str) -> None:
        """Choose one answer of a question."""

    def pick(self, label: str, option: str) -> None:
        """Pick one option of a list."""


def _asks(label: str) -> re.Pattern[str]:
    """The label of a question, which says so where it may stay empty."""
    return re.compile(rf"^\s*{re.escape(label)}( \(optional\))?\s*$")


class Mouse:
    """Clicks on what is seen."""

    def __init__(self, page: Any) -> None:
        self.page = page

    def press(self, name: str) -> None:
        # A menu folds when its script runs: what is found before then may be folded away under the click.
        self.page.wait_for_load_state("domcontentloaded")
        self.page.get_by_role("link", name=name, exact=True).or_(
            self.page.get_by_role("button", name=name, exact=True)
        ).first.click()

    def write(self, label: str, words: str) -> None:
        self.page.get_by_label(_asks(label)).fill(words)

    def choose(self, question: str, answer: str) -> None:
        self.page.get_by_role("group", name=question).get_by_label(answer, exact=True).check()

    def pick(self, label: str, option: str) -> None:
        self.page.get_by_label(_asks(label)).select_option(label=option)


class Keys:
    """Tab, arrows, space and enter; never a pointer."""

    def __init__(self, page: Any) -> None:
        self.page = page

    def press(self, name: str) -> None:
        it = self._to(lambda it: it["kind"] in {"a", "submit", "button"} and it["name"] == name, name)
        if it["kind"] == "button":
            self.page.keyboard.press("Enter")
            return
        with self.page.expect_navigation():  # the next thing to be found is on the next page
            self.page.keyboard.press("Enter")

    def write(self, label: str, words: str) -> None:
        self._to(lambda it: it["name"] in {label, f"{label} (optional)"}, label)
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(words)

    def choose(self, question: str, answer: str) -> None:
        it = self._to(lambda it: it["kind"] == "radio" and question in it["group"], question)
        if it["name"] == answer:
            self.page.keyboard.press("Space")
        for _ in range(MOST_TABS):
            it = self.page.evaluate(FOCUSED)
            if it["name"] == answer and it["checked"]:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"the arrows do not reach “{answer}” of “{question}”")

    def pick(self, label: str, option: str) -> None:
        self._to(lambda it: it["kind"] == "select-one" and it["name"] == label, label)
        self.page.keyboard.type(option)

    def _to(self, wanted: Callable[[dict[str, Any]], bool], name: str) -> dict[str, Any]:
        """Tab on until it has the focus, round the page at most once."""
        passed = []
        for _ in range(MOST_TABS):
            it = self.page.evaluate(FOCUSED)
            if it is not None and wanted(it):
                return dict(it)
            passed.append(it and it["name"])
            self.page.keyboard.press("Tab")
        raise AssertionError(f"the keyboard does not reach “{name}”; it passed {passed[:60]}")
