"""Reading addresses as fast as they are answered while a stop is committed, and counting what came too late.

An answer is stale that was asked for after the commit was known, and yet shows what was stopped.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

Ask = Callable[[str], bool]


@dataclass(slots=True)
class Raced:
    """How many reads there were before the commit and after it, how many still showed it, and which."""

    before: int = 0
    after: int = 0
    stale: list[str] = field(default_factory=list)


def race(
    addresses: Sequence[str], shows: Ask, stop: Callable[[], None], *, reads: int, readers: int = 4
) -> Raced:
    """Read the addresses in turns by `readers` threads; `stop` commits when a third of `reads` is done.

    `shows(address)` reads one and says whether what is to be stopped was in the answer.
    """
    stopped_at: list[float] = []
    found, guard = Raced(), threading.Lock()
    numbers = iter(range(reads))
    begun, a_third = threading.Semaphore(0), reads // 3

    def read() -> None:
        while True:
            with guard:
                number = next(numbers, None)
            if number is None:
                return
            address = addresses[number % len(addresses)]
            asked_at = time.monotonic()
            was_shown = shows(address)
            with guard:
                if stopped_at and asked_at > stopped_at[0]:
                    found.after += 1
                    if was_shown:
                        found.stale.append(address)
                else:
                    found.before += 1
            if number == a_third:
                begun.release()

    threads = [threading.Thread(target=read) for _ in range(readers)]
    for thread in threads:
        thread.start()
    begun.acquire(timeout=60)
    stop()
    stopped_at.append(time.monotonic())
    for thread in threads:
        thread.join()
    return found
