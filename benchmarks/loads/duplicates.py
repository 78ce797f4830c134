"""Looking through a whole table for records that are one person, beside Splink on DuckDB.

Both start from a table that stands in memory, Splink's as DuckDB has it and ours as profiles: the product
makes the words and digests in them when a person is written. Splink is trained beforehand too: what is
measured is its `predict`, at the threshold that gives it the precision ours has. Ours is fitted to the table
in the time measured, because the product fits it each time; what that takes is told beside it.
"""

from __future__ import annotations

import logging
from itertools import pairwise
from time import perf_counter
from typing import Any

from splink import Linker

from benchmarks.load import Check, Goal, Load, Ready, Unit
from benchmarks.matching import ours, peer_splink
from benchmarks.matching.made import made
from benchmarks.matching.records import Data, Figures, Pair, figures


def _prepare(rows: int) -> Ready:
    data = made("made", 21, people=int(rows / 1.5))
    truth = data.truth()
    linker = Linker(peer_splink._tables(data), peer_splink._settings(data), log_level=logging.ERROR)
    trained = _seconds(lambda: peer_splink._train(linker))
    known = ours.profiles(data)
    found = {pair for pair, score in ours.scored_of(data, known).items() if score >= 0}
    mine = figures(found, truth)
    at, theirs = _threshold(_pairs(_predict(linker, -20)), truth, mine.precision)

    def checks() -> list[Check]:
        said = f"ours {_words(mine)}, Splink {_words(theirs)}"
        looked = ours.compared(data, known)
        fit = f"ours {_seconds(looked.fitted):.3f} s, in the time measured; Splink {trained:.2f} s, before it"
        return [
            Check(f"precision and recall of {len(data.records):,} records", said, mine.recall >= 0.95),
            Check("fitting to the table", fit),
        ]

    return Ready(
        ours=lambda: ours.scored_of(data, known),
        peer=lambda: _predict(linker, at),
        limit=lambda: _sort_and_join(data),
        counters=lambda: {"pairs": ours.compared(data, known).pairs},
        checks=checks,
    )


def _seconds(unit: Unit) -> float:
    begun = perf_counter()
    unit()
    return perf_counter() - begun


def _predict(linker: Any, threshold: float) -> Any:
    """Splink keeps what it worked out; a second run must work it out again."""
    linker._db_api._intermediate_table_cache.invalidate_cache()
    return linker.inference.predict(threshold_match_weight=threshold).as_pandas_dataframe()


def _pairs(found: Any) -> dict[Pair, float]:
    left, right, bits = found["unique_id_l"], found["unique_id_r"], found["match_weight"]
    return {
        (min(int(one), int(other)), max(int(one), int(other))): float(weight)
        for one, other, weight in zip(left, right, bits, strict=True)
    }


def _threshold(scores: dict[Pair, float], truth: set[Pair], precision: float) -> tuple[float, Figures]:
    """The lowest threshold at which its precision is no lower; the one with its best, if there is none."""
    tried = [
        (bits, figures({pair for pair, score in scores.items() if score >= bits}, truth))
        for bits in range(-10, 40, 2)
    ]
    good = [pair for pair in tried if pair[1].precision >= precision]
    return good[0] if good else max(tried, key=lambda pair: pair[1].precision)


def _words(one: Figures) -> str:
    return f"{one.precision:.4f} and {one.recall:.4f}"


def _sort_and_join(data: Data) -> None:
    """The table sorted once and joined with itself once, by name and birth."""
    keyed = sorted((one.family, one.given, one.born, at) for at, one in enumerate(data.records))
    sum(one[:3] == other[:3] for one, other in pairwise(keyed))


LOAD = Load(
    "duplicates",
    "whole-table duplicates",
    Goal(peer=1.5),
    _prepare,
    rounds=3,
    grows="ms",
    sizes=(10_000, 100_000),
)
