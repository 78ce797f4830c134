"""Whether a page would open for somebody, read from the page's own declaration."""

from __future__ import annotations

from django.urls import NoReverseMatch, resolve, reverse

from foundation.access import declaration_of
from foundation.actors import Actor


def can_open(actor: Actor, name: str, *args: object) -> bool:
    """Whether the declared access of the page called `name` admits `actor`; False where there is none.

    The records inside are the policies' business: this keeps links from leading to a refusal.
    """
    try:
        view = resolve(reverse(name, args=args)).func
    except NoReverseMatch:
        return False
    declared = declaration_of(view)
    return declared is not None and declared.admits(actor)
