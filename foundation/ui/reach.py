"""Whether a page would open for somebody, read from the page's own declaration."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings
from django.urls import NoReverseMatch, get_urlconf, resolve, reverse

from foundation.access import Access, declaration_of
from foundation.actors import Actor


def can_open(actor: Actor, name: str, *args: object) -> bool:
    """Whether the declared access of the page called `name` admits `actor`; False where there is none.

    The records inside are the policies' business: this keeps links from leading to a refusal.
    """
    declared = (
        _declared(name, *args) if args else _declared_once(name, get_urlconf() or settings.ROOT_URLCONF)
    )
    return declared is not None and declared.admits(actor)


def _declared(name: str, *args: object) -> Access | None:
    try:
        return declaration_of(resolve(reverse(name, args=args)).func)
    except NoReverseMatch:
        return None


@lru_cache(maxsize=512)
def _declared_once(name: str, site: object) -> Access | None:
    """Every page asks this of all it leads to, and a page's declaration is code: it stays as it is."""
    return _declared(name)
