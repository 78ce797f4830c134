"""The secrets of this installation: made once, readable by their owner alone."""

from __future__ import annotations

import base64
import json
import os
import secrets
from pathlib import Path

from launcher.say import Trouble


def load(folder: Path) -> dict[str, str]:
    """The secrets by name, made on first use and kept in `folder` (0700) in one file (0600)."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    file = folder / "keys.json"
    try:
        known = json.loads(file.read_text()) if file.exists() else {}
    except ValueError:
        raise Trouble(
            f"{file} cannot be read; without it the encrypted fields are lost. "
            "Bring it back from a copy, or start anew with `run --fresh`."
        ) from None
    made = {name: value for name, value in _fresh().items() if name not in known}
    if made:
        _write(file, known | made)
    return dict(known | made)


def _fresh() -> dict[str, str]:
    return {
        "SECRET_KEY": secrets.token_urlsafe(50),
        "FIELD_KEYS": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        "INDEX_KEY": secrets.token_urlsafe(32),
        "POSTGRES_OWNER_PASSWORD": secrets.token_hex(24),
        "POSTGRES_PASSWORD": secrets.token_hex(24),
        "POSTGRES_PUBLIC_PASSWORD": secrets.token_hex(24),
        "VALKEY_PASSWORD": secrets.token_hex(24),
    }


def _write(file: Path, values: dict[str, str]) -> None:
    """Whole or not at all: a power cut must not cost the keys."""
    beside = file.with_suffix(".new")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as handle:
        json.dump(values, handle, indent=1)
        handle.flush()
        os.fsync(handle.fileno())
    beside.replace(file)
