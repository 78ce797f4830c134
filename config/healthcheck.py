"""`python -m config.healthcheck web PORT | worker LANE | beat FILE`: what a container's health check runs."""

from __future__ import annotations

import http.client
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from config.environment import IS_PUBLIC_SITE, env

# Beat writes its schedule down every three minutes, and whenever it starts.
BEAT_SECONDS = 10 * 60


def web(port: str) -> bool:
    """Whether the web process on this port is ready.

    It is asked as the proxy in front would (host name and TLS), so that production settings answer.
    """
    base = env.str("PUBLIC_BASE_URL" if IS_PUBLIC_SITE else "STAFF_BASE_URL", default="")
    headers = {"Host": urlsplit(base).netloc or "localhost"}
    proxy_header = env.str("TLS_PROXY_HEADER", default="")
    if proxy_header:
        headers[proxy_header] = "https"
    link = http.client.HTTPConnection("127.0.0.1", int(port), timeout=4)
    try:
        link.request("GET", "/health/ready/", headers=headers)
        return link.getresponse().status == http.client.OK
    except OSError:
        return False


def worker(lane: str) -> bool:
    """Whether the worker of this lane in this container answers over the broker."""
    from kombu.exceptions import OperationalError

    from config.celery import app

    name = f"{lane}@{socket.gethostname()}"
    try:
        answers = app.control.ping(destination=[name], timeout=10, limit=1)
    except (OSError, OperationalError):
        return False
    return bool(answers)


def beat(file: str) -> bool:
    """Whether beat still writes its schedule down."""
    written = [path.stat().st_mtime for path in Path(file).parent.glob(f"{Path(file).name}*")]
    return bool(written) and time.time() - max(written) < BEAT_SECONDS


KINDS: dict[str, Callable[[str], bool]] = {"web": web, "worker": worker, "beat": beat}

if __name__ == "__main__":
    sys.exit(0 if KINDS[sys.argv[1]](sys.argv[2]) else 1)
