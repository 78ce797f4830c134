"""The arithmetic of the seal: what is hashed and how it is chained. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

# What the first entry is chained to.
GENESIS = sha256(b"harbour audit trail").hexdigest()
# Every stored column, by name, so that adding one later does not change old hashes.
SEALED_FIELDS = (
    "id",
    "recorded_at",
    "action",
    "user_id",
    "client_id",
    "organisation_id",
    "on_behalf_of_id",
    "target",
    "target_id",
    "target_ids",
    "incident_id",
    "fields",
    "from_state",
    "to_state",
    "reason_id",
    "outside_own_work",
    "source",
    "request_id",
)


def _plain(value: Any) -> Any:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value


def link(previous: str, entry: Mapping[str, Any]) -> str:
    """The digest (64 hex digits) of `entry` chained to the digest before it."""
    body = json.dumps({name: _plain(entry[name]) for name in SEALED_FIELDS}, sort_keys=True)
    return sha256(f"{previous}\n{body}".encode()).hexdigest()
