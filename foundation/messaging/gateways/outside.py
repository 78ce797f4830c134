"""Calling an address somebody else chose, without being led into our own network.

The name is resolved once, every address it has must be public, and the connection goes to the
address that was checked: a second look-up could answer differently.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, urlsplit

import urllib3
from django.conf import settings


class NotAllowed(Exception):
    """The address lies inside, is not HTTPS, or is not an address at all."""


class NoSuchHost(Exception):
    """The name does not resolve, for now."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a checked call goes: connect to `ip`, speak to `host`."""

    secure: bool
    host: str
    ip: str
    port: int
    path: str


def check(url: str, *, allowed: Collection[str] | None = None) -> Target:
    """Resolve and check `url`. Raises `NotAllowed` or `NoSuchHost`.

    Hosts in `allowed` (else in `settings.WEBHOOK_ALLOWED_HOSTS`) may lie inside and need no TLS.
    """
    parts, trusted = judged(url, allowed=settings.WEBHOOK_ALLOWED_HOSTS if allowed is None else allowed)
    host, secure = parts.hostname or "", parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    addresses = _resolve(host, port)
    if not trusted and not all(is_public(one) for one in addresses):
        raise NotAllowed
    path = parts.path or "/"
    return Target(secure, host, addresses[0], port, f"{path}?{parts.query}" if parts.query else path)


def judged(url: str, *, allowed: Collection[str]) -> tuple[SplitResult, bool]:
    """The parts of `url`, and whether its host is one of `allowed`, which may lie inside and need no TLS.

    Raises `NotAllowed` for what is no address, not encrypted, or could be read in two ways. Where its host
    lies is judged by `is_public` when it is connected to.
    """
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        raise NotAllowed from None
    trusted = host in allowed
    fine = parts.scheme == "https" or (trusted and parts.scheme == "http")
    # Signs that another reader of addresses might take for the end of the host.
    if not host or not fine or parts.username is not None or any(one in url for one in "\\ \t\r\n"):
        raise NotAllowed
    return parts, trusted


def _resolve(host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NoSuchHost from None
    return [str(one[4][0]) for one in found]


def is_public(address: str) -> bool:
    """Whether an IP address lies outside: one that anybody may reach."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        # An IPv4 address in IPv6 clothes is judged as what it is.
        ip = ip.ipv4_mapped or ip.sixtofour or ip
    # Reserved: 64:ff9b::/96 among others, by which a network translates to any IPv4 address, also inside.
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def connect(target: Target, *, timeout: float) -> urllib3.HTTPConnectionPool:
    """A connection to the very address that was checked, for one call; `timeout` in seconds."""
    common: dict[str, Any] = {
        "port": target.port,
        "timeout": urllib3.Timeout(connect=timeout, read=timeout),
        "retries": False,
    }
    if not target.secure:
        return urllib3.HTTPConnectionPool(target.ip, **common)
    return urllib3.HTTPSConnectionPool(
        target.ip, server_hostname=target.host, assert_hostname=target.host, **common
    )


def host_header(target: Target) -> str:
    """What the called server is told it is called."""
    return target.host if target.port in {80, 443} else f"{target.host}:{target.port}"


def post(target: Target, body: bytes, headers: dict[str, str], *, timeout: float) -> urllib3.BaseHTTPResponse:
    """POST without following redirects or trying again. The answer's body is not read.

    Raises urllib3's errors. `timeout` in seconds, for connecting and for each read.
    """
    with connect(target, timeout=timeout) as pool:
        answer = pool.urlopen(
            "POST",
            target.path,
            body=body,
            headers={**headers, "Host": host_header(target)},
            redirect=False,
            preload_content=False,
        )
        answer.release_conn()
        return answer
