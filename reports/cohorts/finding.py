"""Where the terms of a concept list stand in a text, and which of these the text denies.

Words are compared by their stem, which Postgres gives (`selectors.searching.stems_of`), so that what is
shown is what its index found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from reports.cohorts.concepts import WORD, Term, plain, words_of
from reports.cohorts.negation import Token, denial_of

_ENDS = re.compile(r"[.!?;\n]")
# A paragraph longer than this is shown around the hit alone.
LONGEST = 900
_AROUND = 350


@dataclass(frozen=True, slots=True)
class Hit:
    """One place: `start` and `end` are characters of the text. `denial` are the words that deny it."""

    start: int
    end: int
    term: str
    denial: str = ""

    @property
    def is_negated(self) -> bool:
        """Whether the text says that it is not so."""
        return bool(self.denial)


def tokens_of(text: str) -> list[Token]:
    """The words of a text with their places and the sentence they stand in."""
    found: list[Token] = []
    sentence = last = 0
    for match in WORD.finditer(text):
        gap = text[last : match.start()]
        sentence += bool(found) and _ENDS.search(gap) is not None
        found.append(Token(plain(match.group()), match.start(), match.end(), sentence, gap))
        last = match.end()
    return found


def words_in(texts: Iterable[str]) -> set[str]:
    """Every word of these texts, for their stems to be asked for at once."""
    return {plain(found.group()) for text in texts for found in WORD.finditer(text)}


def words_asked(terms: Iterable[Term]) -> set[str]:
    """Every word of these terms."""
    return {word for term in terms for phrase in (*term.forms, *term.near) for word in words_of(phrase)}


def hits_in(text: str, terms: Sequence[Term], stems: Mapping[str, str], *, negation: bool) -> list[Hit]:
    """Every place, in order; of terms that overlap the longest. With `negation`, what English denies."""
    tokens = tokens_of(text)
    stemmed = [stems.get(one.word, one.word) for one in tokens]
    spans: dict[tuple[int, int], str] = {}
    for term in terms:
        for span in _spans(term, tokens, stemmed, stems):
            spans.setdefault(span, term.line)
    kept: list[Hit] = []
    taken = -1
    for (first, last), line in sorted(spans.items(), key=lambda one: (one[0][0], -one[0][1])):
        if first <= taken:
            continue
        taken = last
        denial = denial_of(tokens, first, last) if negation else ""
        kept.append(Hit(tokens[first].start, tokens[last].end, line, denial))
    return kept


def _spans(
    term: Term, tokens: Sequence[Token], stemmed: Sequence[str], stems: Mapping[str, str]
) -> Iterable[tuple[int, int]]:
    near = [span for phrase in term.near for span in _places(phrase, tokens, stemmed, stems)]
    for phrase in term.forms:
        for span in _places(phrase, tokens, stemmed, stems):
            if not term.near or any(_apart(span, other) <= term.within for other in near if other != span):
                yield span


def _places(
    phrase: str, tokens: Sequence[Token], stemmed: Sequence[str], stems: Mapping[str, str]
) -> Iterable[tuple[int, int]]:
    asked = [stems.get(word, word) for word in words_of(phrase)]
    size = len(asked)
    for first in range(len(tokens) - size + 1):
        last = first + size - 1
        is_there = stemmed[first] == asked[0] and list(stemmed[first : last + 1]) == asked
        if is_there and tokens[first].sentence == tokens[last].sentence:
            yield first, last


def _apart(one: tuple[int, int], other: tuple[int, int]) -> int:
    """Words from the end of the earlier to the beginning of the later; neighbours are 1 apart."""
    return max(other[0] - one[1], one[0] - other[1])


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a paragraph: plain words, or a hit."""

    words: str
    hit: Hit | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph with its hits marked; `cut` says at which ends more of it is not shown."""

    pieces: tuple[Piece, ...]
    cut_before: bool = False
    cut_after: bool = False


def passages(text: str, hits: Sequence[Hit]) -> list[Passage]:
    """The paragraphs that hold hits, in order."""
    found, start = [], 0
    for paragraph in re.split(r"(?<=\n)", text):
        end = start + len(paragraph)
        inside = [hit for hit in hits if start <= hit.start < end]
        if inside:
            found.append(_passage(text, start, end, inside))
        start = end
    return found


def _passage(text: str, start: int, end: int, hits: Sequence[Hit]) -> Passage:
    first, last = start, end
    if end - start > LONGEST:
        first = _word_edge(text, max(start, hits[0].start - _AROUND), start)
        last = _word_edge(text, min(end, hits[-1].end + _AROUND), end)
    pieces, at = [], first
    for hit in hits:
        pieces += [Piece(text[at : hit.start]), Piece(text[hit.start : hit.end], hit)]
        at = hit.end
    pieces.append(Piece(text[at:last]))
    shown = tuple(one for one in pieces if one.words)
    return Passage(shown, cut_before=first > start, cut_after=last < end)


def _word_edge(text: str, at: int, limit: int) -> int:
    """The nearest space towards `limit`."""
    step = -1 if at > limit else 1
    while at != limit and not text[at - 1 : at].isspace():
        at += step
    return at
