"""Numbers with which something always goes the same way, as Twilio's test numbers do.

Twilio's own test numbers (twilio.com/docs/iam/test-credentials) end in the same digits as ours.
"""

from __future__ import annotations

from dataclasses import dataclass

from foundation.sandbox.enums import FaultKind

# The stand-in account's own number.
OWN_NUMBER = "+447700900000"
OWN_SHORT_CODE = "60777"


@dataclass(frozen=True, slots=True)
class Magic:
    """What a number does: refused with `refuse`, undelivered with `fail`, or as a `fault`."""

    words: str
    refuse: int | None = None
    fail: int | None = None
    fault: FaultKind | None = None
    seconds: float = 0


_REFUSED = {
    "1": Magic("Refused: not a valid number", refuse=21211),
    "2": Magic("Refused: cannot be reached from this sender", refuse=21612),
    "3": Magic("Refused: country not switched on", refuse=21408),
    "4": Magic("Refused: opted out", refuse=21610),
    "9": Magic("Refused: not a mobile number", refuse=21614),
}

MAGIC: dict[str, Magic] = {
    **{f"+1500555000{digit}": magic for digit, magic in _REFUSED.items()},
    **{f"+44770090090{digit}": magic for digit, magic in _REFUSED.items()},
    "+447700900921": Magic("Undelivered: phone off or out of reach", fail=30003),
    "+447700900922": Magic("Undelivered: blocked", fail=30004),
    "+447700900923": Magic("Undelivered: unknown number", fail=30005),
    "+447700900924": Magic("Undelivered: landline", fail=30006),
    "+447700900925": Magic("Undelivered: filtered by the network", fail=30007),
    "+447700900926": Magic("Undelivered: no reason given", fail=30008),
    "+447700900930": Magic("Delivered, but every receipt is lost", fault=FaultKind.RECEIPTS_LOST),
    "+447700900931": Magic("Every receipt comes twice", fault=FaultKind.RECEIPTS_DOUBLED),
    "+447700900932": Magic("Receipts come in the wrong order", fault=FaultKind.RECEIPTS_REVERSED),
    "+447700900933": Magic("Receipts are forged", fault=FaultKind.RECEIPTS_FORGED),
    "+447700900940": Magic("Too many requests, always", fault=FaultKind.BUSY, seconds=5),
    "+447700900941": Magic("Provider fault, not accepted", fault=FaultKind.FAULT),
    "+447700900942": Magic("Connection cut after accepting", fault=FaultKind.CUT_AFTER),
    "+447700900943": Magic("Accepted, then answered after 30 seconds", fault=FaultKind.SLOW, seconds=30),
}

# As the sender, likewise from Twilio's list.
MAGIC_SENDERS: dict[str, int] = {"+15005550001": 21212, "+15005550007": 21606, "+15005550008": 21611}
GOOD_SENDERS = frozenset({OWN_NUMBER, OWN_SHORT_CODE, "+15005550006"})
