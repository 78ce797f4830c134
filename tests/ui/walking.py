"""Following every link that somebody is offered, the way a browser would, but without drawing."""

from __future__ import annotations

import re
import zlib
from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urljoin, urlsplit

import requests
from django.test import Client
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve

from tests.cast import Member

STARTS = ("/", "/your-account/", "/help/")
# Pages that differ with what they are about: so many of each are opened, else one.
SEVERAL = {
    "missingcases:overview": 24,
    "missingcases:people": 20,
    "missingcases:release": 6,
    "appeals:show": 20,
    "appeals:listing": 10,
    "appeals:ledger": 6,
    "appeals:versions": 20,
    "appeals:content": 6,
    "alerts:room": 12,
    "cap:target": 4,
    "sightings:sighting": 6,
    "textsafe:screen": 4,
    "textsafe:request": 4,
    "textsafe:concern": 6,
    "textsafe:conversation": 10,
    "textsafe:conversations": 5,
    "missingcases:incident_list": 2,
    "accounts:person": 3,
    "hooks:endpoint": 2,
    "links:link": 4,
    "helpline:contact": 6,
    "families:listing": 5,
    "families:case": 4,
    "families:member": 3,
    "families:contact": 3,
    "families:message": 2,
    "missingcases:services": 2,
    "rhi:referral": 12,
    "partners:referral": 10,
    "rhi:visit": 3,
    "interviews:interview": 8,
    "handover:show": 4,
    "say_something:account": 4,
    "voice:invitation": 2,
    "people:duplicates": 2,
}
NOT_FOLLOWED = {"account_logout"}
_ADDRESS = re.compile(r'<(a|form|button|div|img)\b[^>]*?\b(?:href|action|formaction|hx-get|src)="([^"]*)"')


_FORM = re.compile(r"<form\b[^>]*method=.post.*?</form>", re.DOTALL | re.IGNORECASE)
_QUESTION = re.compile(r"<(textarea|select)\b|<input(?![^>]*type=.(hidden|submit|button))", re.IGNORECASE)


@dataclass
class Walk:
    """What one person reached: pages opened, and everything they were offered (forms and files too)."""

    opened: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    offered: set[str] = field(default_factory=set)
    asking: set[str] = field(default_factory=set)  # addresses of pages with a form to be filled in
    broken: list[str] = field(default_factory=list)
    session: requests.Session = field(default_factory=requests.Session)  # signed in as them
    _texts: dict[str, bytes] = field(default_factory=dict)  # packed: there are thousands

    def keep(self, address: str, text: str) -> None:
        """Remember what was sent there."""
        self._texts[address] = zlib.compress(text.encode(), 1)

    def text_of(self, address: str) -> str:
        """What was sent there."""
        return zlib.decompress(self._texts[address]).decode()

    def pages(self, *, most: int = 3) -> Iterator[tuple[str, str]]:
        """(view, address) of the pages opened, at most so many of one kind."""
        for view, addresses in self.opened.items():
            for address in addresses[:most]:
                yield view, address


def walk(person: Member, base: str, also: tuple[str, ...] = ()) -> Walk:
    """Follow the links from the first page on; `also` are addresses this person is told by others."""
    found, waiting, known = Walk(), deque((*STARTS, *also)), set()
    session = found.session
    session.trust_env = False
    session.cookies.update({name: one.value for name, one in person.sign_in(Client()).cookies.items()})
    while waiting:
        address = waiting.popleft()
        view = view_of(address)
        if view is None or address in known or view in NOT_FOLLOWED:
            continue
        found.offered.add(view)
        if len(found.opened[view]) >= SEVERAL.get(view, 1):
            continue
        known.add(address)
        answer = session.get(base + address, timeout=120)
        if answer.status_code >= 400:
            found.broken.append(f"{address} answers {answer.status_code}")
            continue
        if "sandbox" in answer.headers.get("content-security-policy", ""):
            continue  # what may run nothing stands in a frame of a page, or is a file
        if "text/html" in answer.headers.get("content-type", ""):
            found.opened[view].append(address)
            found.keep(address, answer.text)
            if _asks(answer.text):
                found.asking.add(address)
            waiting.extend(_links(answer, base, found))
    return found


def _asks(page: str) -> bool:
    return any(_QUESTION.search(form) for form in _FORM.findall(page.partition("<main")[2]))


def _links(answer: requests.Response, base: str, found: Walk) -> Iterator[str]:
    for kind, raw in _ADDRESS.findall(answer.text):
        whole = urljoin(answer.url, unescape(raw)).split("#")[0]
        if not whole.startswith(base):
            continue
        address = whole.removeprefix(base)
        if kind in {"a", "img"}:
            yield address
        elif view := view_of(address):
            found.offered.add(view)


def view_of(address: str) -> str | None:
    """The name of the page at an address of ours, None for anything else."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return None
    try:
        match = resolve(parts.path)
    except Resolver404:
        return None
    return match.view_name or match._func_path


def every_view() -> set[str]:
    """The names of all pages of the staff site."""
    return set(_names(get_resolver("config.urls"), ""))


def _names(resolver: URLResolver, prefix: str) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}" if pattern.name else pattern.lookup_str
        else:
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from _names(pattern, inner)
