"""curl's own event loop, with the sockets that it waits for."""

from __future__ import annotations

import os
import selectors
import threading
import time
from collections.abc import Iterator
from typing import Any, cast

import pycurl

# As many as this at once; the others wait for their turn.
MOST_AT_ONCE = 512
_EVENTS = {
    pycurl.POLL_IN: selectors.EVENT_READ,
    pycurl.POLL_OUT: selectors.EVENT_WRITE,
    pycurl.POLL_INOUT: selectors.EVENT_READ | selectors.EVENT_WRITE,
}


class Loop:
    """curl and the sockets it waits for: one for each thread of a process."""

    def __init__(self, *, most_at_once: int = MOST_AT_ONCE) -> None:
        self.multi = pycurl.CurlMulti()
        self._selector = selectors.DefaultSelector()
        self._due: float | None = None
        self.spare: list[Any] = []
        self.multi.setopt(pycurl.M_SOCKETFUNCTION, self._watch)
        self.multi.setopt(pycurl.M_TIMERFUNCTION, self._set_timer)
        self.multi.setopt(pycurl.M_MAX_TOTAL_CONNECTIONS, most_at_once)
        self.multi.setopt(pycurl.M_MAXCONNECTS, most_at_once)

    def _watch(self, what: int, number: int, _multi: Any, _data: Any) -> None:
        known = number in self._selector.get_map()
        if what == pycurl.POLL_REMOVE:
            if known:
                self._selector.unregister(number)
        elif known:
            self._selector.modify(number, _EVENTS[what])
        else:
            self._selector.register(number, _EVENTS[what])

    def _set_timer(self, milliseconds: int) -> None:
        self._due = None if milliseconds < 0 else time.monotonic() + milliseconds / 1000

    def turn(self, longest: float) -> None:
        """Wait for what is next, at most so many seconds, and let curl go on."""
        now = time.monotonic()
        wait = longest if self._due is None else min(longest, max(0.0, self._due - now))
        for key, mask in self._selector.select(wait):
            bits = (pycurl.CSELECT_IN if mask & selectors.EVENT_READ else 0) | (
                pycurl.CSELECT_OUT if mask & selectors.EVENT_WRITE else 0
            )
            self.multi.socket_action(key.fd, bits)
        if self._due is not None and self._due <= time.monotonic():
            self._due = None
            self.multi.socket_action(pycurl.SOCKET_TIMEOUT, 0)

    def ended(self) -> Iterator[tuple[Any, int]]:
        """Handles that have ended, with curl's error or 0."""
        left = 1
        while left:
            left, good, bad = self.multi.info_read()
            yield from ((handle, 0) for handle in good)
            yield from ((handle, number) for handle, number, _ in bad)

    def give_back(self, handle: Any) -> None:
        """Take a handle off, to be used again."""
        self.multi.remove_handle(handle)
        handle.reset()
        self.spare.append(handle)


_kept = threading.local()


def loop_of_this_thread() -> Loop:
    """This thread's; a process that was forked makes its own."""
    if getattr(_kept, "pid", None) != os.getpid():
        _kept.loop, _kept.pid = Loop(), os.getpid()
    return cast(Loop, _kept.loop)
