"""The browser that the browser tests drive: an installed one, or one that is fetched."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from launcher import say
from launcher.places import venv_python

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
# Quiet: no updates, no reports, no first-run pages, no protocol that a test cannot watch.
QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)


def arguments() -> list[str]:
    """The command line of the browser; Chromium's sandbox does not start as root."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return [*QUIET, *(["--no-sandbox"] if is_root else [])]


def find() -> Path | None:
    """An installed Chromium or Chrome, or Playwright's own."""
    named = os.environ.get("HARBOUR_BROWSER")
    if named and Path(named).exists():
        return Path(named)
    for name in NAMES:
        found = shutil.which(name)
        if found:
            return Path(found)
    for path in map(Path, MAC):
        if path.exists():
            return path
    return _playwrights_own()


def _playwrights_own() -> Path | None:
    folders = [
        Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache" / "ms-playwright"),
        Path.home() / "Library" / "Caches" / "ms-playwright",
    ]
    for folder in folders:
        for pattern in ("chromium-*/chrome-linux*/chrome", "chromium-*/chrome-mac*/*.app/Contents/MacOS/*"):
            found = sorted(folder.glob(pattern))
            if found:
                return found[-1]
    return None


def get() -> Path | None:
    """Find a browser or fetch one: the system's package as root, else Playwright's own download."""
    found = find()
    if found:
        return found
    if sys.platform == "linux" and os.geteuid() == 0 and shutil.which("apt-get"):
        say.step("no browser found: installing the package `chromium`.")
        env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for step in (["update", "-q"], ["install", "-y", "-q", "--no-install-recommends", "chromium"]):
            _quietly(["apt-get", *step], env)
        if found := find():
            return found
    say.step("no browser found: asking Playwright to download its own.")
    _quietly([str(venv_python()), "-m", "playwright", "install", "chromium"], dict(os.environ))
    return find()


def _quietly(argv: list[str], env: dict[str, str]) -> None:
    try:
        done = subprocess.run(
            argv, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=600, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as problem:
        say.trouble(f"{argv[0]}: {problem}")
        return
    if done.returncode:
        words = (done.stderr or done.stdout).strip().splitlines()
        say.trouble(f"{' '.join(argv[:3])}: {words[-1] if words else 'failed'}")
