"""Everything that writes messages. `from foundation.messaging import services as messaging`."""

from foundation.messaging.services import (
    broadcast,
    fanout,
    limits,
    line_settings,
    lines,
    receipts,
    switches,
)
from foundation.messaging.services.addresses_gone import forget_addresses
from foundation.messaging.services.deliveries import find_lost_deliveries
from foundation.messaging.services.erasure import erase_for_owners, erase_inbound, forget_calls
from foundation.messaging.services.expiry import expire_queued, expire_unheard, expire_unheard_deliveries
from foundation.messaging.services.fanout import send_broadcasts
from foundation.messaging.services.gone import tell_gone
from foundation.messaging.services.handover import hand_over_again
from foundation.messaging.services.inbound import hand_over, hand_over_due, take_in
from foundation.messaging.services.inbound_mail import take_in_mail
from foundation.messaging.services.missed import take_missed
from foundation.messaging.services.progress import fold_tallies
from foundation.messaging.services.queue import (
    Cancelled,
    cancel_for_owner,
    queue_message,
    wait_for_recipient,
)
from foundation.messaging.services.receipts import read_statuses, store_raw
from foundation.messaging.services.reconcile import find_lost_claims, reconcile_due, settle_by_person
from foundation.messaging.services.redaction import redact_at_provider
from foundation.messaging.services.send import send_due, send_one
from foundation.messaging.services.settlements import tell_all
from foundation.messaging.services.suppression import is_suppressed, lift, suppress

__all__ = [
    "Cancelled",
    "broadcast",
    "cancel_for_owner",
    "erase_for_owners",
    "erase_inbound",
    "expire_queued",
    "expire_unheard",
    "expire_unheard_deliveries",
    "fanout",
    "find_lost_claims",
    "find_lost_deliveries",
    "fold_tallies",
    "forget_addresses",
    "forget_calls",
    "hand_over",
    "hand_over_again",
    "hand_over_due",
    "is_suppressed",
    "lift",
    "limits",
    "line_settings",
    "lines",
    "queue_message",
    "read_statuses",
    "receipts",
    "reconcile_due",
    "redact_at_provider",
    "send_broadcasts",
    "send_due",
    "send_one",
    "settle_by_person",
    "store_raw",
    "suppress",
    "switches",
    "take_in",
    "take_in_mail",
    "take_missed",
    "tell_all",
    "tell_gone",
    "wait_for_recipient",
]
