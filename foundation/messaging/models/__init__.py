"""Messages, their logs, receipts, suppressions and switches."""

from foundation.messaging.models.broadcast import (
    Broadcast,
    BroadcastPart,
    ClaimBatch,
    Delivery,
    DeliveryEntry,
    DeliveryTally,
    GoneAddress,
)
from foundation.messaging.models.control import RateLimit, Suppression, Switch
from foundation.messaging.models.line import Line
from foundation.messaging.models.message import Attempt, Message, SettlementRow
from foundation.messaging.models.receipts import Inbound, RawCallback, Receipt

__all__ = [
    "Attempt",
    "Broadcast",
    "BroadcastPart",
    "ClaimBatch",
    "Delivery",
    "DeliveryEntry",
    "DeliveryTally",
    "GoneAddress",
    "Inbound",
    "Line",
    "Message",
    "RateLimit",
    "RawCallback",
    "Receipt",
    "SettlementRow",
    "Suppression",
    "Switch",
]
