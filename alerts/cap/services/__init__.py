"""Every verb of CAP. `from alerts.cap import services as cap`."""

from alerts.cap.services.arriving import keep_call, read_arrivals
from alerts.cap.services.deciding import dismiss, record_read, show_to_force, take_up
from alerts.cap.services.forgetting import arrivals_due, drop_arrivals, erase_words, messages_due
from alerts.cap.services.freezing import clear_pictures, freeze_message
from alerts.cap.services.pushing import heard, may_go, push, signing
from alerts.cap.services.targets import add_target, remove_target, turn_off, turn_on

__all__ = [
    "add_target",
    "arrivals_due",
    "clear_pictures",
    "dismiss",
    "drop_arrivals",
    "erase_words",
    "freeze_message",
    "heard",
    "keep_call",
    "may_go",
    "messages_due",
    "push",
    "read_arrivals",
    "record_read",
    "remove_target",
    "show_to_force",
    "signing",
    "take_up",
    "turn_off",
    "turn_on",
]
