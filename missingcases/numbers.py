"""Telephone numbers as they are kept: E.164, with a blind index by which equal ones are found. Pure."""

from __future__ import annotations

import phonenumbers

from foundation.exceptions import Invalid
from foundation.fields import blind_index

PHONE_PURPOSE = "phone"


def number_key(number: str) -> str:
    """The blind index of a number in E.164, by which equal numbers are found."""
    return blind_index(number, purpose=PHONE_PURPOSE)


def read_number(raw: str) -> tuple[str, bool]:
    """A number as written, as (E.164, whether it is foreign). Raises `Invalid`."""
    try:
        parsed = phonenumbers.parse(raw, "GB")
    except phonenumbers.NumberParseException:
        raise Invalid({"number": "This is not a telephone number."}) from None
    if not phonenumbers.is_possible_number(parsed):
        raise Invalid({"number": "This number has too few or too many digits."})
    e164 = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    return e164, parsed.country_code != 44
