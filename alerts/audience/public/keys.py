"""The keys of the forms, and how often a code may be tried (foundation.form_keys)."""

from __future__ import annotations

from uuid import UUID

from django.core.cache import caches
from redis.exceptions import RedisError

from foundation.form_keys import FormKeys, Unfit

# An alert brings many who never heard of it before.
MOST_A_MINUTE = 600
MOST_TRIES = 5
_OWN = FormKeys("alerts.audience", MOST_A_MINUTE)
new_key, read_key, is_flooded = _OWN.new_key, _OWN.read_key, _OWN.is_flooded


def is_tried_too_often(form_key: UUID) -> bool:
    """Count one try at the code that a form asked for. Where nothing can be counted no code is taken."""
    key = f"alerts.audience.code:{form_key.hex}"
    try:
        caches["fast"].add(key, 0, 3600)
        return int(caches["fast"].incr(key)) > MOST_TRIES
    except (RedisError, OSError, ValueError):
        return True


__all__ = ["MOST_A_MINUTE", "MOST_TRIES", "Unfit", "is_flooded", "is_tried_too_often", "new_key", "read_key"]
