"""What a status looks like. Colour never speaks alone: a tag always carries its words."""

from __future__ import annotations

from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string

# Meaning -> GOV.UK tag colour.
COLOURS: dict[str, str] = {
    "neutral": "grey",
    "info": "blue",
    "active": "teal",
    "good": "green",
    "attention": "yellow",
    "warning": "orange",
    "danger": "red",
}


@cache
def _tones() -> dict[str, str]:
    path = getattr(settings, "UI_TONES", None)
    return {str(key).lower(): tone for key, tone in import_string(path).items()} if path else {}


def colour_of(value: object, tone: str = "") -> str:
    """The tag colour of a status value, from `settings.UI_TONES`, or of an explicit tone. Grey if unknown."""
    return COLOURS.get(tone or _tones().get(str(value).lower(), "neutral"), "grey")


def label_of(value: object) -> str:
    """Words for a status value: a choice's own label, else the value with spaces."""
    label = getattr(value, "label", None)
    return str(label) if label else str(value).replace("_", " ").capitalize()
