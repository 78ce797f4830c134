"""The lines of a text file, numbered, none of them held that is too long, with a way back."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator
from typing import TextIO

# Also the most that one record may take over several lines.
MAX_LINE = 100_000


class Lines(Iterator[str]):
    """Gives `csv.reader` its lines. Raises `csv.Error`, and can go on after it."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._again: deque[str] = deque()
        self._given: list[str] = []
        self._started = 1
        self._size = 0

    def begin(self) -> int:
        """Say that a record begins; returns the number of its first line."""
        self._started += len(self._given)
        self._given, self._size = [], 0
        return self._started

    def go_back_to(self, number: int) -> None:
        """Give the lines from `number` on once more; they belong to the record just begun."""
        kept = number - self._started
        self._again.extendleft(reversed(self._given[kept:]))
        del self._given[kept:]

    def peek(self) -> str:
        """The first line, which stays to be read."""
        self._again.append(self._fetch())
        return self._again[0]

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else self._fetch()
        if not line:
            raise StopIteration
        self._given.append(line)
        self._size += len(line)
        if len(line) > MAX_LINE:
            raise csv.Error(f"a line is longer than {MAX_LINE:,} characters")
        if self._size > MAX_LINE:
            raise csv.Error("a quotation mark is not closed")
        return line

    def _fetch(self) -> str:
        """The next line of the file; of one that is too long only the beginning, still too long."""
        line = rest = self._stream.readline(MAX_LINE + 1)
        while len(line) > MAX_LINE and rest and not rest.endswith(("\n", "\r")):
            rest = self._stream.readline(MAX_LINE)
        return line
