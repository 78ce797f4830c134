"""Every verb of their own voice. `from missingcases.voice import services as voice`."""

from missingcases.voice.services.answering import (
    answer_for_them,
    note_words_read,
    read_submissions,
    take_form,
    take_words_out,
)
from missingcases.voice.services.asking import ask, show_link, withdraw
from missingcases.voice.services.ending import end_due, forget_whom, forget_words, withdraw_for_incident
from missingcases.voice.services.sending import GUARD, SERVICE, check, send_link, settle

__all__ = [
    "GUARD",
    "SERVICE",
    "answer_for_them",
    "ask",
    "check",
    "end_due",
    "forget_whom",
    "forget_words",
    "note_words_read",
    "read_submissions",
    "send_link",
    "settle",
    "show_link",
    "take_form",
    "take_words_out",
    "withdraw",
    "withdraw_for_incident",
]
