"""The keys of the form of Say Something (foundation.form_keys)."""

from __future__ import annotations

from foundation.form_keys import FormKeys, Unfit

MOST_A_MINUTE = 120
_OWN = FormKeys("families.say_something", MOST_A_MINUTE)
new_key, read_key, is_flooded = _OWN.new_key, _OWN.read_key, _OWN.is_flooded

__all__ = ["MOST_A_MINUTE", "Unfit", "is_flooded", "new_key", "read_key"]
