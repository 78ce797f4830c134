"""What a sentence denies: sentences with the answer beside them, most written before any rule was.

`made` were written with the rules, `held` before them by the same hand, `later` after them and then used to
better them, `final` after that: nothing was changed for these, so theirs is the figure that is told.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from reports.cohorts.finding import tokens_of
from reports.cohorts.negation import denial_of

HERE = Path(__file__).parent


def sentences(name: str) -> list[tuple[bool, str, int, int]]:
    found = []
    for line in (HERE / f"sentences_{name}.tsv").read_text().splitlines():
        label, marked = line.split("\t")
        start, end = marked.index("["), marked.index("]") - 1
        found.append((label == "negated", marked.replace("[", "").replace("]", ""), start, end))
    return found


def denied(text: str, start: int, end: int) -> bool:
    tokens = tokens_of(text)
    inside = [place for place, one in enumerate(tokens) if one.start >= start and one.end <= end]
    return bool(denial_of(tokens, inside[0], inside[-1]))


def measured(name: str) -> tuple[int, int, int, int]:
    """Denials found, denials found where there is none, denials missed, and the rest."""
    told = [(is_denied, denied(text, start, end)) for is_denied, text, start, end in sentences(name)]
    counts = [told.count(pair) for pair in ((True, True), (False, True), (True, False), (False, False))]
    return (counts[0], counts[1], counts[2], counts[3])


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("made", (30, 0, 0, 30)),
        ("held", (49, 0, 1, 60)),
        ("later", (24, 0, 6, 30)),
        ("final", (18, 2, 12, 28)),
    ],
)
def test_denials_are_found_as_often_as_the_page_says(name: str, counts: tuple[int, ...]) -> None:
    assert measured(name) == counts


def test_the_page_tells_the_figures_that_were_measured() -> None:
    told = (HERE.parents[2] / "docs" / "cohort-review.md").read_text()
    for name in ("made", "held", "later", "final"):
        found, wrong, missed, rest = measured(name)
        assert f"| `{name}` | {sum((found, wrong, missed, rest))} |" in told
        assert f"| {found} of {found + wrong} | {found} of {found + missed} |" in told


@pytest.mark.parametrize(
    ("text", "word", "cue"),
    [
        ("No concerns of gang involvement.", "gang", "no concerns"),
        ("He denies that he is in a gang.", "gang", "denies"),
        ("Not known to be in a gang.", "gang", "not known"),
        ("Gang involvement ruled out.", "Gang", "ruled out"),
    ],
)
def test_the_words_that_deny_are_told(text: str, word: str, cue: str) -> None:
    tokens = tokens_of(text)
    at = next(place for place, one in enumerate(tokens) if one.start == text.index(word))
    assert denial_of(tokens, at, at) == cue
