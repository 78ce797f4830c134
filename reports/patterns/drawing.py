"""Who shares what, as a drawing: people on the left, what appears in their records on the right. Pure.

Two columns and straight lines, so that a line can be followed by finger; the table beneath says the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString

from foundation.charts import COLOURS, INK, PAPER, QUIET
from reports.patterns.things import Person, Shared

WIDTH = 640
MOST_THINGS, MOST_PEOPLE = 10, 24
_STEP, _TOP, _LEFT, _RIGHT, _LONGEST = 34, 44, 236, 404, 24


@dataclass(frozen=True, slots=True)
class Graph:
    """The things that are drawn and their people, each with its height on the drawing."""

    things: tuple[tuple[Shared, float], ...]
    people: tuple[tuple[Person, float], ...]
    height: int


def graph_of(shared: Sequence[Shared]) -> Graph | None:
    """The first things as far as there is room, people in the order in which their lines cross least."""
    chosen: list[Shared] = []
    order: dict[int, Person] = {}
    for one in shared[:MOST_THINGS]:
        more = {person.pk: person for person in one.people if person.pk not in order}
        if len(order) + len(more) <= MOST_PEOPLE:
            chosen.append(one)
            order.update(more)
    if not chosen:
        return None
    rows = max(len(chosen), len(order))
    at = {pk: (place + 0.5) * rows / len(order) for place, pk in enumerate(order)}
    chosen.sort(key=lambda one: sum(at[person.pk] for person in one.people) / len(one.people))
    return Graph(
        tuple((one, (place + 0.5) * rows / len(chosen)) for place, one in enumerate(chosen)),
        tuple((person, at[pk]) for pk, person in order.items()),
        _TOP + _STEP * rows + 8,
    )


def drawn(graph: Graph | None) -> SafeString:
    """The drawing; nothing where nothing is shared."""
    if graph is None:
        return SafeString("")
    height = {person.pk: _y(at) for person, at in graph.people}
    words = f"{len(graph.people)} people, {len(graph.things)} things in the records of several of them."
    parts = [
        _text(_LEFT - 14, 24, "Appears in the records of", "end", QUIET),
        _text(_RIGHT + 14, 24, "What", "start", QUIET),
    ]
    for place, (one, at) in enumerate(graph.things):
        colour, dash = COLOURS[place % len(COLOURS)], ("", "9 5", "3 4")[place // len(COLOURS) % 3]
        for person in one.people:
            style = f' stroke-dasharray="{dash}"' if dash else ""
            parts.append(
                f'<path d="M{_LEFT} {height[person.pk]:.0f} L{_RIGHT} {_y(at):.0f}" stroke="{colour}" '
                f'stroke-width="2.5" fill="none"{style}/>'
            )
    for one, at in graph.things:
        parts.append(f'<rect x="{_RIGHT - 6}" y="{_y(at) - 6:.0f}" width="12" height="12" fill="{INK}"/>')
        parts.append(_text(_RIGHT + 14, _y(at) + 6, _short(one.words or one.kind.words), "start", INK))
    for person, at in graph.people:
        parts.append(f'<circle cx="{_LEFT}" cy="{_y(at):.0f}" r="6" fill="{INK}"/>')
        parts.append(_text(_LEFT - 14, _y(at) + 6, _short(person.name), "end", INK))
    return SafeString(  # every word in it is escaped where it is put in
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {graph.height}" role="img" '
        f'aria-labelledby="graph-title graph-desc" font-size="17">'
        f'<title id="graph-title">What appears in the records of several people</title>'
        f'<desc id="graph-desc">{escape(words)} The table beneath says the same.</desc>'
        f'<rect width="{WIDTH}" height="{graph.height}" fill="{PAPER}"/>{"".join(parts)}</svg>'
    )


def _y(at: float) -> float:
    return _TOP + _STEP * at


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1].rstrip()}…"


def _text(x: float, y: float, words: str, anchor: str, colour: str) -> str:
    return f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}" fill="{colour}">{escape(words)}</text>'
