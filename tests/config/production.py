"""A production's environment in tests: whole, with invented secrets, to take something away from."""

from __future__ import annotations

import functools
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_KEPT = ("PATH", "HOME", "LANG", "TMPDIR", "LD_LIBRARY_PATH")

WHOLE: Mapping[str, str] = {
    "HARBOUR_ENV": "production",
    "SECRET_KEY": "qE7rT1yU5iO9pA3sD8fG2hJ6kL0zX4cV7bN1mQ5wE9rT3yU8iO2pA6sD",
    "FIELD_KEYS": "cL3p0vYb0Y7oXQ1m8rT2w6nE5kUZJ4hGsDfA9iKxVqM=",
    "INDEX_KEY": "a81f0c3d5e7b92a4c6d8e0f1a3b5c7d9",
    "DATABASE_URL": "postgres://harbour:not-the-real-one@db.invalid:5432/harbour",
    "LEDGER_FOLDER": "/ledger",
    "REDIS_URL": "redis://:not-the-real-one@redis.invalid:6379/0",
    "ALLOWED_HOSTS": "harbour.example.org",
    "STAFF_BASE_URL": "https://harbour.example.org",
    "PUBLIC_BASE_URL": "https://help.example.org",
    "TWILIO_ACCOUNT_SID": "AC" + "0123456789abcdef" * 2,
    "TWILIO_AUTH_TOKEN": "fedcba9876543210" * 2,
    "TWILIO_SENDER": "+447700900000",
    "TLS_PROXY_HEADER": "X-Forwarded-Proto",
    "TRUSTED_PROXIES": "1",
    "EMAIL_HOST": "mail.example.org",
    "DEFAULT_FROM_EMAIL": "Harbour <no-reply@harbour.example>",
}
STAFF_ONLY = frozenset({"INDEX_KEY", "LEDGER_FOLDER", "EMAIL_HOST", "DEFAULT_FROM_EMAIL"})


def environment(given: Mapping[str, str]) -> dict[str, str]:
    """What a process on a server starts with: nothing of this test run but its paths."""
    return {name: os.environ[name] for name in _KEPT if name in os.environ} | dict(given)


_COMPILED = {name: os.environ[name] for name in ("PYTHONPYCACHEPREFIX",) if name in os.environ}


@functools.cache
def _warmed() -> subprocess.Popen[str]:
    """It ends with this process, which closes its standard input."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.config.warmed"],
        env=environment(_COMPILED),
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def start(argv: Sequence[str], given: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a program of the product as a server would, to its end; the libraries alone are loaded already."""
    with tempfile.TemporaryDirectory() as folder:
        out, err = (Path(folder) / name for name in ("out", "err"))
        asked = {"argv": list(argv), "env": environment(given), "told": [str(out), str(err)], "seconds": 120}
        warmed = _warmed()
        assert warmed.stdin is not None
        assert warmed.stdout is not None
        print(json.dumps(asked), file=warmed.stdin, flush=True)
        code = int(warmed.stdout.readline())
        return subprocess.CompletedProcess(argv, code, out.read_text(), err.read_text())
