"""What is open at this moment, as both of a handover may know it.

Each service answers for each of the two (`foundation.contributions`): a line that only one of them may know
is not handed over, and the one who knows it is told that somebody else has to take it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from foundation.actors import Actor
from foundation.contributions import HandoverSection, WorkItem, handover_for


@dataclass(frozen=True, slots=True)
class Line:
    """One open thing of a service."""

    key: str
    section: str
    item: WorkItem


@dataclass(frozen=True, slots=True)
class Open:
    """What goes from one to the other; what does not, as the other may not know it; who has nothing."""

    shared: tuple[Line, ...]
    kept_back: tuple[Line, ...]
    quiet: tuple[str, ...]


def open_between(outgoing: Actor, incoming: Actor) -> Open:
    """Everything open that `outgoing` knows of, parted by what `incoming` may know too."""
    known = {line.key for line in _lines(handover_for(incoming))}
    sections = handover_for(outgoing)
    mine = list(_lines(sections))
    return Open(
        tuple(line for line in mine if line.key in known),
        tuple(line for line in mine if line.key not in known),
        tuple(section.empty for section in sections if not section.items),
    )


def _lines(sections: Iterable[HandoverSection]) -> Iterator[Line]:
    """Each with a key of its own, also where a service says two things in the same words."""
    for section in sections:
        said: Counter[str] = Counter()
        for item in section.items:
            name = f"{section.key}\x00{item.url}\x00{item.words}"
            said[name] += 1
            again = f"\x00{said[name]}" if said[name] > 1 else ""
            yield Line(sha256(f"{name}{again}".encode()).hexdigest()[:16], section.title, item)
