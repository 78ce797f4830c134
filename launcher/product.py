"""The processes Harbour consists of, and the commands of it that the launcher calls."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from launcher import children
from launcher.places import ROOT, venv_python
from launcher.say import Trouble
from launcher.supervisor import Program

# Lane and threads. The names are those of config.celery.LANES (held together by a test). Threads,
# as the work is waiting for a provider, and as Celery's process pool needs a writable /dev/shm.
LANES = {"alert": 4, "urgent": 4, "normal": 2, "bulk": 2}
# A ninth of the share of a process that has none, where both want a processor.
PUBLIC_NICENESS = 10
FLOORS = (
    "config",
    "foundation",
    "missingcases",
    "textsafe",
    "appeals",
    "alerts",
    "rhi",
    "families",
    "partners",
    "reports",
)


def has_command(name: str) -> bool:
    """Whether some app brings `manage.py <name>`."""
    return any(
        next((ROOT / floor).glob(f"**/management/commands/{name}.py"), None) is not None for floor in FLOORS
    )


def manage(env: Mapping[str, str], *arguments: str, log: Path | None = None) -> str:
    """Run a management command to its end and return what it printed. Raises Trouble with its last line."""
    argv = [str(venv_python()), "manage.py", *arguments]
    done = subprocess.run(
        argv,
        env=dict(env),
        cwd=ROOT,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
        preexec_fn=children.bound_to_us(),
    )
    if log:
        log.write_text(done.stdout + done.stderr)
    if done.returncode:
        lines = (done.stderr or done.stdout).strip().splitlines()
        hint = f" (more in {log})" if log else ""
        raise Trouble(f"`manage.py {arguments[0]}` failed: {lines[-1] if lines else 'it said nothing'}{hint}")
    return done.stdout


def staff_site(host: str, port: int) -> Program:
    """What police and the charity work with."""
    return Program("staff site", _web(host, port, workers=2), {"ROOT_URLCONF": "config.urls"})


def public_site(host: str, port: int) -> Program:
    """What everybody sees. However many read an alert, the duty desk has the processors first."""
    argv = _web(host, port, workers=1)
    if shutil.which("nice"):
        argv = ["nice", "-n", str(PUBLIC_NICENESS), *argv]
    return Program("public site", argv, {"ROOT_URLCONF": "config.public_urls"})


def _web(host: str, port: int, *, workers: int) -> list[str]:
    argv = _python("gunicorn", "config.wsgi", "--bind", f"{host}:{port}", "--workers", str(workers))
    return [*argv, "--threads", "4", "--graceful-timeout", "5", "--no-control-socket"]


def background(state: Path, host: str, sandbox_port: int, mail_port: int) -> list[Program]:
    """A worker per lane, beat, and the sandbox provider."""
    found = [_worker(lane, threads) for lane, threads in LANES.items()]
    found.append(
        Program("beat", _python("celery", "-A", "config", "beat", "--pidfile=", "-s", str(state / "beat")))
    )
    if has_command("sandbox_provider"):
        argv = [str(venv_python()), "manage.py", "sandbox_provider", "--host", host]
        argv += ["--port", str(sandbox_port), "--mail-port", str(mail_port)]
        found.append(Program("sandbox provider", argv))
    return found


def _worker(lane: str, threads: int) -> Program:
    argv = _python("celery", "-A", "config", "worker", "-Q", lane, "-n", f"{lane}@harbour")
    argv += ["--pool", "threads", "--concurrency", str(threads), "--loglevel", "INFO"]
    argv += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    return Program(f"worker {lane}", argv)


def _python(module: str, *rest: str) -> list[str]:
    return [str(venv_python()), "-m", module, *rest]


def sign_ins(env: Mapping[str, str]) -> list[str]:
    """What the product says of who can sign in to the demonstration, a line each."""
    if not has_command("demo_sign_ins"):
        return []
    return [text.rstrip() for text in manage(env, "demo_sign_ins").splitlines() if text.startswith("  ")]
