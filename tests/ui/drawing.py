"""Drawing a page in the browser at two widths, and what is wrong with it as it stands."""

from __future__ import annotations

import os
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.accessibility import faults_of
from tests.ui.full import Full
from tests.ui.parts import Part, parts_of
from tests.ui.walking import Walk, view_of

# Draw each page for every kind of organisation, and each with axe, whatever was drawn before. So it is where
# pictures are asked for.
EVERY_PAGE = any(os.environ.get(name) for name in ("HARBOUR_EVERY_PAGE", "HARBOUR_SHOTS"))


class Known(set[Part]):
    """The parts that axe has read."""

    def takes(self, parts: Collection[Part]) -> bool:
        """Whether one of these is new; from now on none of them is."""
        is_new = not self.issuperset(parts)
        self.update(parts)
        return is_new or EVERY_PAGE


@dataclass
class Seen:
    """What the tests of the walk share, so that a page is drawn once."""

    made: Full | None = None
    walks: dict[str, Walk] = field(default_factory=dict)
    drawn: set[tuple[str, str]] = field(default_factory=set)
    views: set[str] = field(default_factory=set)
    parts: Known = field(default_factory=Known)  # as the server sends them
    answers: Known = field(default_factory=Known)  # the same, of what forms answer
    read: Known = field(
        default_factory=Known
    )  # what axe read: as the browser has it, with what scripts put in

    def is_to_draw(self, view: str, text: str) -> bool:
        """Whether this view, or a part of this page, was never drawn before."""
        is_first = view not in self.views
        self.views.add(view)
        return self.parts.takes(parts_of(text)) or is_first


def look_at(page: Any, address: str, picture: str, read: Known | None = None) -> list[str]:
    """What is wrong with one page."""
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(address)
    return draw(page, picture, read)


def draw(page: Any, picture: str, read: Known | None = None) -> list[str]:
    """What is wrong with the page as it stands. axe reads it unless it `read` all its parts before."""
    where = view_of("/" + page.url.split("/", 3)[-1]) or page.url
    found = []
    if read is None or read.takes(parts_of(page.content())):
        found += [f"{where}: {rule}: {parts}" for rule, parts in faults_of(page)]
    found += [f"{where}: cut off at 1280: {words}" for words in page.evaluate(CUT_OFF)]
    keep(page, f"{picture}-1280")
    page.set_viewport_size({"width": 390, "height": 800})
    found += [f"{where}: cut off at 390: {words}" for words in page.evaluate(CUT_OFF)]
    wide = page.evaluate("document.documentElement.scrollWidth")
    if wide > 390:
        found.append(f"{where}: scrolls sideways at 390: {wide}")
    keep(page, f"{picture}-390")
    page.set_viewport_size({"width": 1280, "height": 900})
    return found


# A part that hides what is too wide for it; `hb-scroll` says that it scrolls, and takes the keyboard.
CUT_OFF = """() => [...document.querySelectorAll("main *")]
    .filter(part => part.scrollWidth > part.clientWidth + 1 && part.clientWidth > 1)
    .filter(part => getComputedStyle(part).overflowX !== "visible")
    .filter(part => !part.matches(".hb-scroll, input, select, textarea, .govuk-visually-hidden"))
    .map(part => part.className || part.tagName)"""


def keep(page: Any, name: str) -> None:
    folder = os.environ.get("HARBOUR_SHOTS")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=str(Path(folder) / f"{name.replace(':', '_')}.png"), full_page=True)
