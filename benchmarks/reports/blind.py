"""Blind matching of two parties' files beside clear-text matching by Splink, on FEBRL 4 (5,000 and 5,000).

Neither file's number of the state is read. Ours encodes six fields and stops at the threshold fixed on made
data; Splink compares these and the street in clear text, and is given the threshold that is best for it here.
"""

from __future__ import annotations

import resource
import sys
import time
from dataclasses import dataclass

from benchmarks.matching import peer_splink
from benchmarks.matching.febrl import febrl
from benchmarks.matching.records import Figures, best_threshold, figures
from benchmarks.reports import blind_made
from partners.blind.likeness import THRESHOLD

WITHIN = 0.02
MINUTES = 2.0


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    what: str
    seen: str
    holds: bool

    def __str__(self) -> str:
        return f"{self.what:<44} {self.seen}  {'holds' if self.holds else 'MISSED'}"


def run() -> list[Row]:
    """How well, how quickly and in how much memory."""
    data = febrl(4)
    truth = data.truth()
    before = _memory()
    begun = time.perf_counter()
    scores = blind_made.scored(data, THRESHOLD)
    took, grown = time.perf_counter() - begun, _memory() - before
    ours = figures(set(scores), truth)
    begun = time.perf_counter()
    peer = best_threshold(peer_splink.scored(data), truth)[1]
    peer_took = time.perf_counter() - begun
    return [
        Row(
            "blind matching, F1 on FEBRL 4",
            f"{_told(ours)}; Splink {_told(peer)}",
            ours.f1 >= peer.f1 - WITHIN,
        ),
        Row(
            "blind matching, encoding and comparing",
            f"{took:.1f} s and {grown:.0f} MB for {data.pairs():,} pairs; Splink {peer_took:.1f} s",
            took < MINUTES * 60,
        ),
    ]


def _told(found: Figures) -> str:
    return f"{found.f1:.4f} (precision {found.precision:.4f}, recall {found.recall:.4f})"


def _memory() -> float:
    """The most that this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> int:
    """Print the lines; not 0 where one was missed."""
    rows = run()
    for row in rows:
        sys.stdout.write(f"{row}\n")
    return 0 if all(row.holds for row in rows) else 1


if __name__ == "__main__":
    raise SystemExit(main())
