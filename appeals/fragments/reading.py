"""Whether a page shows the helpline's fragment to its readers. The page is read as a browser reads it.

What stands in a comment, a script, a template or something hidden is not shown, so it does not count.
"""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser

from appeals.enums import FragmentProblem
from appeals.helpline import MARKER, VERSION
from appeals.projection import HELPLINE

_NUMBER = re.compile(r"(?<!\d)" + r"\s*".join(HELPLINE.split()) + r"(?!\d)")
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
# Their content is never on the page, or only as text of something else.
_UNSEEN = frozenset(
    ["head", "iframe", "noscript", "object", "script", "select", "style", "template", "textarea", "title"]
)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# Ends whatever a page left open. Without it the parser looks for each end through the whole page.
_END = "--></script></style></textarea></title>'\">"


def problem_of(page: str) -> str:
    """Empty where the fragment and its number are there to be read, else a `FragmentProblem`."""
    reader = _Reader()
    reader.feed(page + _END)
    reader.close()
    if not reader.found:
        return FragmentProblem.NO_MARKER
    if not any(_NUMBER.search("".join(words)) for _, words in reader.found):
        return FragmentProblem.NO_NUMBER
    shown = [version for version, words in reader.found if _NUMBER.search("".join(words))]
    return "" if VERSION in shown else FragmentProblem.OLD_VERSION


class _Reader(HTMLParser):
    """Gathers the words shown within each element that has the marker."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        # The version of each marker, and the words within it.
        self.found: list[tuple[str, list[str]]] = []
        self._open: list[tuple[str, bool, bool]] = []  # name, hides what is within, has the marker
        self._names: Counter[str] = Counter()
        self._hidden = 0
        self._within: list[list[str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """One more is open, unless it can hold nothing."""
        if tag in _VOID:
            return
        given = dict(attrs)
        hides = tag in _UNSEEN or "hidden" in given or bool(_HIDDEN_STYLE.search(given.get("style") or ""))
        self._hidden += hides
        marks = MARKER in given and not self._hidden
        if marks:
            self.found.append((given[MARKER] or "", []))
            self._within.append(self.found[-1][1])
        self._open.append((tag, hides, marks))
        self._names[tag] += 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A slash closes nothing in HTML."""
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """Closes the last that was opened, and what was left open within it."""
        if not self._names[tag]:
            return
        name = ""
        while name != tag:
            name, hides, marks = self._open.pop()
            self._names[name] -= 1
            self._hidden -= hides
            if marks:
                self._within.pop()

    def handle_data(self, data: str) -> None:
        """Words that are shown belong to the innermost marker."""
        if self._within and not self._hidden:
            self._within[-1].append(data)

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """`<![...` is a comment in HTML; the library would give up on what it does not know."""
        return self.parse_bogus_comment(i, report)
