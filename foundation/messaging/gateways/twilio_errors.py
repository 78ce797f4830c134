"""Twilio's error codes as policy: what each says to a person, and whether trying again can help.

Source: Twilio's error and warning dictionary (twilio.com/docs/api/errors). `HELD` codes are faults
of our own account or set-up: nothing was sent, and once somebody mends it the message may go.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Meaning:
    """`reason` in plain words, without a number or a name; `permanent` and `retry_after` as in base."""

    reason: str
    permanent: bool = True
    retry_after: timedelta | None = None


_HELD = timedelta(minutes=2)
_BUSY = timedelta(seconds=5)


def _held(reason: str) -> Meaning:
    return Meaning(reason, permanent=False, retry_after=_HELD)


MEANINGS: dict[int, Meaning] = {
    # Refused when we asked: nothing was sent.
    20003: _held("The text provider did not accept our sign-in."),
    20005: _held("Our account with the text provider is not active."),
    20006: _held("Our account with the text provider may not send."),
    20008: _held("Test credentials are in use, which cannot send."),
    20404: _held("Our account or sender was not found at the text provider."),
    20429: Meaning("The text provider is too busy.", permanent=False, retry_after=_BUSY),
    14107: Meaning("The text provider is too busy.", permanent=False, retry_after=_BUSY),
    21211: Meaning("The number is not a valid phone number."),
    21212: _held("Our sender is not valid at the text provider."),
    21214: Meaning("The number cannot be reached."),
    21217: Meaning("The number is not a valid phone number."),
    21219: Meaning("The trial account may not text this number."),
    21265: Meaning("Texts cannot be sent to a short code."),
    21266: Meaning("The number is our own sender."),
    21408: Meaning("Texts to this country are not switched on."),
    21602: Meaning("The text was empty."),
    21603: _held("No sender was given to the text provider."),
    21604: Meaning("No number was given."),
    21606: _held("Our sender cannot send texts."),
    21608: Meaning("The trial account may not text this number."),
    21609: _held("The address for receipts is not valid at the text provider."),
    21610: Meaning("The person holding this phone has opted out."),
    21611: Meaning("Our sender has too many texts waiting.", permanent=False, retry_after=_BUSY),
    21612: Meaning("The number cannot be reached from our sender."),
    21614: Meaning("The number is not a mobile number."),
    21617: Meaning("The text is too long."),
    21659: _held("Our sender is not a number of our account."),
    21660: _held("Our sender is not a number of our account."),
    21701: _held("The messaging service does not exist."),
    21703: _held("The messaging service has no number that can send."),
    21705: _held("The messaging service is not valid."),
    30028: _held("Number redaction is not switched on for our account."),
    30029: _held("Text redaction is not switched on for our account."),
    # Taken, and then not delivered: these come in receipts.
    30001: Meaning("The text provider's queue was full."),
    30002: Meaning("Our account with the text provider was suspended."),
    30003: Meaning("The phone was off or could not be reached."),
    30004: Meaning("The network or the phone blocked the text."),
    30005: Meaning("The number is unknown or no longer in use."),
    30006: Meaning("The number is a landline or cannot take texts."),
    30007: Meaning("The network filtered the text."),
    30008: Meaning("The network gave no reason."),
    30010: Meaning("The text cost more than allowed."),
    30019: Meaning("The phone's memory was full."),
    30032: Meaning("Our sender is not verified."),
    30034: Meaning("Our sender is not registered."),
    30036: Meaning("The text was too old to send when its turn came."),
    30410: Meaning("The network did not answer in time."),
}

_UNLISTED = Meaning("The text provider refused it.")
_UNLISTED_BUSY = Meaning("The text provider is too busy.", permanent=False)
_UNLISTED_HELD = _held("The text provider did not accept our sign-in.")


def meaning_of(code: int | str | None, *, status: int = 400) -> Meaning:
    """What an error code says; for one that is not listed, what its HTTP `status` says."""
    try:
        known = MEANINGS.get(int(code or 0))
    except ValueError:
        known = None
    if known is not None:
        return known
    if status == 429:
        return _UNLISTED_BUSY
    return _UNLISTED_HELD if status in {401, 403} else _UNLISTED
