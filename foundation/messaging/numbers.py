"""Phone numbers as the world writes them: E.164, and what kind of line they belong to.

The numbering knowledge is `phonenumbers`'; to it the invented ranges (`gateways.dialling`) are no valid
numbers, so they are told apart here.
"""

from __future__ import annotations

import enum

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberType

from foundation.fields import blind_index
from foundation.messaging.enums import Channel
from foundation.messaging.exceptions import InvalidAddress
from foundation.messaging.gateways.dialling import is_invented
from foundation.messaging.web_push.subscriptions import endpoint_of

HOME = "GB"
HOME_CODE = 44
_DRAMA_LANDLINES = ("+441", "+442", "+443", "+448", "+449")


class LineKind(enum.Enum):
    """What sort of line a number is, as far as the number tells."""

    MOBILE = "mobile"
    LANDLINE = "landline"
    VOIP = "voip"
    OTHER = "other"
    UNKNOWN = "unknown"


_KINDS = {
    PhoneNumberType.MOBILE: LineKind.MOBILE,
    PhoneNumberType.FIXED_LINE: LineKind.LANDLINE,
    PhoneNumberType.VOIP: LineKind.VOIP,
    # Some plans do not tell mobile from landline (North America): nobody can say.
    PhoneNumberType.FIXED_LINE_OR_MOBILE: LineKind.UNKNOWN,
    PhoneNumberType.UNKNOWN: LineKind.UNKNOWN,
}


def normalise(raw: str) -> str:
    """`raw` as E.164, read as a UK number unless it says otherwise. Raises `InvalidAddress`."""
    try:
        number = phonenumbers.parse(raw, HOME)
    except NumberParseException:
        raise InvalidAddress("This is not a phone number.") from None
    written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    if not (is_invented(written) or phonenumbers.is_valid_number(number)):
        raise InvalidAddress("No such phone number can exist.")
    return written


def line_kind(number: str) -> LineKind:
    """What sort of line an E.164 number is. An invented number counts as the line it plays."""
    if is_invented(number):
        return LineKind.LANDLINE if number.startswith(_DRAMA_LANDLINES) else LineKind.MOBILE
    return _KINDS.get(phonenumbers.number_type(phonenumbers.parse(number)), LineKind.OTHER)


def is_foreign(number: str) -> bool:
    """Whether an E.164 number lies outside +44."""
    return phonenumbers.parse(number).country_code != HOME_CODE


def key_of(channel: str, to: str) -> str:
    """The blind index of a normalised address: equal addresses match, nothing can be read back.

    A browser's subscription is its endpoint, whatever its keys.
    """
    to = endpoint_of(to) if channel == Channel.WEB_PUSH else to
    return blind_index(to, purpose=f"messaging.{Channel(channel).value}")
