"""How far two readers agree: Cohen's kappa with its interval, beside what was observed.

Kappa: Cohen, Educational and Psychological Measurement 20 (1960) 37. Its standard error: Fleiss, Cohen and
Everitt, Psychological Bulletin 72 (1969) 323. Held in tests against worked examples and another library.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from math import sqrt

# The normal deviate of a 95% interval.
_Z = 1.959963984540054
# (P) Of fewer the interval, which holds for many, tells nothing; nor where its error comes out as nought.
FEWEST = 10


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of `n` decisions that both readers took.

    `observed` and `expected` are shares from 0 to 1, `prevalence` the share of *present* over both readers.
    `kappa` is None where nothing could be agreed beyond chance: both gave one and the same answer throughout.
    `low` and `high` are the ends of its 95% interval, None where kappa is, of fewer than `FEWEST`,
    and where both always agreed.
    """

    n: int
    agreed: int
    observed: float | None
    expected: float | None
    kappa: float | None
    low: float | None
    high: float | None
    prevalence: float | None

    def as_stored(self) -> dict[str, float | int | None]:
        """For a JSON column."""
        return asdict(self)


def agreement(pairs: Sequence[tuple[str, str]], *, present: str = "present") -> Agreement:
    """The agreement of pairs (what the first reader said, what the second said), whatever the values are."""
    n = len(pairs)
    if n == 0:
        return Agreement(0, 0, None, None, None, None, None, None)
    table = Counter(pairs)
    values = sorted({value for pair in pairs for value in pair})
    first = {value: sum(table[value, other] for other in values) / n for value in values}
    second = {value: sum(table[other, value] for other in values) / n for value in values}
    agreed = sum(table[value, value] for value in values)
    observed = agreed / n
    expected = sum(first[value] * second[value] for value in values)
    prevalence = sum((one == present) + (other == present) for one, other in pairs) / (2 * n)
    if len(values) == 1:
        return Agreement(n, agreed, observed, expected, None, None, None, prevalence)
    kappa = (observed - expected) / (1 - expected)
    shares = {pair: count / n for pair, count in table.items()}
    error = _standard_error(shares, first, second, kappa=kappa, expected=expected, n=n)
    is_told = n >= FEWEST and error > 0
    low, high = (max(-1.0, kappa - _Z * error), min(1.0, kappa + _Z * error)) if is_told else (None, None)
    return Agreement(n, agreed, observed, expected, kappa, low, high, prevalence)


def _standard_error(
    shares: dict[tuple[str, str], float],
    first: dict[str, float],
    second: dict[str, float],
    *,
    kappa: float,
    expected: float,
    n: int,
) -> float:
    """Of kappa, for its interval (not for a test that it is nought)."""
    rest = 1 - kappa
    on = sum(
        share * (1 - (first[one] + second[one]) * rest) ** 2
        for (one, other), share in shares.items()
        if one == other
    )
    off = rest**2 * sum(
        share * (second[one] + first[other]) ** 2 for (one, other), share in shares.items() if one != other
    )
    variance = (on + off - (kappa - expected * rest) ** 2) / (n * (1 - expected) ** 2)
    return sqrt(max(0.0, variance))


# What a kappa is commonly called (Landis and Koch, Biometrics 33 (1977) 159): words, not a verdict.
_WORDS = (
    (0.81, "almost perfect"),
    (0.61, "substantial"),
    (0.41, "moderate"),
    (0.21, "fair"),
    (0.0, "slight"),
)


def called(kappa: float | None) -> str:
    """A kappa in words, and why there is none."""
    if kappa is None:
        return "no kappa: both gave the same answer throughout, so chance explains it all"
    return next((words for least, words in _WORDS if kappa >= least), "less than by chance")
