"""Concept lists as people write them: a term a line with its variants, and words that must stand near."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from foundation.exceptions import Invalid

MOST_LINES = 200
MOST_WORDS = 6
FARTHEST = 10
# Each pair of words that stand near is asked of the index at every distance, in both orders.
MOST_PAIRS = 200
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_NEAR = re.compile(r"^(?P<forms>.+?)\s+near\s+(?P<near>.+?)\s+within\s+(?P<within>\d{1,3})$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Term:
    """One line of a list. Any of `forms` is a hit; with `near`, only where one of these words or phrases
    stands at most `within` words away, on either side."""

    forms: tuple[str, ...]
    near: tuple[str, ...] = ()
    within: int = 0

    @property
    def line(self) -> str:
        """The line as somebody would write it."""
        said = ", ".join(self.forms)
        return f"{said} near {', '.join(self.near)} within {self.within}" if self.near else said


def words_of(phrase: str) -> tuple[str, ...]:
    """The words of a phrase in small letters; a hyphen, a slash or a full stop parts words."""
    return tuple(plain(found.group()) for found in WORD.finditer(phrase))


def plain(word: str) -> str:
    """A word as it is compared: small letters, one sort of apostrophe, without the 's of a possessive."""
    return word.lower().replace("’", "'").removesuffix("'s")


def read_terms(text: str) -> tuple[Term, ...]:
    """The terms of a list as it was typed. Raises `Invalid`, naming each line that cannot be read."""
    lines = [line.strip() for line in text.splitlines()]
    numbered = [(number, line) for number, line in enumerate(lines, 1) if line]
    if not numbered:
        raise Invalid({"terms": "Write at least one term, each on a line of its own."})
    if len(numbered) > MOST_LINES:
        raise Invalid({"terms": f"A list has at most {MOST_LINES} lines. Make two lists of it."})
    problems, terms = [], []
    for number, line in numbered:
        term, problem = _read_line(line)
        problems.extend([f"Line {number}: {problem}"] if problem else [])
        terms.extend([term] if term else [])
    if problems:
        raise Invalid({"terms": " ".join(problems[:5])})
    pairs = sum(len(term.forms) * len(term.near) for term in terms)
    if pairs > MOST_PAIRS:
        raise Invalid(
            {
                "terms": f"The words that are to stand near each other make {pairs:,} pairs, and a list has "
                f"at most {MOST_PAIRS}. Take fewer, or make two lists of it."
            }
        )
    return tuple(terms)


def _read_line(line: str) -> tuple[Term | None, str]:
    found = _NEAR.match(line)
    forms, near, within = _parts(line), tuple[str, ...](), 0
    if found is not None:
        forms, near, within = _parts(found["forms"]), _parts(found["near"]), int(found["within"])
        if not near or not 1 <= within <= FARTHEST:
            return (
                None,
                f"words can be near within 1 to {FARTHEST} words, such as: boyfriend near older within 4.",
            )
    if not forms:
        return None, "there is no word in it."
    if any(len(words_of(one)) > MOST_WORDS for one in (*forms, *near)):
        return None, f"a phrase has at most {MOST_WORDS} words."
    return Term(forms, near, within), ""


def _parts(text: str) -> tuple[str, ...]:
    found = (" ".join(words_of(one)) for one in text.split(","))
    return tuple(dict.fromkeys(one for one in found if one))


def as_stored(terms: Iterable[Term]) -> list[dict[str, object]]:
    """For a JSON column."""
    return [{"forms": list(one.forms), "near": list(one.near), "within": one.within} for one in terms]


def from_stored(rows: Iterable[dict[str, object]]) -> tuple[Term, ...]:
    """From a JSON column that `as_stored` wrote."""
    return tuple(
        Term(tuple(row["forms"]), tuple(row["near"]), int(str(row["within"])))  # type: ignore[arg-type]
        for row in rows
    )
