"""Lists of addresses a client may come from. Pure."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence


def read_network(written: str) -> str:
    """An address or a network as we keep it, such as ``203.0.113.0/24``. Raises `ValueError`."""
    return str(ipaddress.ip_network(written.strip(), strict=False))


def allows(networks: Sequence[str], address: str) -> bool:
    """Whether `address` lies in one of `networks`; an empty list allows every address."""
    if not networks:
        return True
    try:
        caller = ipaddress.ip_address(address)
    except ValueError:
        return False
    return any(caller in ipaddress.ip_network(network) for network in networks)
