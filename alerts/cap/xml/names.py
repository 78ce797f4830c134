"""Names and limits of CAP 1.2 documents, and how their values are written."""

from __future__ import annotations

import re
from datetime import datetime

from foundation.clock import in_london

NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2"
SIGNATURE_NAMESPACE = "http://www.w3.org/2000/09/xmldsig#"
CONTENT_TYPE = "application/cap+xml; charset=utf-8"
EVENT = "Child Rescue Alert"
CATEGORY = "Safety"
# What the codes of areas are: those of the Office for National Statistics.
GEOCODE = "ONS_GSS"
ENGLISH, WELSH = "en-GB", "cy-GB"
# Identifier and sender: no white space, comma, "<" or "&" (CAP 1.2, section 3.2.1).
NAME = re.compile(r"[^\s,<&]{1,200}")
# A numeric offset, never "Z" (CAP 1.2, section 3.3.2).
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d")
# What XML 1.0 cannot hold at all.
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def stamp(moment: datetime) -> str:
    """A time as CAP writes it: whole seconds, London's offset in figures."""
    return in_london(moment).isoformat(timespec="seconds")


def writable(text: str) -> str:
    """The text without characters that XML cannot hold."""
    return _UNWRITABLE.sub(" ", text).strip()
