"""Real processes for tests: started with this process's DATABASE_URL and REDIS_URL, always stopped."""

from __future__ import annotations

import contextlib
import os
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import Popen

from foundation.sandbox.control import Control
from launcher import children, ports

ROOT = Path(__file__).resolve().parents[1]
LANES = ("alert", "urgent", "normal", "bulk")
# Nothing waits so long where all is well: a busy machine is not a fault.
READY_SECONDS = 180


@dataclass
class Processes:
    """What one test started. `folder` takes a log per process."""

    folder: Path
    env: Mapping[str, str] = field(default_factory=dict)
    running: dict[str, Popen[bytes]] = field(default_factory=dict)

    def start(self, name: str, argv: Sequence[str], **extra: str) -> Popen[bytes]:
        """Start a process with the environment as it is now and `extra` on top."""
        env = {**os.environ, **self.env, **extra}
        process = children.spawn(argv, env=env, log=self.folder / f"{name}.log", cwd=ROOT)
        self.running[name] = process
        return process

    def worker(
        self, lane: str, *, pool: str = "prefork", concurrency: int = 1, include: str = "", **extra: str
    ) -> Popen[bytes]:
        """Start `celery -A config worker` on one lane; `wait_for_workers` says when it takes work.

        `include` names a module with tasks of a test's own.
        """
        argv = [sys.executable, "-m", "celery", "-A", "config", "worker", "-Q", lane, "-n", f"{lane}@test"]
        argv += ["--pool", pool, "--concurrency", str(concurrency), "--loglevel", "INFO"]
        argv += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
        argv += ["--include", include] if include else []
        return self.start(f"worker-{lane}", argv, **extra)

    def beat(self) -> Popen[bytes]:
        """Start `celery -A config beat`."""
        schedule = self.folder / "beat-schedule"
        argv = [sys.executable, "-m", "celery", "-A", "config", "beat", "-s", str(schedule), "--pidfile="]
        return self.start("beat", argv)

    def web(self, name: str, urlconf: str, *, port: int = 0, **extra: str) -> str:
        """Start gunicorn on one of the two sites; returns its base URL once it answers."""
        port = port or ports.pick()
        argv = [sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}"]
        argv += ["--workers", "1", "--threads", "8", "--access-logfile", "-", "--no-control-socket"]
        process = self.start(name, argv, ROOT_URLCONF=urlconf, **extra)
        base = f"http://127.0.0.1:{port}"
        self.wait(name, process, lambda: answers(f"{base}/health/live/"))
        return base

    def provider(self, *, port: int) -> Control:
        """Start the stand-in text and mail provider; its address must be in the environment already."""
        process = self.start("provider", [sys.executable, "manage.py", "sandbox_provider"])
        base = f"http://127.0.0.1:{port}"
        self.wait("provider", process, lambda: answers(f"{base}/control/health"))
        return Control(base)

    def wait_for_workers(self, *lanes: str) -> None:
        """Wait until the workers of these lanes answer a ping over the broker."""
        from config.celery import app

        wanted = {f"{lane}@test" for lane in lanes}

        def all_answer() -> bool:
            for name in wanted:
                self.check_alive(f"worker-{name.partition('@')[0]}")
            found = app.control.ping(destination=sorted(wanted), timeout=0.5) or []
            return wanted <= {name for answer in found for name in answer}

        wait_until(all_answer, f"workers {sorted(wanted)} to answer", seconds=READY_SECONDS)

    def wait(self, name: str, process: Popen[bytes], condition: Callable[[], bool]) -> None:
        """Wait for a process to be ready, failing with its log when it dies first."""

        def ready() -> bool:
            self.check_alive(name)
            return condition()

        wait_until(ready, f"{name} to be ready", seconds=READY_SECONDS)

    def check_alive(self, name: str) -> None:
        """Fail with the end of its log when the process is gone."""
        code = self.running[name].poll()
        if code is not None:
            raise AssertionError(f"{name} ended with {code}:\n{self.log(name)[-3000:]}")

    def log(self, name: str) -> str:
        """What the process has written."""
        path = self.folder / f"{name}.log"
        return path.read_text(errors="replace") if path.exists() else ""

    def kill(self, name: str) -> None:
        """kill -9, with everything it started."""
        process = self.running.pop(name)
        children.kill_group(process.pid)
        process.wait(10)

    def stop(self, name: str) -> None:
        """Ask it to end; kill it if it does not."""
        children.stop(self.running.pop(name), patience_seconds=8)

    def stop_all(self) -> None:
        """Ask all at once, so that they end side by side."""
        for process in self.running.values():
            if process.poll() is None:
                process.terminate()
        for name in reversed(list(self.running)):
            self.stop(name)


def compiled_in(folder: Path, env: Mapping[str, str], same: Mapping[Path, Path]) -> dict[str, str]:
    """That environment for a copy of the product: what is compiled of it is kept there, and goes with it.

    `same` says where the copy has what stands here too, of the same age: that is compiled already.
    """
    kept = env.get("PYTHONPYCACHEPREFIX")
    if not kept:
        return dict(env)
    own = folder / ".pycache"
    for there, here in {Path(sys.base_prefix): Path(sys.base_prefix), **same}.items():
        compiled, link = _under(Path(kept), here), _under(own, there)
        compiled.mkdir(parents=True, exist_ok=True)
        link.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(FileExistsError):
            link.symlink_to(compiled, target_is_directory=True)
    return {**env, "PYTHONPYCACHEPREFIX": str(own)}


def _under(prefix: Path, path: Path) -> Path:
    """Where Python keeps what it compiles of `path`."""
    return prefix / path.relative_to(path.anchor)


def answers(url: str) -> bool:
    """Whether a web server gives any answer below 500 here."""
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return answer.status < 500
    except urllib.error.HTTPError as problem:
        return problem.code < 500
    except OSError:
        return False


def wait_until(condition: Callable[[], bool], what: str, *, seconds: float = 60.0) -> None:
    """Poll until true; fail by name when it takes longer."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {seconds:.0f} s for {what}")
        time.sleep(0.05)
