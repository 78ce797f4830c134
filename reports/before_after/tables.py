"""The tables and the charts of an answer: the page, the paper and the files show the same. Pure."""

from __future__ import annotations

from collections.abc import Hashable
from decimal import Decimal

from foundation.suppression import Sum, hidden
from foundation.tables import HIDDEN_NOTE, Cell, Cells, Chart, Hidden, Series, Table
from reports.before_after.compared import FEWEST, Answer, Ratio, Side
from reports.before_after.enums import REFUSED, Excluded
from reports.before_after.results import Result
from reports.before_after.wording import between, change

OFFERED = "To be offered an interview"
ALIKE = "Comparable, not offered"
_INTENDED = "intended"
_COMPARED = "compared"


def tables_of(result: Result) -> list[Table]:
    """What was worked out, from what, and who is left out."""
    answer = result.answer
    if answer.verdict in REFUSED:
        return [] if result.is_small else [_left_out(result)]
    return [_worked_out(answer), _rates(answer), _left_out(result)]


def chart_of(result: Result) -> Chart | None:
    """Both sides before and after: that both fall is the regression to the mean."""
    ours, theirs = result.answer.offered_side, result.answer.comparison_side
    if ours is None or theirs is None:
        return None
    return Chart(
        key="rates",
        title="Incidents a child in 90 days at risk",
        sentence=(
            f"Children to be offered an interview: {ours.before_rate:.2f} before and {ours.after_rate:.2f} "
            f"after. Comparable children who were not: {theirs.before_rate:.2f} before and "
            f"{theirs.after_rate:.2f} after."
        ),
        labels=(OFFERED, ALIKE),
        series=(
            Series("90 days before", (_two(ours.before_rate), _two(theirs.before_rate))),
            Series("90 days after", (_two(ours.after_rate), _two(theirs.after_rate))),
        ),
        place="Children",
    )


def _two(value: float) -> Decimal:
    return Decimal(f"{value:.2f}")


def _worked_out(answer: Answer) -> Table:
    rows = (
        _ratio("Fair: after the return, against comparable children", answer.fair, quoted=True),
        _ratio("What comparable children did by themselves, after against before", answer.anyway),
        _ratio("Naive: after against before, of the same children", answer.naive),
    )
    return Table(
        "worked_out",
        "What was worked out",
        ("Comparison", "Rate ratio", "95% interval", "In words", "To be quoted?"),
        rows,
        note="A rate ratio of 1 is no difference; 0.70 is 30% fewer incidents for each day at risk.",
    )


def _ratio(label: str, ratio: Ratio | None, *, quoted: bool = False) -> Cells:
    said = "Yes, with its interval" if quoted else "No"
    if ratio is None:
        return (label, None, "Too few incidents before", "Nothing can be said", said)
    span = f"{ratio.low:.2f} to {ratio.high:.2f}"
    return (label, _two(ratio.value), span, f"{change(ratio)} ({between(ratio)})", said)


def _rates(answer: Answer) -> Table:
    rows = tuple(
        _side(label, side)
        for label, side in ((OFFERED, answer.offered_side), (ALIKE, answer.comparison_side))
        if side is not None
    )
    return Table(
        "rates",
        "From what it was worked out",
        ("Children", "How many", "A child in 90 days before", "A child in 90 days after"),
        rows,
        note="Comparable children are weighed, so that they are as the others in all that is held equal.",
    )


def _side(label: str, side: Side) -> Cells:
    before: Cell = _two(side.before_rate) if side.before >= FEWEST else Hidden(FEWEST)
    return (label, side.children, before, _two(side.after_rate))


def _left_out(result: Result) -> Table:
    """Every child to whom an interview was owed, once; no small number is told, nor what gives one away."""
    counts: dict[Hashable, int] = {_COMPARED: result.answer.matched}
    counts.update(result.left_out)
    sums = [Sum(_INTENDED, tuple(counts))]
    gone = hidden({**counts, _INTENDED: result.intended}, sums, fewest=FEWEST)

    def told(key: str, count: int) -> int | Hidden:
        return Hidden(FEWEST) if key in gone else count

    rows: list[Cells] = [("Children to whom an interview was owed", told(_INTENDED, result.intended))]
    rows += [(f"Left out: {_lower(why.label)}", told(why, count))
             for why in Excluded if (count := result.left_out.get(why))]  # fmt: skip
    rows.append(("Compared", told(_COMPARED, result.answer.matched)))
    return Table(
        "left_out", "Who is in it, and who is left out", ("Children", "How many"), tuple(rows),
        note=HIDDEN_NOTE if gone else "",
    )  # fmt: skip


def _lower(words: str) -> str:
    return words[0].lower() + words[1:]
