"""The first page of the list over HTTP, for the record: gunicorn as the product runs it, one worker."""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
import time
from functools import partial

from benchmarks.load import Goal, Load, Ready
from benchmarks.systems import System, let_in
from launcher.ports import pick

PATHS = {"ours": "/api/v1/incidents", "peer": "/peer/incidents/", "limit": "/list?at=infinity&id=0"}


class Served:
    """A gunicorn with one worker of four threads, and one kept connection to it."""

    def __init__(self, application: str) -> None:
        port = pick()
        self._server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}", "--workers", "1",
             "--threads", "4", "--worker-class", "gthread", "--keep-alive", "60", "--log-level", "error"],
            env={**os.environ, "ALLOWED_HOSTS": "*"},
        )  # fmt: skip
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self._wait()

    def _wait(self) -> None:
        for _ in range(600):
            try:
                self._connection.connect()
                return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("gunicorn did not come up")

    def get(self, path: str, system: System) -> bytes:
        """One GET. Raises for anything but 200."""
        self._connection.request("GET", path, headers={"Authorization": f"Bearer {system.token}"})
        answer = self._connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{path} answered {answer.status}")
        return body

    def close(self) -> None:
        """Stop it."""
        self._connection.close()
        self._server.terminate()
        self._server.wait(20)


def _prepare(_rows: int) -> Ready:
    system = let_in()
    site, raw = Served("config.wsgi"), Served("benchmarks.peers.raw_app")

    def close() -> None:
        site.close()
        raw.close()

    return Ready(
        ours=partial(site.get, PATHS["ours"], system),
        peer=partial(site.get, PATHS["peer"], system),
        limit=partial(raw.get, PATHS["limit"], system),
        close=close,
    )


LOAD = Load("api_list_http", "50-row list, page 1, over HTTP", Goal(), _prepare, grows="ms")
