"""What stands on a page in which language, as somebody hears it read out."""

from __future__ import annotations

from html.parser import HTMLParser

_VOID = frozenset(["br", "hr", "img", "input", "link", "meta"])
_UNREAD = frozenset(["script", "style"])
_SAID_BY = ("alt", "aria-label", "placeholder", "title")


def said_in_welsh(html: str) -> list[str]:
    """Every piece of text, and every label of something, within a part whose language is Welsh."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.said


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._open: list[tuple[str, str]] = []

    @property
    def _language(self) -> str:
        return self._open[-1][1] if self._open else ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        language = given.get("lang") or self._language
        if language == "cy":
            self.said += [given[name] or "" for name in _SAID_BY if given.get(name)]
        if tag not in _VOID:
            self._open.append((tag, language))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        words = " ".join(data.split())
        if words and self._language == "cy" and self._open[-1][0] not in _UNREAD:
            self.said.append(words)
