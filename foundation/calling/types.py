"""What a network's steps yield, get and raise."""

from __future__ import annotations

import json
from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, TypeAlias, TypeVar

R = TypeVar("R")

# Answers that tell of the moment, not of the request.
_FOR_NOW = frozenset({408, 423, 425, 429})
_LONGEST_WAIT_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class Call:
    """One request. It must be safe to repeat: a kept connection that was dropped is opened anew.

    An answer that is longer than `most_bytes` fails as `too_large`.

    Address, headers and body stay out of `repr`, so that no log line or traceback can carry them.
    """

    method: str
    url: str = field(repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: bytes = field(default=b"", repr=False)
    most_bytes: int = 1_000_000


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: names of headers are in lower case."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)

    def json(self) -> Any:
        """The body as JSON. Raises `CallFailed` where it is none."""
        try:
            return json.loads(self.body)
        except ValueError:
            raise CallFailed("bad_answer", unknown=True) from None


class CallFailed(Exception):
    """A call that came to nothing, and what follows. `code` is ours or the answer's status, never its text.

    `permanent`: trying again cannot help. `unknown`: the other side may have done what it was asked for.
    `retry_after` is its wish, or None for our own clock.
    """

    def __init__(
        self,
        code: str,
        *,
        permanent: bool = False,
        unknown: bool = False,
        retry_after: timedelta | None = None,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.permanent = permanent
        self.unknown = unknown
        self.retry_after = retry_after


Steps: TypeAlias = Generator[Call, Answer, R]


def expect(answer: Answer, *also: int) -> Answer:
    """The answer, if it is a 2xx or one of `also`. Raises `CallFailed`; redirects are not followed."""
    status = answer.status
    if 200 <= status < 300 or status in also:
        return answer
    if 300 <= status < 500 and status not in _FOR_NOW:
        raise CallFailed(str(status), permanent=True)
    wait = answer.headers.get("retry-after", "")
    raise CallFailed(
        str(status),
        unknown=status >= 500,
        retry_after=timedelta(seconds=min(int(wait), _LONGEST_WAIT_SECONDS)) if wait.isdecimal() else None,
    )
