"""Where a request came from, read in one way by throttling, lock-out and the trail."""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.http import HttpRequest

UNKNOWN = "0.0.0.0"  # noqa: S104 - a value for "not known", not something to bind


def client_address(request: HttpRequest) -> str:
    """The visitor's address, behind as many proxies as `settings.TRUSTED_PROXIES` says.

    Only the entries our own proxies wrote are believed; what a visitor puts before them is not.
    """
    found = str(request.META.get("REMOTE_ADDR", ""))
    hops = settings.TRUSTED_PROXIES
    if hops:
        chain = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
        found = chain[-hops] if len(chain) >= hops else found
    try:
        return str(ipaddress.ip_address(found))
    except ValueError:
        return UNKNOWN
