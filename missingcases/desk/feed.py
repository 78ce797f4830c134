"""The list as the screens get it: made once for everybody who may see the same, and kept for seconds.

Two hundred screens ask every second. Each is asked for its session and its roles every time;
the list itself is read and drawn once for each version. It lives in this process's memory alone.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from foundation.actors import Actor
from missingcases.desk import selectors

KEEP_SECONDS = 60
MOST = 128


@dataclass(frozen=True, slots=True)
class Drawn:
    """A list as a fragment. `tag` changes only where a reader would see something else."""

    tag: str
    html: str
    incident_ids: tuple[int, ...]
    made_at: float


class Kept:
    """Lists by version; each is made by one thread while the others that want it wait."""

    def __init__(self) -> None:
        self._lists: OrderedDict[str, Drawn] = OrderedDict()
        self._making = [threading.Lock() for _ in range(32)]
        self._guard = threading.Lock()

    def get(self, actor: Actor, draw: Callable[[list[selectors.Section]], str]) -> Drawn:
        """The list for `actor` as it is now."""
        version = selectors.version(actor)
        found = self._fresh(version)
        if found is not None:
            return found
        with self._making[hash(version) % len(self._making)]:
            return self._fresh(version) or self._make(actor, version, draw)

    def _fresh(self, version: str) -> Drawn | None:
        with self._guard:
            found = self._lists.get(version)
        return found if found and time.monotonic() - found.made_at < KEEP_SECONDS else None

    def _make(self, actor: Actor, version: str, draw: Callable[[list[selectors.Section]], str]) -> Drawn:
        sections = selectors.board(actor)
        made = Drawn(
            sha256(selectors.facts_of(sections).encode()).hexdigest()[:32],
            draw(sections),
            tuple(selectors.ids_on(sections)),
            time.monotonic(),
        )
        # Whoever was given sight of something meanwhile has another version now: theirs is not for others.
        if selectors.version(actor) == version:
            self._keep(version, made)
        return made

    def _keep(self, version: str, made: Drawn) -> None:
        with self._guard:
            self._lists[version] = made
            while len(self._lists) > MOST:
                self._lists.popitem(last=False)


kept = Kept()
