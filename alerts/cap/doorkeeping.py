"""How many calls to us are looked at: a stranger's flood costs us little, and shuts no true sender out.

Who calls is known before a byte is read by their address alone. One from which a signed message came of
late, or that `settings.CAP_SENDER_NETWORKS` names, is counted by itself; strangers also share a limit.
Addresses are kept as keyed digests only, for as long as it says here.
"""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from redis.exceptions import RedisError

from foundation.accounts.addresses import client_address
from foundation.clients.api.limits import Standing, count

# Calls a minute (P). A national system sends a few messages an hour; the cost of one of a megabyte is 20 ms.
MOST_OF_A_SENDER = 300
MOST_OF_A_STRANGER = 30
MOST_OF_ALL_STRANGERS = 300
KNOWN_SECONDS = 400 * 24 * 3600  # some send once a year
_SALT = "alerts.cap.doorkeeping"


def standing_of(request: HttpRequest) -> Standing:
    """Count this call and say how its caller stands; nothing of the request's body is read."""
    address = client_address(request)
    who = _digest(address)
    if _is_sender(address, who):
        return count(f"cap:{who}", MOST_OF_A_SENDER)
    own = count(f"cap:{who}", MOST_OF_A_STRANGER)
    return own if own.is_over else count("cap:strangers", MOST_OF_ALL_STRANGERS)


def remember_sender(request: HttpRequest) -> None:
    """A signed message came from here: strangers elsewhere take nothing of its share from now on."""
    try:
        caches["fast"].set(_key(_digest(client_address(request))), 1, KNOWN_SECONDS)
    except (RedisError, OSError):
        return


def _is_sender(address: str, who: str) -> bool:
    ip = ipaddress.ip_address(address)
    if any(ip in ipaddress.ip_network(one, strict=False) for one in settings.CAP_SENDER_NETWORKS):
        return True
    try:
        return caches["fast"].get(_key(who)) is not None
    except (RedisError, OSError):
        return False


def _key(who: str) -> str:
    return f"alerts.cap.sender:{who}"


def _digest(address: str) -> str:
    """A keyed digest; whoever has one IPv6 address has all of its /64."""
    ip = ipaddress.ip_address(address)
    one = ipaddress.ip_network((ip, 64), strict=False) if ip.version == 6 else ip
    return salted_hmac(_SALT, str(one), algorithm="sha256").hexdigest()[:32]
