"""The naive figure beside the fair one, with their intervals, as SVG. Pure.

A scale of ratios, the line of "no difference" in it; every interval also in words, so nothing is told by
place or colour alone.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from django.utils.html import escape
from django.utils.safestring import SafeString

from foundation.charts import COLOURS, GRID, INK, PAPER, QUIET, WIDTH
from reports.before_after.compared import Answer, Ratio
from reports.before_after.wording import between, change

_STEPS = (0.25, 0.5, 0.7, 1.0, 1.4, 2.0, 4.0)
_LEFT, _RIGHT, _TOP, _ROW = 20, 20, 46, 78


def forest(answer: Answer) -> SafeString:
    """The drawing; nothing where nothing can be said."""
    if answer.fair is None:
        return SafeString("")
    rows = [("Fair: against comparable children", answer.fair, 0)]
    if answer.anyway is not None:
        rows.append(("Comparable children by themselves", answer.anyway, 3))
    if answer.naive is not None:
        rows.append(("Naive: after against before", answer.naive, 1))
    height = _TOP + _ROW * len(rows) + 8
    words = " ".join(f"{label}: {change(ratio)}, {between(ratio)}." for label, ratio, _ in rows)
    parts = "".join((*_scale(height), *(_row(at, *row) for at, row in enumerate(rows))))
    return SafeString(  # every word in it is escaped where it is put in
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-labelledby="forest-title forest-desc" font-size="19" fill="{INK}">'
        f'<title id="forest-title">Naive beside fair: rate ratios with their 95% intervals</title>'
        f'<desc id="forest-desc">{escape(words)}</desc>'
        f'<rect width="{WIDTH}" height="{height}" fill="{PAPER}"/>{parts}</svg>'
    )


def _across(ratio: float) -> float:
    """Where a ratio stands; beyond the scale it stands at its end."""
    low, high = math.log(_STEPS[0]), math.log(_STEPS[-1])
    share = (min(max(math.log(ratio), low), high) - low) / (high - low)
    return _LEFT + share * (WIDTH - _LEFT - _RIGHT)


def _scale(height: int) -> Iterator[str]:
    for step in _STEPS:
        x, is_one = _across(step), step == 1
        colour, wide = (INK, 2) if is_one else (GRID, 1)
        yield f'<path d="M{x:.1f} 32 L{x:.1f} {height - 8}" stroke="{colour}" stroke-width="{wide}"/>'
        anchor = "start" if step == _STEPS[0] else "end" if step == _STEPS[-1] else "middle"
        yield f'<text x="{x:.1f}" y="24" text-anchor="{anchor}" fill="{QUIET}">{step:g}</text>'


def _row(at: int, label: str, ratio: Ratio, colour: int) -> str:
    y = _TOP + _ROW * at
    low, middle, high = (_across(value) for value in (ratio.low, ratio.value, ratio.high))
    ink = COLOURS[colour]
    words = f"{ratio.value:.2f} ({ratio.low:.2f} to {ratio.high:.2f})"
    return (
        f'<rect x="{_LEFT - 4}" y="{y}" width="{WIDTH - 2 * _LEFT + 8}" height="26" fill="{PAPER}"/>'
        f'<text x="{_LEFT}" y="{y + 19}">{escape(label)}</text>'
        f'<path d="M{low:.1f} {y + 46} L{high:.1f} {y + 46} M{low:.1f} {y + 38} L{low:.1f} {y + 54} '
        f'M{high:.1f} {y + 38} L{high:.1f} {y + 54}" stroke="{ink}" stroke-width="3" fill="none"/>'
        f'<rect x="{middle - 7:.1f}" y="{y + 39}" width="14" height="14" fill="{ink}"/>'
        f'<text x="{WIDTH - _RIGHT}" y="{y + 19}" text-anchor="end" fill="{QUIET}">{escape(words)}</text>'
    )
