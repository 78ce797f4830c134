"""An installation of its own as a fixture: a copy of this checkout in which `dev.py` is run."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from launcher import children, ports
from launcher.accounts import server_account
from launcher.places import scratch_parent
from tests.processes import ROOT, compiled_in, wait_until

PATIENCE_SECONDS = 1200
# An installation finds its own servers and stand-ins.
LEFT_BEHIND = (
    "TWILIO_BASE_URL",
    "PUBLIC_BASE_URL",
    "DATABASE_URL",
    "REDIS_URL",
    "HARBOUR_ENV",
    "DJANGO_SETTINGS_MODULE",
    "PYTEST_CURRENT_TEST",
)


@dataclass
class Home:
    """A checkout of its own with ports of its own."""

    root: Path
    numbers: list[int] = field(default_factory=lambda: [ports.pick() for _ in range(4)])
    started: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def said(self) -> str:
        """What all starts printed."""
        return (self.root / "said.txt").read_text(errors="replace")

    def run(self, *more: str) -> subprocess.Popen[bytes]:
        """Start `dev.py run` here."""
        names = ("--port", "--public-port", "--sandbox-port", "--mail-port")
        options = [text for pair in zip(names, map(str, self.numbers), strict=True) for text in pair]
        return self.dev("run", *options, *more)

    def dev(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Start any of its commands."""
        env = {name: value for name, value in os.environ.items() if name not in LEFT_BEHIND}
        with (self.root / "said.txt").open("ab") as out:
            process = subprocess.Popen(
                [sys.executable, "dev.py", *arguments],
                cwd=self.root,
                env=compiled_in(self.root, env, {self.root: ROOT}),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
            )
        self.started.append(process)
        return process

    def wait_for(self, start: subprocess.Popen[bytes], words: str, times: int = 1) -> None:
        """Until these words were printed that often; a start that ends first fails with what it said."""

        def printed() -> bool:
            assert self.said.count(words) >= times or start.poll() is None, self.said[-3000:]
            return self.said.count(words) >= times

        wait_until(printed, words, seconds=PATIENCE_SECONDS)

    def answer_of(self, command: subprocess.Popen[bytes]) -> tuple[int, str]:
        """Its exit code and the last line printed."""
        return command.wait(PATIENCE_SECONDS), self.said.strip().splitlines()[-1]

    def alive(self) -> list[int]:
        """The processes that run out of this folder, the launcher's own aside."""
        mine = {process.pid for process in self.started}
        return [
            pid
            for pid in map(int, filter(str.isdigit, os.listdir("/proc")))
            if pid not in mine and self._is_here(pid)
        ]

    def _is_here(self, pid: int) -> bool:
        try:
            words = Path(f"/proc/{pid}/cmdline").read_bytes()
            place = os.readlink(f"/proc/{pid}/cwd")
        except OSError:
            return False
        return children.alive(pid) and (str(self.root).encode() in words or place.startswith(str(self.root)))


@pytest.fixture
def home() -> Iterator[Home]:
    account = server_account()
    root = Path(tempfile.mkdtemp(prefix="harbour-home-", dir=scratch_parent(account)))
    root.chmod(0o755)
    kept = shutil.ignore_patterns(
        ".git", ".venv", "var", "node_modules", "staticfiles", "tests", "__pycache__", ".*_cache"
    )
    shutil.copytree(ROOT, root, dirs_exist_ok=True, ignore=kept)
    (root / ".venv").symlink_to(Path(sys.prefix).resolve(), target_is_directory=True)
    made = Home(root)
    yield made
    for process in made.started:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            process.wait(60)
    shutil.rmtree(root, ignore_errors=True)
