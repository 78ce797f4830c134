"""An answer with its cohort as it is kept, and read again to the digit. Pure."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from reports.before_after.compared import FEWEST, Answer, Ratio, Side
from reports.before_after.enums import Excluded

# Raised whenever what is computed changes; older analyses keep the number they were made by.
METHOD = 2


@dataclass(frozen=True, slots=True)
class Result:
    """What was found: how many returns were owed an interview, who is left out and why, and the answer."""

    intended: int
    excluded: dict[str, int]
    answer: Answer

    @property
    def left_out(self) -> dict[str, int]:
        """With those who had nobody like them: every child who is in no figure, by reason."""
        unlike = self.answer.offered - self.answer.matched
        return {**self.excluded, **({Excluded.NOBODY_ALIKE.value: unlike} if unlike else {})}

    @property
    def is_small(self) -> bool:
        """Whether even how many there were is not told."""
        return self.intended < FEWEST


def kept(result: Result) -> dict[str, Any]:
    """As JSON; numbers keep every digit."""
    return asdict(result)


def read(stored: dict[str, Any]) -> Result:
    """What `kept` wrote."""
    said = dict(stored["answer"])
    for name in ("offered_side", "comparison_side"):
        said[name] = Side(**said[name]) if said[name] else None
    for name in ("naive", "anyway", "fair"):
        said[name] = Ratio(**said[name]) if said[name] else None
    return Result(stored["intended"], dict(stored["excluded"]), Answer(**said))
