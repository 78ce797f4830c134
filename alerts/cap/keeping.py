"""What CAP keeps about people: it answers them by way of the alert, and its words have an end."""

from __future__ import annotations

from alerts.cap import deadlines, services
from foundation.contributions import Retention
from foundation.keeping import Holding, subject_access

_OF_THE_ALERT = "notice__alert__force"
_OTHERS = "What another system sent is that system's; ask its sender."
HOLDINGS = (
    Holding(
        "cap.CapMessage",
        "notice",
        "Message of an alert to partners",
        "sent",
        ("identifier", "msg_type", "status", "sent"),
        _OF_THE_ALERT,
        "It says what the text of the alert says.",
    ),
    Holding("cap.CapMessage", "first", "Message received", "sent", (), _OF_THE_ALERT, _OTHERS),
    Holding(
        "cap.Push",
        "cap_message",
        "Message to one partner",
        "created_at",
        (),
        f"cap_message__{_OF_THE_ALERT}",
        "Which partner got it is given with what was sent.",
    ),
    Holding(
        "cap.CapProposal",
        "alert",
        "Alert of the national system that was taken up",
        "decided_at",
        ("reference", "status"),
        "alert__force",
        _OTHERS,
    ),
    Holding(
        "cap.CapProposal",
        "message",
        "Alert of the national system",
        "message__received_at",
        (),
        f"message__{_OF_THE_ALERT}",
        _OTHERS,
    ),
    Holding(
        "cap.CapArrival",
        "message",
        "Call of the national system",
        "received_at",
        (),
        f"message__{_OF_THE_ALERT}",
        _OTHERS,
    ),
)
SUBJECT_ACCESS = subject_access(HOLDINGS)

RETENTION = (
    Retention(
        "cap.CapMessage",
        "notice",
        "The words of a sent message for a year, of a received one for 90 days; that it went stays.",
        deadlines.KEEP_SENT,
        services.messages_due,
        services.erase_words,
        whose=_OF_THE_ALERT,
    ),
    Retention("cap.CapMessage", "first", "As the message it belongs to."),
    Retention("cap.Push", "cap_message", "It holds no words, and stays with the message."),
    Retention("cap.CapProposal", "alert", "It holds no words of the message, and stays with the alert."),
    Retention("cap.CapProposal", "message", "It holds no words of the message, and stays with it."),
    Retention(
        "cap.CapArrival",
        "message",
        "A month, for looking into what a sender says was lost; its words go when it is read.",
        deadlines.KEEP_ARRIVALS,
        services.arrivals_due,
        services.drop_arrivals,
    ),
)
