"""Whom we may dial at all: outside production, nobody but invented and allow-listed numbers."""

from __future__ import annotations

import re

from django.conf import settings

# Numbers that belong to nobody. Ofcom's ranges for drama (ofcom.org.uk, "Telephone numbers for use
# in TV and radio drama programmes") and Twilio's own test numbers.
_INVENTED = re.compile(
    r"""^\+(?:
        447700900\d{3}              # mobile
      | 441632960\d{3}              # no area
      | 44(?:113|114|115|116|117|118|121|131|141|151|161)4960\d{3}
      | 441914980\d{3} | 442079460\d{3} | 442896496\d{3} | 442890180\d{3} | 442920180\d{3}
      | 448081570\d{3} | 449098790\d{3} | 443069990\d{3}
      | 15005550\d{3}               # Twilio's test numbers
    )$""",
    re.VERBOSE,
)


def is_invented(number: str) -> bool:
    """Whether an E.164 `number` is one that can belong to nobody."""
    return _INVENTED.fullmatch(number) is not None


def may_dial(number: str) -> bool:
    """Whether this installation may dial `number` (E.164): in production any, elsewhere few."""
    return settings.IS_PRODUCTION or is_invented(number) or number in settings.DIALLABLE_NUMBERS


def can_receive(sender: str) -> bool:
    """Whether a reply to `sender` can reach us: a number, a short code or a messaging service.

    An alphanumeric sender cannot be answered, so nobody could say STOP (domain.md section 4).
    """
    return re.fullmatch(r"\+[1-9]\d{6,14}|\d{5,6}|MG[0-9a-fA-F]{32}", sender) is not None
