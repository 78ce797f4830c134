"""The log of deliveries: one line an ending or a receipt."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils import timezone

from foundation.messaging.enums import AttemptOutcome

# Broadcast, number, outcome, code, the provider's id.
Line = tuple[int, int, str, str, str]
_COPY = """
COPY messaging_deliveryentry (broadcast_id, number, at, outcome, code, provider_id) FROM STDIN
"""
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def write_entries(ids: Iterable[Any], outcome: AttemptOutcome, *, code: str = "") -> None:
    """Append the same line for each delivery, named by its (broadcast, number)."""
    write_lines(((one[0], one[1], outcome.value, code, "") for one in ids), at=timezone.now())


def write_lines(lines: Iterable[Line], *, at: datetime) -> None:
    """Append a line each, by COPY: a million of them are written while an alert goes out."""
    text = "".join(
        f"{broadcast}\t{number}\t{at.isoformat()}\t{outcome}\t{code.translate(_ESCAPES)}"
        f"\t{provider_id.translate(_ESCAPES)}\n"
        for broadcast, number, outcome, code, provider_id in lines
    )
    if not text:
        return
    with connection.cursor() as cursor:
        cursor.copy_expert(_COPY, io.StringIO(text))
