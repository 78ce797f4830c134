"""Drawing a chart as SVG: the same drawing for the page and for paper.

Pure. Nothing is told by colour alone: bars of one set are hatched another way than those of the next, lines
differ in their dashes and marks, and every bar bears its number. Sizes are those of a drawing 640 wide,
whose words can still be read when a phone shows it at half of that.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from decimal import Decimal
from html import escape

from foundation.tables import Chart, Hidden, said

WIDTH = 640
INK, QUIET, PAPER, GRID = "#23133f", "#4a3f63", "#ffffff", "#cfc6df"
COLOURS = ("#4c2c92", "#b58900", "#00703c", "#505a5f")
_DASHES = ("", "10 6", "3 5", "14 5 3 5")
_SIZE = 19
_BAR, _GAP, _BETWEEN = 24, 4, 16
_PLOT_HEIGHT, _TOP, _FOOT, _LEFT = 260, 16, 40, 84
_FEW_LABELS = 8
_PARTS = 4  # of the scale
Value = int | float | Decimal | Hidden | None


def svg(chart: Chart, *, name: str = "chart") -> str:
    """The drawing, with its title and sentence for screen readers. `name` is for its ids on the page."""
    legend_at, legend = 0, ""
    if len(chart.series) > 1:
        legend_at, legend = _legend(chart, name)
    draw = _bars if chart.kind == "bars" else _lines
    height, drawn = draw(chart, legend_at, name)
    title, words = escape(chart.title), escape(chart.sentence)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
        f'role="img" aria-labelledby="{name}-title {name}-desc" '
        f'font-family="Noto Sans, Arial, sans-serif" font-size="{_SIZE}" fill="{INK}">'
        f'<title id="{name}-title">{title}</title><desc id="{name}-desc">{words}</desc>'
        f'{_hatches(len(chart.series), name)}<rect width="{WIDTH}" height="{height}" fill="{PAPER}"/>'
        f"{legend}{drawn}</svg>"
    )


def _hatches(count: int, name: str) -> str:
    """A pattern for each set of bars: full, rising lines, falling lines, dots."""
    marks = (
        "",
        '<path d="M-2 10 L10 -2" stroke="#fff" stroke-width="2.5"/>',
        '<path d="M-2 -2 L10 10" stroke="#fff" stroke-width="2.5"/>',
        '<circle cx="4" cy="4" r="1.6" fill="#fff"/>',
    )
    made = "".join(
        f'<pattern id="{name}-fill-{at}" width="8" height="8" patternUnits="userSpaceOnUse">'
        f'<rect width="8" height="8" fill="{_colour(at)}"/>{marks[at % len(marks)]}</pattern>'
        for at in range(count)
    )
    return f"<defs>{made}</defs>"


def _colour(at: int) -> str:
    return COLOURS[at % len(COLOURS)]


def _text(x: float, y: float, words: str, *, anchor: str = "start", colour: str = INK) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}">{escape(words)}</text>'


def _legend(chart: Chart, name: str) -> tuple[int, str]:
    parts = []
    for at, one in enumerate(chart.series):
        y = 8 + at * 28
        if chart.kind == "bars":
            parts.append(f'<rect x="4" y="{y}" width="30" height="18" fill="url(#{name}-fill-{at})"/>')
        else:
            parts.append(_path(f"M4 {y + 9} L40 {y + 9}", at) + _mark(22, y + 9, at))
        parts.append(_text(50, y + 16, one.name))
    return 12 + 28 * len(chart.series), "".join(parts)


def _number(value: Value) -> float:
    return 0.0 if value is None or isinstance(value, Hidden) else float(value)


def _top(chart: Chart) -> float:
    """The end of the scale: the least round number that holds all; of counts, one in four whole parts."""
    known = [value for one in chart.series for value in one.values if not isinstance(value, Hidden | None)]
    most = max(map(_number, known), default=0.0)
    in_wholes = chart.kind == "lines" and all(isinstance(value, int) for value in known)
    if most <= 0:
        return float(_PARTS) if in_wholes else 1.0
    step = 10.0 ** math.floor(math.log10(most))
    ends = (step * share for share in (1, 1.5, 2, 3, 4, 5, 6, 8, 10, 12, 20))
    return next(end for end in ends if end >= most and not (in_wholes and end % _PARTS))


def _bars(chart: Chart, top: int, name: str) -> tuple[int, str]:
    """Lying bars, a group for each label, every label above its bars: long names need no room beside them."""
    most, room, y, parts = _top(chart), WIDTH - 140, float(top + 6), []
    for at, label in enumerate(chart.labels):
        parts.append(_text(4, y + _SIZE, label))
        y += _SIZE + 8
        for place, one in enumerate(chart.series):
            wide = room * _number(one.values[at]) / most
            fill = f"url(#{name}-fill-{place})"
            parts.append(f'<rect x="4" y="{y:.1f}" width="{wide:.1f}" height="{_BAR}" fill="{fill}"/>')
            parts.append(_text(10 + wide, y + _BAR - 6, said(one.values[at]), colour=QUIET))
            y += _BAR + _GAP
        y += _BETWEEN
    return math.ceil(y), "".join(parts)


def _lines(chart: Chart, top: int, name: str) -> tuple[int, str]:
    most, floor = _top(chart), float(top + _TOP + _PLOT_HEIGHT)
    parts = [*_scale(most, floor), *_places(chart, floor)]
    for at, one in enumerate(chart.series):
        points = [
            (_across(chart, place), floor - _PLOT_HEIGHT * _number(value) / most)
            for place, value in enumerate(one.values)
            if value is not None and not isinstance(value, Hidden)
        ]
        if points:
            parts.append(_path(_way(chart, one.values, most, floor), at))
        parts.extend(_mark(x, y, at) for x, y in points)
    return math.ceil(floor + _FOOT), "".join(parts)


def _way(chart: Chart, values: tuple[Value, ...], most: float, floor: float) -> str:
    """The line through what is told; it breaks where a figure is missing rather than crossing the gap."""
    way, is_broken = [], True
    for place, value in enumerate(values):
        if value is None or isinstance(value, Hidden):
            is_broken = True
            continue
        x, y = _across(chart, place), floor - _PLOT_HEIGHT * _number(value) / most
        way.append(f"{'M' if is_broken else 'L'}{x:.1f} {y:.1f}")
        is_broken = False
    return " ".join(way)


def _across(chart: Chart, place: int) -> float:
    steps = max(1, len(chart.labels) - 1)
    return _LEFT + (WIDTH - _LEFT - 40) * place / steps


def _scale(most: float, floor: float) -> Iterator[str]:
    for part in range(_PARTS + 1):
        y = floor - _PLOT_HEIGHT * part / _PARTS
        value = most * part / _PARTS
        words = f"{value:,.0f}" if value == int(value) else f"{value:,.2f}".rstrip("0")
        yield f'<path d="M{_LEFT} {y:.1f} L{WIDTH - 20} {y:.1f}" stroke="{GRID}" stroke-width="1"/>'
        yield _text(_LEFT - 10, y + 6, words, anchor="end", colour=QUIET)


def _places(chart: Chart, floor: float) -> Iterator[str]:
    """As many labels as there is room for, the first and every so many after it."""
    every = math.ceil(len(chart.labels) / _FEW_LABELS)
    for place, label in enumerate(chart.labels):
        if place % every == 0:
            yield _text(_across(chart, place), floor + 28, label, anchor="middle", colour=QUIET)


def _path(way: str, at: int) -> str:
    dash = f' stroke-dasharray="{_DASHES[at % len(_DASHES)]}"' if _DASHES[at % len(_DASHES)] else ""
    return f'<path d="{way}" fill="none" stroke="{_colour(at)}" stroke-width="3"{dash}/>'


def _mark(x: float, y: float, at: int) -> str:
    colour = _colour(at)
    if at % 3 == 0:
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="{colour}"/>'
    if at % 3 == 1:
        return f'<rect x="{x - 5:.1f}" y="{y - 5:.1f}" width="10" height="10" fill="{colour}"/>'
    corners = f"M{x:.1f} {y - 6:.1f} L{x + 6:.1f} {y + 5:.1f} L{x - 6:.1f} {y + 5:.1f} Z"
    return f'<path d="{corners}" fill="{colour}"/>'
