"""What an alert costs and how long it takes, reckoned before it is issued. Pure: pence, seconds.

Prices are data that an administrator of the charity keeps; rates are those of the lines that send.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import ROUND_UP, Decimal

PENNY = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Load:
    """What one run sends: so many people, each as so many parts; an e-mail is one part."""

    channel: str
    language: str
    recipients: int
    segments: int

    @property
    def parts(self) -> int:
        """Everything the provider is handed and paid for."""
        return self.recipients * self.segments


@dataclass(frozen=True, slots=True)
class Line:
    """One run's share of an estimate. `pence` is None where nobody has set a price."""

    load: Load
    pence: Decimal | None


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a notice will cost, and by when each channel is through. Channels go side by side."""

    lines: tuple[Line, ...]
    takes: Mapping[str, timedelta]

    @property
    def recipients(self) -> int:
        """How many get it, channels together: somebody who asked for two channels counts twice."""
        return sum(line.load.recipients for line in self.lines)

    @property
    def pence(self) -> Decimal:
        """The sum, in pence, of all that has a price."""
        return sum((line.pence for line in self.lines if line.pence is not None), Decimal(0))

    @property
    def unpriced(self) -> tuple[str, ...]:
        """Channels without a price: the sum does not hold them."""
        return tuple(sorted({line.load.channel for line in self.lines if line.pence is None}))

    @property
    def longest(self) -> timedelta:
        """Until everybody is through."""
        return max(self.takes.values(), default=timedelta(0))


def estimate(
    loads: Iterable[Load], *, prices: Mapping[str, Decimal], takes: Mapping[str, timedelta]
) -> Estimate:
    """Reckon a notice: `prices` in pence a part by channel, `takes` by channel as the lines now stand."""
    lines = tuple(Line(load, charge(load.parts, prices.get(load.channel))) for load in loads)
    return Estimate(lines, dict(takes))


def charge(parts: int, pence_each: Decimal | None) -> Decimal | None:
    """What so many parts cost, in pence, rounded up to a hundredth; None without a price."""
    if pence_each is None:
        return None
    return (pence_each * parts).quantize(PENNY, rounding=ROUND_UP)


def pounds(pence: Decimal) -> str:
    """Pence as people write it: £12,345.60."""
    return f"£{(pence / 100).quantize(PENNY, rounding=ROUND_UP):,}"


def needs_another(estimate_pence: Decimal, *, ceiling: Decimal | None, approved: Decimal | None) -> bool:
    """Whether it costs more than one person may spend, and nobody else has agreed to as much."""
    if ceiling is None or estimate_pence <= ceiling:
        return False
    return approved is None or approved < estimate_pence
