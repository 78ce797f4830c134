"""The round through a running server: who is signed in there, what is asked, and what came back."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence

import requests
from django.conf import settings

from tests.walls.matrix.interfaces import Interface
from tests.walls.matrix.viewers import Viewer
from tests.walls.matrix.walking import Seen, markers_of_content

SEED = 2111
Pair = tuple[Viewer, Interface]


def space_of(interface: Interface) -> str:
    """Whose address it is: what its name begins with, or the page's own name."""
    return interface.name.partition(":")[0]


def pairwise(viewers: Sequence[Viewer], interfaces: Iterable[Interface]) -> list[Pair]:
    """Of each space an address for every role and one for every organisation, drawn by a fixed seed.

    Every pair of role and space is in it, and every pair of organisation and space; roles and organisations
    come in the pairs that the viewers are.
    """
    drawn = random.Random(SEED)
    spaces: dict[str, list[Interface]] = {}
    for interface in interfaces:
        spaces.setdefault(space_of(interface), []).append(interface)
    found: list[Pair] = []
    for there in spaces.values():
        roles = {viewer.role for viewer in viewers}
        places = {viewer.place for viewer in viewers}
        for viewer in drawn.sample(viewers, len(viewers)):
            if viewer.role in roles or viewer.place in places:
                found.append((viewer, drawn.choice(there)))
                roles.discard(viewer.role)
                places.discard(viewer.place)
    return found


class Caller:
    """Asks a running server as each of the viewers; their sessions are made in its database."""

    def __init__(self, base: str) -> None:
        self.base = base
        self._lines: dict[str, requests.Session] = {}

    def ask(self, pairs: Iterable[Pair]) -> Iterator[Seen]:
        """What each of them is shown."""
        for viewer, interface in pairs:
            answer = self._line(viewer).get(f"{self.base}{interface.path}", allow_redirects=False, timeout=60)
            found = markers_of_content(answer.content, answer.headers.items())
            yield Seen(viewer, interface, answer.status_code, found)

    def _line(self, viewer: Viewer) -> requests.Session:
        if viewer.name not in self._lines:
            line = requests.Session()
            # A kept connection may be closed by the server in the very moment of the next question.
            line.headers["Connection"] = "close"
            cookie = viewer.browser().cookies.get(settings.SESSION_COOKIE_NAME)
            if cookie is not None:
                line.cookies.set(settings.SESSION_COOKIE_NAME, cookie.value)
            if viewer.token:
                line.headers["Authorization"] = f"Bearer {viewer.token}"
            self._lines[viewer.name] = line
        return self._lines[viewer.name]
