"""Paced: how much of the allowed rate arrives at the provider, and how far over it the busiest second is."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.alert import audience, setting

SECONDS = 12


@dataclass
class Paced:
    """`allowed` and `seen` a second; `worst` is the most in any one second."""

    allowed: int
    seen: float
    worst: int

    @property
    def share(self) -> float:
        """Of the allowed rate, this much went out."""
        return self.seen / self.allowed

    @property
    def holds(self) -> bool:
        """99.5 % of it, and no second with more than one text or 5 % over."""
        return self.share >= 0.995 and self.worst <= self.allowed + max(1, self.allowed * 0.05)


def measure(stub: setting.Stub, per_second: int, *, workers: int = 1) -> Paced:
    """So many seconds' worth, from the first that arrives to the last."""
    setting.clear()
    size = per_second * SECONDS
    audience.make(size)
    setting.line(per_second)
    setting.begin(audience.up_to(size))
    stub.forget()
    started = [setting.Worker() for _ in range(workers)]
    for one in started:
        one.go()
    for one in started:
        one.told()
        one.__exit__()
    seen = stub.counts()
    return Paced(per_second, (seen["taken"] - 1) / (seen["last"] - seen["first"]), seen["worst"])
