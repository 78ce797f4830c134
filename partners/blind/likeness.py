"""How alike two patterns must be. Pure."""

from __future__ import annotations

from dataclasses import dataclass

# From this a pair is put before a person. Fixed on made data, as docs/blind-matching.md says.
THRESHOLD = 0.78
# From this it is called strong; below, at the margin.
STRONG = 0.90


@dataclass(frozen=True, slots=True)
class Pair:
    """One of theirs and one of ours, by their places in the lists.

    `likeness` is Dice's (0 to 1); `score` adds by how much it stands out from the next likeliest of either.
    """

    theirs: int
    ours: int
    likeness: float
    score: float
