"""Every verb of Say Something. `from families.say_something import services as say_something`."""

from families.say_something.services.taking import (
    read_submissions,
    take_call,
    take_form,
    take_text,
)
from families.say_something.services.triage import (
    forget_words,
    raise_intelligence,
    record_read,
    set_aside,
    take_up_again,
)

__all__ = [
    "forget_words",
    "raise_intelligence",
    "read_submissions",
    "record_read",
    "set_aside",
    "take_call",
    "take_form",
    "take_text",
    "take_up_again",
]
