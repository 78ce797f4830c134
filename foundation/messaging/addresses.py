"""Addresses of every channel in one written form, so that equal ones have equal keys."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email

from foundation.messaging import numbers
from foundation.messaging.enums import Channel
from foundation.messaging.exceptions import InvalidAddress, NotDialable
from foundation.messaging.gateways.dialling import may_dial
from foundation.messaging.web_push import subscriptions

_is_url = URLValidator(schemes=["https", "http"])


def normalise(channel: str, to: str) -> str:
    """`to` as the channel writes it. Raises `InvalidAddress`."""
    if channel == Channel.SMS:
        return numbers.normalise(to)
    try:
        if channel == Channel.EMAIL:
            validate_email(to.strip())
            return to.strip().lower()
        if channel == Channel.WEB_PUSH:
            return subscriptions.checked(to).line
        _is_url(to.strip())
    except (ValidationError, subscriptions.BadSubscription):
        raise InvalidAddress("This is not an address a message could go to.") from None
    return to.strip()


def check_dialable(channel: str, to: str) -> None:
    """Raise `NotDialable` for a number that this installation must not dial."""
    if channel == Channel.SMS and not may_dial(to):
        raise NotDialable("Outside production only drama-range or allow-listed numbers are dialled.")
