"""Which pages there are, how each is tried, and what came back."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver


@cache
def pages() -> dict[str, tuple[str, ...]]:
    """The arguments of every page of the staff site that is ours, by its name."""
    return dict(_pages(get_resolver("config.urls"), "", ()))


def _pages(
    resolver: URLResolver, prefix: str, outer: tuple[str, ...]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    for pattern in resolver.url_patterns:
        wanted = (*outer, *pattern.pattern.converters)
        if isinstance(pattern, URLPattern):
            module = getattr(pattern.callback, "__module__", "")
            if not module.startswith("allauth"):
                yield f"{prefix}{pattern.name}", wanted
        elif pattern.namespace != "api":  # it has walls of its own: tests/api
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from _pages(pattern, inner, wanted)


def words_of(answer: HttpResponse) -> str:
    """What somebody was sent, pages and files alike."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode(errors="replace")


def tries(client: Client, address: str) -> list[HttpResponse]:
    """A look, and a post of whatever a form there might take."""
    post = {
        "reason": "Because",
        "decision": "approve",
        "text": "x",
        "note": "x",
        "version": "1",
        "word": "STOP",
    }
    return [client.get(address), client.post(address, post)]
