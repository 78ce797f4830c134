"""Looking at everything as everybody, and reading what every answer holds."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from zipfile import ZipFile, is_zipfile

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import Client, RequestFactory

from foundation.access import AccessMiddleware
from foundation.actors import Actor
from tests.walls.matrix.interfaces import Interface
from tests.walls.matrix.planting import MARKERS
from tests.walls.matrix.viewers import SUSPENDED, Viewer

_ROOM = re.compile(r"[^0-9+]")
_factory = RequestFactory()
_door = AccessMiddleware(lambda request: HttpResponse())


@dataclass(frozen=True)
class Seen:
    """What one of them was shown at one address. `status` 0 is a door that never opened."""

    viewer: Viewer
    interface: Interface
    status: int
    markers: frozenset[str] = frozenset()


@dataclass
class Walk:
    """Looks for one viewer; `sends_only` holds what answers no look at all, whoever asks."""

    viewer: Viewer
    sends_only: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Sign in."""
        self.client: Client = self.viewer.browser()
        self.actor = Actor.nobody()
        if self.viewer.member is not None and self.viewer.role != SUSPENDED:
            self.actor = self.viewer.member.actor

    def look(self, interface: Interface) -> Seen:
        """What they are shown there."""
        if interface.name in self.sends_only:
            return Seen(self.viewer, interface, 405)
        if self.is_shut_out(interface):
            return Seen(self.viewer, interface, 0)
        answer = self.get(interface.path)
        if answer.status_code == 405:
            self.sends_only.add(interface.name)
        return Seen(self.viewer, interface, answer.status_code, markers_of(answer))

    def get(self, path: str, **headers: str) -> HttpResponse:
        """One look, with whatever proves who they are."""
        if self.viewer.token:
            headers["Authorization"] = f"Bearer {self.viewer.token}"
        return self.client.get(path, headers=headers)

    def is_shut_out(self, interface: Interface) -> bool:
        """Ask the door itself, which refuses by role before anything is read."""
        declared = interface.declared
        if declared is None or declared.admits(self.actor):
            return False
        request = _factory.get(interface.path)
        request.actor, request.user = self.actor, AnonymousUser()  # type: ignore[attr-defined]
        match = interface.match
        try:
            return _door.process_view(request, match.func, match.args, match.kwargs) is not None
        except PermissionDenied:
            return True


def sampled(viewers: Sequence[Viewer], interfaces: Iterable[Interface], *, seed: int) -> Iterator[Seen]:
    """Every door that is shut by role alone, and past it one of each sort of viewer of each organisation.

    Who of them it is, is drawn by a fixed seed, another one for each interface. The rest is asked through
    running servers (tests/faults/scenarios/walls.py).
    """
    drawn, sends_only = random.Random(seed), set[str]()
    walks = [Walk(viewer, sends_only) for viewer in viewers]
    for interface in interfaces:
        asked: set[tuple[str, str]] = set()
        for walk in drawn.sample(walks, len(walks)):
            if walk.is_shut_out(interface):
                yield Seen(walk.viewer, interface, 0)
            elif walk.viewer.sort not in asked:
                asked.add(walk.viewer.sort)
                yield walk.look(interface)


def markers_of(answer: HttpResponse) -> frozenset[str]:
    """The markers anywhere in an answer: in its words, its headers, and its files unpacked."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return markers_of_content(content, answer.items())


def markers_of_content(content: bytes, headers: Iterable[tuple[str, str]]) -> frozenset[str]:
    """The same of an answer that came over the wire."""
    text = content.decode(errors="replace") + "\n".join(f"{name}: {said}" for name, said in headers)
    if is_zipfile(BytesIO(content)):
        with ZipFile(BytesIO(content)) as parts:
            text += "".join(parts.read(name).decode(errors="replace") for name in parts.namelist())
    return markers_in(text)


def markers_in(text: str) -> frozenset[str]:
    """The markers in a text, numbers in the one form in which they are kept."""
    return frozenset(_kept(found) for found in MARKERS.findall(text))


def _kept(found: str) -> str:
    if found.startswith("zq"):
        return found
    digits = _ROOM.sub("", found)
    return digits if digits.startswith("+") else f"+44{digits[1:]}"
