"""The few words that go to an address to have it confirmed, and to one whose owner asks for their choices.

They say who writes, and nothing of any missing person. A text fits one segment where its language allows.
"""

from __future__ import annotations

import json

from django.utils.translation import gettext as _

from foundation.ui.languages import speaking


def code_text(code: str, language: str) -> str:
    """The text with the code."""
    with speaking(language):
        said = _("Your code for Child Rescue Alerts is %(code)s. You did not ask for it? Do nothing.")
        return said % {"code": code}


def confirm_mail(address: str, language: str) -> tuple[str, str]:
    """Subject and words of the e-mail with the link."""
    with speaking(language):
        subject = _("Confirm that you want Child Rescue Alerts")
        words = [
            _("Somebody, we hope you, asked us to send Child Rescue Alerts to this address."),
            _("Open this page and press the button to confirm it:"),
            address,
            _("The link works for three days. You did not ask for it? Do nothing, and nothing will come."),
        ]
    return subject, "\n\n".join(words)


def choices_text(address: str, language: str) -> str:
    """The text with the link to one's choices."""
    with speaking(language):
        return _("Child Rescue Alerts: change what you get, pause or leave here (24 hours):") + f" {address}"


def choices_mail(address: str, areas: list[str], language: str) -> tuple[str, str]:
    """The e-mail with the link to one's choices, which says what they are now."""
    with speaking(language):
        subject = _("Your Child Rescue Alerts")
        words = [
            _("You get alerts for: %(areas)s.") % {"areas": ", ".join(areas)},
            _("Change this, pause or leave here. The link works for 24 hours:"),
            address,
        ]
    return subject, "\n\n".join(words)


def confirm_push(path: str, language: str) -> str:
    """The first push to a browser, which leads to the page with the button."""
    with speaking(language):
        title = _("Do you want Child Rescue Alerts?")
        return _push(
            "confirm", title, _("Press here to say yes. You did not ask? Do nothing."), path, language
        )


def choices_push(path: str, areas: list[str], language: str) -> str:
    """The push that leads to one's choices, which says what they are now."""
    with speaking(language):
        body = _("You get alerts for: %(areas)s.") % {"areas": ", ".join(areas)}
        words = " ".join([body, _("Press here to change, pause or leave (24 hours).")])
        return _push("choices", _("Your Child Rescue Alerts"), words, path, language)


def _push(about: str, title: str, body: str, path: str, language: str) -> str:
    """As the service worker reads it; the newest of a kind replaces the one before on the device."""
    told = {"tag": f"own-{about}", "kind": about, "lang": language, "title": title, "body": body, "url": path}
    return json.dumps(told, ensure_ascii=False)
