"""Every address that answers a look: pages of the staff site, files, feeds, and the resources of the API."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.urls import ResolverMatch, URLPattern, get_resolver, resolve, reverse

from foundation.access import Access, declaration_of
from tests.walls.filled import Filled

_REFERENCE = re.compile(r"[A-Z]{2}-[0-9A-Z]{8}")
_ARGUMENT = re.compile(r"/(?:[A-Z]{2}-[0-9A-Z]{8}|\d+)(?=/)")
# Not looked at, each with why.
LEFT_OUT = {
    "metrics": "numbers of the machine, and it counts the requests of the tests",
    "api:docs": "made from the schema, which is looked at",
    "api:token": "takes no look",
}


@dataclass(frozen=True)
class Interface:
    """One address and its name."""

    name: str
    path: str

    @property
    def is_api(self) -> bool:
        """Whether a system asks here with its token."""
        return self.path.startswith("/api/")

    @property
    def declared(self) -> Access | None:
        """What the view behind it declares (foundation/access.py)."""
        return declaration_of(self.match.func)

    @property
    def match(self) -> ResolverMatch:
        """The view behind it, and what it is called with."""
        return _match(self.path)


@cache
def _match(path: str) -> ResolverMatch:
    return resolve(path)


def everything(filled: Filled) -> list[Interface]:
    """Each of them once, with the arguments of the world."""
    found = [Interface(name, path) for name, path in filled.addresses.items() if name not in LEFT_OUT]
    found += [one for one in _of_the_api(filled) if one.name not in LEFT_OUT]
    found += _of_the_child_who_came_home(filled)
    return found


def _of_the_child_who_came_home(filled: Filled) -> Iterator[Interface]:
    """The pages of the second incident, which has an authority: those that take its reference and no more."""
    (home,) = _REFERENCE.findall(filled.addresses["rhi:refer"])
    first = filled.incident.reference
    for name, path in filled.addresses.items():
        space = name.partition(":")[0]
        if space == "missingcases" and path.count(first) == 1 and len(_ARGUMENT.findall(path)) == 1:
            yield Interface(f"{name} of a child", path.replace(first, home))


# Whose reference an address of the API takes: the page that takes the same one.
_ARGUMENTS = {
    "incident": "missingcases:record",
    "located": "missingcases:record",
    "releases": "missingcases:record",
    "appeals": "missingcases:record",
    "textsafe": "missingcases:record",
    "rhi": "rhi:refer",
    "blind_compare": "blind:pairing",
    "blind_matches": "blind:pairing",
    "referral": "partners:referral",
    "referral_accept": "partners:referral",
    "referral_reject": "partners:referral",
    "referral_progress": "partners:referral",
    "referral_complete": "partners:referral",
    "referral_return": "partners:referral",
    "intelligence_report": "intelligence:report",
    "intelligence_acknowledge": "intelligence:report",
    "intelligence_outcome": "intelligence:report",
    "release": "missingcases:release",
    "release_acknowledge": "missingcases:release",
    "appeal": "appeals:show",
    "appeal_withdraw": "appeals:show",
    "textsafe_request": "textsafe:request",
}


def api_names() -> dict[str, tuple[str, ...]]:
    """The arguments of every address of the API, by its name."""
    (api,) = [
        one
        for one in get_resolver().url_patterns
        if getattr(one, "pattern", None) and str(one.pattern) == "api/"
    ]
    return {
        one.name: tuple(one.pattern.converters) for one in api.url_patterns if isinstance(one, URLPattern)
    }


def _of_the_api(filled: Filled) -> Iterator[Interface]:
    for name, wanted in api_names().items():
        values = {}
        if wanted:
            values = {"reference": _REFERENCE.findall(filled.addresses[_ARGUMENTS[name]])[-1]}
        yield Interface(f"api:{name}", reverse(f"api:{name}", kwargs=values))
