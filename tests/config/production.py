"""A production's environment in tests: whole, with invented secrets, to take something away from."""

from __future__ import annotations

import os
import subprocess
import sys
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


def start(argv: Sequence[str], given: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a program of the product as a server would, to its end."""
    return subprocess.run(
        [sys.executable, *argv],
        env=environment(given),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
