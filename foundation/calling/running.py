"""Many calls at once in one thread, by curl's own event loop; connections are kept from run to run."""

from __future__ import annotations

import time
from collections.abc import Collection, Hashable, Iterator, Mapping
from typing import Any, Generic, TypeVar, cast

import pycurl
import structlog

from foundation.calling.loop import loop_of_this_thread
from foundation.calling.transfers import Transfer
from foundation.calling.types import Answer, CallFailed, Steps

K = TypeVar("K", bound=Hashable)
R = TypeVar("R")

log = structlog.get_logger(__name__)

# After so many are begun, curl sends them before more are made ready.
BEGUN_TOGETHER = 25
# What ends within so many seconds of the first is handed out together.
GATHER_SECONDS = 0.25
_LONGEST_WAIT_SECONDS = 1.0


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


class _Run(Generic[K, R]):
    """Some steps on their way."""

    def __init__(self, steps: Mapping[K, Steps[R]], *, timeout: float, allowed: Collection[str]) -> None:
        self._loop = loop_of_this_thread()
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
