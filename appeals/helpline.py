"""The fragment that a force embeds in its own appeals: the helpline's number and words of support.

Its marker tells whoever reads the page by machine that it is there, and in which version.
"""

from __future__ import annotations

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext

from appeals.enums import Language
from appeals.projection import HELPLINE
from foundation.ui.languages import WELSH, path_in, speaking

MARKER = "data-harbour-helpline"
# Counted on when the words change so much that an older copy has to be replaced.
VERSION = "1"


def as_html(language: str) -> str:
    """The fragment: no script, no style, nothing that is loaded from anywhere."""
    words = {**_words(language), "marker": MARKER, "dialled": HELPLINE.replace(" ", "")}
    return render_to_string("appeals_public/fragment.html", words)


def as_json(language: str) -> dict[str, object]:
    """The fragment field by field, and whole."""
    return {**_words(language), "languages": Language.values, "html": as_html(language)}


def _words(language: str) -> dict[str, object]:
    home = settings.PUBLIC_BASE_URL.rstrip("/")
    with speaking(language):
        return {
            "version": VERSION,
            "language": language,
            "heading": gettext("Is somebody you care about missing? Are you away from home?"),
            "call": gettext("Call or text"),
            "number": HELPLINE,
            "sentences": [
                gettext("It is free, confidential, and open 24 hours a day."),
                gettext("You do not have to say who you are or where you are."),
                gettext("Somebody will listen and help you work out what to do."),
            ],
            "home": home + path_in("/", welsh=language == WELSH),
            "link_words": gettext("Help when someone is missing"),
        }
