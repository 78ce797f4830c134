"""The stub provider as a process of its own, and when each number's text arrived there."""

from __future__ import annotations

import subprocess
import sys
from threading import Condition, Thread

from launcher import children, ports
from tests.processes import ROOT, wait_until


class Arrivals:
    """Runs the stub; `at` waits for one number's text and says when it had come (`time.monotonic`)."""

    def __init__(self) -> None:
        self.port = ports.pick()
        argv = [sys.executable, "-m", "benchmarks.stub_provider", str(self.port)]
        self._process = subprocess.Popen(
            argv,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            cwd=ROOT,
            preexec_fn=children.bound_to_us(),  # noqa: PLW1509 - nothing runs beside us yet
        )
        self._seen: dict[str, float] = {}
        self._changed = Condition()
        Thread(target=self._listen, daemon=True).start()
        wait_until(lambda: ports.answers(self.port), "the stub provider")

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    def _listen(self) -> None:
        for line in self._process.stdout or ():
            number, _, moment = line.partition(" ")
            with self._changed:
                self._seen[number] = float(moment)
                self._changed.notify_all()

    def at(self, number: str, *, seconds: float = 60) -> float:
        """When the text to `number` arrived. Raises TimeoutError where it does not."""
        with self._changed:
            if not self._changed.wait_for(lambda: number in self._seen, timeout=seconds):
                raise TimeoutError(f"no text to {number} within {seconds} s")
            return self._seen.pop(number)

    def stop(self) -> None:
        """End the process."""
        self._process.terminate()
        self._process.wait(10)
