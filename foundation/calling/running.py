"""Many calls at once in one thread, by curl's own event loop; connections are kept from run to run."""

from __future__ import annotations

import os
import selectors
import threading
import time
from collections.abc import Collection, Hashable, Iterator, Mapping
from typing import Any, Generic, TypeVar, cast

import pycurl
import structlog

from foundation.calling.transfers import Transfer
from foundation.calling.types import Answer, CallFailed, Steps

K = TypeVar("K", bound=Hashable)
R = TypeVar("R")

log = structlog.get_logger(__name__)

# As many as this at once; the others wait for their turn.
MOST_AT_ONCE = 512
# After so many are begun, curl sends them before more are made ready.
BEGUN_TOGETHER = 25
# What ends within so many seconds of the first is handed out together.
GATHER_SECONDS = 0.25
_LONGEST_WAIT_SECONDS = 1.0
_EVENTS = {
    pycurl.POLL_IN: selectors.EVENT_READ,
    pycurl.POLL_OUT: selectors.EVENT_WRITE,
    pycurl.POLL_INOUT: selectors.EVENT_READ | selectors.EVENT_WRITE,
}


def run_all(
    steps: Mapping[K, Steps[R]], *, timeout: float, allowed: Collection[str] = ()
) -> dict[K, R | CallFailed]:
    """What came of each, once all have ended. `timeout` is in seconds, for each call.

    Hosts in `allowed` may lie inside our own network and need no TLS.
    """
    found: dict[K, R | CallFailed] = {}
    for batch in as_they_end(steps, timeout=timeout, allowed=allowed):
        found |= batch
    return found


def as_they_end(
    steps: Mapping[K, Steps[R]], *, timeout: float, allowed: Collection[str] = ()
) -> Iterator[dict[K, R | CallFailed]]:
    """As `run_all`, in batches: one that is slow keeps nobody from knowing what came of the others."""
    run = _Run(steps, timeout=timeout, allowed=allowed)
    try:
        yield from run.batches()
    finally:
        run.close()


class _Loop:
    """curl and the sockets it waits for: one for each thread of a process."""

    def __init__(self) -> None:
        self.multi = pycurl.CurlMulti()
        self._selector = selectors.DefaultSelector()
        self._due: float | None = None
        self.spare: list[Any] = []
        self.multi.setopt(pycurl.M_SOCKETFUNCTION, self._watch)
        self.multi.setopt(pycurl.M_TIMERFUNCTION, self._set_timer)
        self.multi.setopt(pycurl.M_MAX_TOTAL_CONNECTIONS, MOST_AT_ONCE)
        self.multi.setopt(pycurl.M_MAXCONNECTS, MOST_AT_ONCE)

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


def _loop() -> _Loop:
    """This thread's; a process that was forked makes its own."""
    if getattr(_kept, "pid", None) != os.getpid():
        _kept.loop, _kept.pid = _Loop(), os.getpid()
    return cast(_Loop, _kept.loop)


class _Run(Generic[K, R]):
    """Some steps on their way."""

    def __init__(self, steps: Mapping[K, Steps[R]], *, timeout: float, allowed: Collection[str]) -> None:
        self._loop = _loop()
        self._steps = steps
        self._timeout = timeout
        self._allowed = frozenset(allowed)
        self._under_way: dict[Any, tuple[K, Transfer]] = {}
        self._ended: dict[K, R | CallFailed] = {}
        self._first_ended_at = 0.0

    def batches(self) -> Iterator[dict[K, R | CallFailed]]:
        for number, key in enumerate(self._steps, start=1):
            self._advance(key, None)
            if number % BEGUN_TOGETHER == 0:
                self._loop.turn(0)
        while self._under_way:
            self._loop.turn(_LONGEST_WAIT_SECONDS if not self._ended else GATHER_SECONDS)
            for handle, number in self._loop.ended():
                self._took(handle, number)
            if self._ended and time.monotonic() - self._first_ended_at >= GATHER_SECONDS:
                yield self._handed_out()
        if self._ended:
            yield self._handed_out()

    def _handed_out(self) -> dict[K, R | CallFailed]:
        ended, self._ended = self._ended, {}
        return ended

    def _took(self, handle: Any, number: int) -> None:
        key, transfer = self._under_way.pop(handle)
        came: Answer | CallFailed = transfer.failure(number) if number else transfer.answer
        self._loop.give_back(handle)
        self._advance(key, came)

    def _advance(self, key: K, came: Answer | CallFailed | None) -> None:
        """Let one's steps go on with what came, until they call again or end."""
        steps = self._steps[key]
        while True:
            try:
                failed = isinstance(came, CallFailed)
                call = steps.throw(cast(CallFailed, came)) if failed else steps.send(cast(Answer, came))
            except StopIteration as done:
                return self._end(key, done.value)
            except CallFailed as ending:
                return self._end(key, ending)
            except Exception as problem:  # what one network answered strangely is no trouble of the others
                log.exception("steps_broke", error=type(problem).__name__)
                return self._end(key, CallFailed("bad_answer", unknown=True))
            handle = self._loop.spare.pop() if self._loop.spare else pycurl.Curl()
            try:
                transfer = Transfer(handle, call, timeout=self._timeout, allowed=self._allowed)
            except CallFailed as refused:
                handle.reset()
                self._loop.spare.append(handle)
                came = refused
                continue
            self._under_way[handle] = key, transfer
            self._loop.multi.add_handle(handle)
            return None

    def _end(self, key: K, result: R | CallFailed) -> None:
        if not self._ended:
            self._first_ended_at = time.monotonic()
        self._ended[key] = result

    def close(self) -> None:
        """Let go of what is still under way, where whoever waited for it went away."""
        for handle in self._under_way:
            self._loop.give_back(handle)
        self._under_way.clear()
