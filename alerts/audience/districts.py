"""Postcodes, as people write them, down to their district. Pure; nothing finer is ever kept."""

from __future__ import annotations

import re

# Royal Mail: outward code of one or two letters and a district; inward code of a digit and two letters.
_POSTCODE = re.compile(r"(?P<district>[A-Z]{1,2}\d[A-Z\d]?)(?:\d[A-Z]{2})?")


def district_of(text: str) -> str | None:
    """The district of a postcode or a district ("sw9 8jq", "SW9": SW9); None where it is neither."""
    plain = re.sub(r"[\s.-]", "", text).upper()
    if len(plain) > 4 and (whole := re.fullmatch(r"([A-Z]{1,2}\d[A-Z\d]?)\d[A-Z]{2}", plain)):
        return whole[1]
    found = _POSTCODE.fullmatch(plain)
    return found["district"] if found else None
