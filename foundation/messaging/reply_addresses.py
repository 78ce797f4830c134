"""Addresses that an e-mail of ours is answered to: which message it was can be read back, and not guessed.

``helpline@charity.example`` becomes ``helpline+2s-9f3c...@charity.example``: the message's key, and a keyed
digest of it. Nothing of it is stored, so nobody learns it from the database.
"""

from __future__ import annotations

import re

from django.conf import settings
from django.utils.crypto import constant_time_compare
from django.utils.http import base36_to_int, int_to_base36

from foundation.fields import blind_index

_DIGEST = 24
_TAG = re.compile(r"(?P<key>[0-9a-z]{1,13})-(?P<digest>[0-9a-f]{24})")


def reply_address(message_id: int) -> str:
    """Where an answer to this message goes; empty where no mail is taken in."""
    local, at, domain = settings.INBOUND_MAIL_ADDRESS.rpartition("@")
    return f"{local}+{int_to_base36(message_id)}-{_digest(message_id)}@{domain}" if at else ""


def message_at(address: str) -> int | None:
    """The key of the message that is answered at this address; None where the tag is none of ours."""
    local = address.strip().lower().rpartition("@")[0]
    found = _TAG.fullmatch(local.partition("+")[2])
    if found is None:
        return None
    key = base36_to_int(found["key"])
    return key if constant_time_compare(_digest(key), found["digest"]) else None


def _digest(message_id: int) -> str:
    return blind_index(str(message_id), purpose="messaging.reply_address")[:_DIGEST]
