"""The verbs of Return Home Interviews."""

from rhi.services.allocating import allocate, put_back, say_authority
from rhi.services.contacts import (
    record_answer,
    record_attempt,
    record_held,
    record_offer,
    record_unable,
    settle_concern,
)
from rhi.services.ending import withdraw
from rhi.services.opening import Details, open_for_return, refer
from rhi.services.passing_on import pass_on

__all__ = [
    "Details",
    "allocate",
    "open_for_return",
    "pass_on",
    "put_back",
    "record_answer",
    "record_attempt",
    "record_held",
    "record_offer",
    "record_unable",
    "refer",
    "say_authority",
    "settle_concern",
    "withdraw",
]
