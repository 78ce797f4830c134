"""Trying to learn what is hidden without being shown it: by guessing, by asking twice, by comparing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db import connection, reset_queries
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from tests.walls.matrix.interfaces import Interface
from tests.walls.matrix.walking import Walk

REFERENCE = re.compile(r"\b[A-Z]{2}-[0-9A-Z]{8}\b")
NUMBER = re.compile(r"(?<=/)\d+(?=/)")
# Nobody's: a word, a reference's end and an id that stand for nothing, as long as what they stand in for.
NOBODYS_WORD, NOBODYS_NUMBER, NOBODYS_END, NOBODYS_ID = "zq0000wx", "+447700900399", "ZZZZZZZZ", "999999"
# What differs between two answers to one question.
_PASSING = re.compile(
    r"\b[A-Za-z0-9]{64}\b"
    r'|data-seconds="\d+"'
    r"|nonce[-=]\"?[\w+/=-]+"
    r"|\b\d{2}:\d{2}(:\d{2})?\b"
    r"|\b[0-9a-f]{32}\b|\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b"
)


def comparable(answer: HttpResponse, *echoes: str) -> tuple[int, str, str]:
    """What an answer tells, less what was asked with and what passes: status, tag and words."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    words = _PASSING.sub("", body.decode(errors="replace"))
    for echo in echoes:
        words = words.replace(echo, "@")
    return answer.status_code, answer.get("ETag", ""), words


def nobodys(path: str) -> str | None:
    """The same address of something that is not there; None where it names nothing.

    The last thing it names is changed, as the first may be known to whoever asks.
    """
    if named := list(REFERENCE.finditer(path)):
        last = named[-1]
        return f"{path[: last.start() + 3]}{NOBODYS_END}{path[last.end() :]}"
    if named := list(NUMBER.finditer(path)):
        last = named[-1]
        return f"{path[: last.start()]}{NOBODYS_ID}{path[last.end() :]}"
    return None


def told_by_guessing(walk: Walk, interfaces: list[Interface]) -> Iterator[str]:
    """What differs, for somebody to whom it is not there, between a thing and no thing at all."""
    for interface in interfaces:
        other = nobodys(interface.path)
        if other is None:
            continue
        there, of_it = _counted(walk, interface.path)
        if there.status_code != 404:
            continue
        nothing, of_nothing = _counted(walk, other)
        if comparable(there, interface.path) != comparable(nothing, other):
            yield f"{walk.viewer.name} at {interface.name}: the answer differs"
        if of_it != of_nothing:  # a first use prepares statements and notes that a token is in use
            of_it, of_nothing = _counted(walk, interface.path)[1], _counted(walk, other)[1]
        if of_it != of_nothing:
            yield f"{walk.viewer.name} at {interface.name}: {of_it} statements, not {of_nothing}"


def _counted(walk: Walk, path: str) -> tuple[HttpResponse, int]:
    reset_queries()  # the log holds so many and no more
    with CaptureQueriesContext(connection) as asked:
        answer = walk.get(path)
    return answer, len(asked)


def told_by_asking(walk: Walk, path: str, box: Box, marker: str) -> str:
    """What a search for hidden words tells beyond a search for words that nobody wrote; empty if nothing."""
    nobodys_word = NOBODYS_WORD if marker.startswith("zq") else NOBODYS_NUMBER
    of_nothing = comparable(box.ask(walk, path, nobodys_word), nobodys_word)
    of_it = comparable(box.ask(walk, path, marker), marker)
    return "" if of_it == of_nothing else f"{walk.viewer.name} asking {path} for {marker} by {box.name}"


@dataclass(frozen=True)
class Box:
    """One box of words in a search or a filter; `is_sent` where its words may not stand in the address."""

    name: str
    is_sent: bool

    def ask(self, walk: Walk, path: str, words: str) -> HttpResponse:
        """The answer to these words in this box alone."""
        if self.is_sent:
            return walk.client.post(path, {self.name: words}, follow=True)
        return walk.get(f"{path}?{urlencode({self.name: words})}")


_FORM = re.compile(r"<form([^>]*)>(.*?)</form>", re.DOTALL | re.IGNORECASE)
_BOX = re.compile(r'<input[^>]*type="(?:text|search|tel)"[^>]*>')
_NAME = re.compile(r'\bname="(\w+)"')


def boxes(answer: HttpResponse) -> list[Box]:
    """The boxes of words in the searches and filters of a page."""
    if answer.streaming or "html" not in answer.get("Content-Type", ""):
        return []
    found = set()
    for attributes, inside in _FORM.findall(answer.content.decode()):
        is_sent = 'method="get"' not in attributes
        if is_sent and 'role="search"' not in attributes:
            continue
        for box in _BOX.findall(inside):
            found |= {Box(name, is_sent) for name in _NAME.findall(box)}
    return sorted(found, key=lambda box: box.name)
