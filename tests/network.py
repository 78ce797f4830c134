"""A phone without network, in a real browser."""

from __future__ import annotations

from typing import Any


def cut(context: Any) -> None:
    """From now on nothing is sent from this context, from windows that are opened later either.

    The browser learns of the missing network a moment after a new window began, so what a page sends is also
    stopped on its way. What a service worker keeps is still given.
    """
    context.set_offline(True)
    context.route("**/*", _stop_what_is_sent)


def bring_back(context: Any) -> None:
    """The network is there again."""
    context.unroute("**/*", _stop_what_is_sent)
    context.set_offline(False)


def _stop_what_is_sent(route: Any) -> None:
    if route.request.method == "GET":
        route.fallback()
    else:
        route.abort("internetdisconnected")
