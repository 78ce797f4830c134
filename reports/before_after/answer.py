"""Does it help? Numbers in, answer out: the fair comparison beside the naive one. Pure.

The fair figure compares incidents a day at risk after the return, between children who were offered an
interview and children like them who were not: alike in what `Row.alike` holds, and held equal in how often
they went missing in the window before and in the rest of the year. The naive one compares the offered with
themselves before. What the comparators did without an offer is the regression to the mean beside it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence

import numpy as np

from reports.before_after.cohort import WINDOW_DAYS, Row
from reports.before_after.compared import FEWEST, Answer, Ratio, Side
from reports.before_after.enums import Verdict
from reports.before_after.fitting import Numbers, rate_ratio

# More comparators than this a child add work and next to no certainty.
EACH = 5
# A comparison that leaves out half of the children speaks of others than those it is asked about.
LEAST_MATCHED = 0.5


def answer(rows: Iterable[Row]) -> Answer:
    """The fair figure of a cohort, or why there is none."""
    everybody = list(rows)
    offered = [row for row in everybody if row.offered]
    kept = _alike(everybody)
    matched = [row for row in kept if row.offered]
    others = [row for row in kept if not row.offered]
    sizes = (len(offered), len(matched), len({row.child for row in others}))
    refused = _refused(*sizes, any(not row.offered for row in everybody))
    if refused:
        return Answer(refused, *sizes)
    if min(sum(row.after for row in side) for side in (matched, others)) < FEWEST:
        return Answer(Verdict.TOO_FEW_INCIDENTS, *sizes)
    weights = _weights(matched, others)
    fair = _fair([*matched, *others], [*[1.0] * len(matched), *weights])
    return Answer(
        _verdict(fair), *sizes,
        offered_side=_side(matched, [1.0] * len(matched)),
        comparison_side=_side(others, weights),
        naive=_itself(matched, [1.0] * len(matched)),
        anyway=_itself(others, weights),
        fair=fair,
    )  # fmt: skip


def _refused(offered: int, matched: int, comparators: int, has_others: bool) -> str:
    if offered < FEWEST:
        return Verdict.TOO_FEW
    if not has_others or not comparators:
        return Verdict.NO_COMPARATORS
    if matched < LEAST_MATCHED * offered:
        return Verdict.TOO_UNLIKE
    return Verdict.TOO_FEW if min(matched, comparators) < FEWEST else ""


def _verdict(fair: Ratio) -> str:
    if fair.spans_one:
        return Verdict.NO_DIFFERENCE
    return Verdict.FEWER if fair.value < 1 else Verdict.MORE


def _alike(rows: Sequence[Row]) -> list[Row]:
    """The rows of strata with both sides in them, at most `EACH` comparators a child who was offered one.

    Which of them does not depend on what became of them: the order is by a scramble of their number.
    """
    strata: dict[tuple[Hashable, ...], tuple[list[Row], list[Row]]] = defaultdict(lambda: ([], []))
    for row in rows:
        strata[row.alike][0 if row.offered else 1].append(row)
    kept: list[Row] = []
    for offered, others in strata.values():
        if offered and others:
            others.sort(key=lambda row: (row.child * 2_654_435_761 % 2**32, row.child))
            kept += [*offered, *others[: EACH * len(offered)]]
    return kept


def _weights(matched: Sequence[Row], others: Sequence[Row]) -> list[float]:
    """Of each stratum the comparators weigh as much as the offered in it."""
    ours, theirs = _by_stratum(matched), _by_stratum(others)
    return [ours[row.alike] / theirs[row.alike] for row in others]


def _by_stratum(rows: Sequence[Row]) -> dict[tuple[Hashable, ...], int]:
    found: dict[tuple[Hashable, ...], int] = defaultdict(int)
    for row in rows:
        found[row.alike] += 1
    return found


def _side(rows: Sequence[Row], weights: Sequence[float]) -> Side:
    pairs = list(zip(rows, weights, strict=True))
    return Side(
        len({row.child for row in rows}),
        sum(row.before * weight for row, weight in pairs),
        sum(row.before_days * weight for row, weight in pairs),
        sum(row.after * weight for row, weight in pairs),
        sum(row.after_days * weight for row, weight in pairs),
    )


def _fair(kept: Sequence[Row], weights: Sequence[float]) -> Ratio:
    """After the weighing both sides are alike; what remains of the history within a band is held equal.

    The traits stand in the model so that the interval knows what the weighing has already balanced.
    """
    history = [
        (np.log(WINDOW_DAYS * (row.before + 0.5) / row.before_days), np.log(row.earlier + 0.5))
        for row in kept
    ]
    design = np.column_stack(
        [np.array([row.offered for row in kept], dtype=float), np.ones(len(kept)), history, *_traits(kept)]
    )
    return rate_ratio(
        [row.after for row in kept], [row.after_days for row in kept], design,
        [row.child for row in kept], weights,
    )  # fmt: skip


def _traits(kept: Sequence[Row]) -> list[Numbers]:
    """A column for each value of each thing alike but one; values with few incidents share theirs."""
    columns: list[Numbers] = []
    for at in range(len(kept[0].alike)):
        incidents: dict[Hashable, int] = defaultdict(int)
        for row in kept:
            incidents[row.alike[at]] += row.after
        often = sorted((value for value, count in incidents.items() if count >= FEWEST), key=str)
        pooled = len(often) < len(incidents)
        for value in often if pooled else often[1:]:
            columns.append(np.array([row.alike[at] == value for row in kept], dtype=float))
    return columns


def _itself(rows: Sequence[Row], weights: Sequence[float]) -> Ratio | None:
    """After over before of the same children; None where there is next to nothing before.

    Each child is two rows of one cluster.
    """
    if sum(row.before for row in rows) < FEWEST:
        return None
    counts = [*(row.after for row in rows), *(row.before for row in rows)]
    days = [*(row.after_days for row in rows), *(row.before_days for row in rows)]
    after = np.repeat([1.0, 0.0], len(rows))
    design = np.column_stack([after, np.ones(2 * len(rows))])
    return rate_ratio(counts, days, design, [row.child for row in rows] * 2, [*weights, *weights])
