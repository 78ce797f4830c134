"""Messages, their logs, receipts, suppressions and switches."""

from foundation.messaging.models.broadcast import Broadcast, Delivery, DeliveryEntry, Pace
from foundation.messaging.models.control import RateLimit, Suppression, Switch
from foundation.messaging.models.message import Attempt, Message, SettlementRow
from foundation.messaging.models.receipts import Inbound, RawCallback, Receipt

__all__ = [
    "Attempt",
    "Broadcast",
    "Delivery",
    "DeliveryEntry",
    "Inbound",
    "Message",
    "Pace",
    "RateLimit",
    "RawCallback",
    "Receipt",
    "SettlementRow",
    "Suppression",
    "Switch",
]
