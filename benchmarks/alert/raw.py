"""The limit: the same calls by a client that does nothing else, wrk where there is one, else curl's loop."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from foundation.messaging.gateways.base import Outgoing
from foundation.messaging.gateways.bulk.twilio import TwilioBulkGateway

_FORM = (
    "To=%2B447700900123&From=%2B447700900000&Body=CHILD+RESCUE+ALERT&StatusCallback="
    "http%3A%2F%2F127.0.0.1%2Fwebhooks%2Ftwilio%2Fstatus%3Fm%3Db0123456789abcdef-17"
)
_SCRIPT = f"""
wrk.method = "POST"
wrk.body = "{_FORM}"
wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
"""


def rate(url: str, *, connections: int, seconds: int) -> tuple[str, float]:
    """Which client it was, and how many calls a second it got answered."""
    if shutil.which("wrk"):
        return "wrk", _by_wrk(url, connections, seconds)
    return "curl's loop", _by_curl(seconds)


def _by_wrk(url: str, connections: int, seconds: int) -> float:
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "post.lua"
        script.write_text(_SCRIPT)
        argv = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}", "-s", str(script), f"{url}/2010-04-01/x"]
        told = subprocess.run(argv, capture_output=True, text=True, check=True).stdout
    found = re.search(r"Requests/sec:\s+([\d.]+)", told)
    if found is None:
        raise ValueError(told)
    return float(found[1])


def _by_curl(seconds: int) -> float:
    until = time.monotonic() + seconds

    def work() -> Iterator[Outgoing | float]:
        one = Outgoing("b0123456789abcdef-17", "+447700900123", "CHILD RESCUE ALERT")
        while time.monotonic() < until:
            yield one

    began = time.monotonic()
    return sum(1 for _ in TwilioBulkGateway().send_many(work())) / (time.monotonic() - began)
