"""The few words that go to an address to have it confirmed, and to one whose owner asks for their choices.

They say who writes, and nothing of any missing person. A text fits one segment where its language allows.
"""

from __future__ import annotations

import json

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alerts.audience.enums import ChallengeProblem
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


def system_mail(address: str, name: str, host: str, language: str) -> tuple[str, str]:
    """To the contact of a system that somebody signs up: the link that confirms it and shows the secret."""
    with speaking(language):
        subject = _("Confirm that your system wants Child Rescue Alerts")
        words = [
            _("Somebody, we hope you, asked us to post Child Rescue Alerts to %(name)s, at %(host)s.")
            % {"name": name, "host": host},
            _("Open this page. It shows the secret that signs what we send, once, and then asks the system:"),
            address,
            _("The link works for three days. You did not ask for it? Do nothing, and nothing will come."),
        ]
    return subject, "\n\n".join(words)


def system_joined_mail(choices: str, leave: str, name: str, host: str, language: str) -> tuple[str, str]:
    """To its contact, once the system has answered."""
    with speaking(language):
        subject = _("Your system gets Child Rescue Alerts")
        words = [
            _("%(name)s, at %(host)s, gave our challenge back. It gets alerts from now on.")
            % {"name": name, "host": host},
            _("Change its places or language, pause, or get a new secret:"),
            choices,
            _("Keep this e-mail. One press on this page ends its alerts, at any time:"),
            leave,
        ]
    return subject, "\n\n".join(words)


def system_failed_mail(page: str, name: str, host: str, problem: str, language: str) -> tuple[str, str]:
    """To its contact, once the system is not asked any more."""
    with speaking(language):
        subject = _("Your system gets no Child Rescue Alerts")
        words = [
            _("We asked %(name)s, at %(host)s, for three days. It did not give our challenge back.")
            % {"name": name, "host": host},
            str(PROBLEMS[ChallengeProblem(problem)]),
            _("Put it right, then sign up again:"),
            page,
        ]
    return subject, "\n\n".join(words)


def system_ended_mail(page: str, name: str, host: str, why: str, language: str) -> tuple[str, str]:
    """To its contact, where the system itself or the charity has ended its alerts."""
    with speaking(language):
        subject = _("Your system gets no Child Rescue Alerts any more")
        said = {
            "gone": _("%(name)s, at %(host)s, answered that it is gone (410), so we forgot it."),
            "removed": _("The charity has ended the alerts of %(name)s, at %(host)s."),
        }
        words = [
            said[why] % {"name": name, "host": host},
            _("Is that not as it should be? Sign up again, or ask the charity:"),
            page,
        ]
    return subject, "\n\n".join(words)


# Why a system's answer did not do, for whoever has to put it right.
PROBLEMS = {
    ChallengeProblem.NOT_ALLOWED: gettext_lazy(
        "Its address may not be called: it must begin with https:// and lie outside our own network."
    ),
    ChallengeProblem.NO_HOST: gettext_lazy("Its name was not found."),
    ChallengeProblem.NO_ANSWER: gettext_lazy(
        "It did not answer within ten seconds, or its certificate is not one that is trusted."
    ),
    ChallengeProblem.STATUS: gettext_lazy("It answered with an error. The answer must be 200."),
    ChallengeProblem.WRONG: gettext_lazy("It answered, but not with the challenge."),
}
