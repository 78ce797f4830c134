"""What a person types at the stand-in provider."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings

from foundation.messaging.exceptions import InvalidAddress
from foundation.messaging.numbers import normalise
from foundation.sandbox.enums import FaultKind, NetworkName
from foundation.ui.forms import HarbourForm

LONGEST_TEXT = 1600
# Only these look at the seconds.
_TIMED = frozenset({FaultKind.SLOW, FaultKind.RECEIPTS_LATE, FaultKind.BUSY})


def _number(raw: str) -> str:
    try:
        return normalise(raw)
    except InvalidAddress:
        raise forms.ValidationError("Enter a number such as 07700 900123") from None


class ReplyForm(HarbourForm):
    """What the phone's holder writes."""

    submit_label = "Send"

    body = forms.CharField(
        label="Write a text", max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 3})
    )


class LetterForm(HarbourForm):
    """An e-mail to the charity."""

    submit_label = "Send the e-mail"

    sender = forms.EmailField(label="From", widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    to = forms.EmailField(label="To", widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    subject = forms.CharField(label="Subject", max_length=200, required=False)
    words = forms.CharField(label="Your words", widget=forms.Textarea(attrs={"rows": 6}))
    pictures = forms.IntegerField(
        label="How many pictures go with it?", initial=0, min_value=0, max_value=9, required=False
    )

    def clean_pictures(self) -> int:
        """None is said by leaving it empty too."""
        return self.cleaned_data["pictures"] or 0


class PickUpForm(HarbourForm):
    """Another phone, which nobody has texted yet."""

    submit_label = "Pick up this phone"

    number = forms.CharField(
        label="Its number",
        help_text="An invented one, 07700 900000 to 07700 900999.",
        widget=forms.TextInput(
            attrs={"inputmode": "tel", "autocomplete": "off", "class": "govuk-input--width-20"}
        ),
    )

    def clean_number(self) -> str:
        """In E.164."""
        return _number(self.cleaned_data["number"])


class FaultForm(HarbourForm):
    """Something to go wrong."""

    submit_label = "Make it go wrong"

    kind = forms.ChoiceField(label="What goes wrong", choices=FaultKind.choices)
    to = forms.CharField(
        label="Only for this number, e-mail address or network",
        help_text="A network is mastodon, bluesky or partner. Leave empty for everybody.",
        required=False,
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "govuk-input--width-20"}),
    )
    remaining = forms.IntegerField(
        label="How many times",
        help_text="Leave empty to go on until you take it away.",
        required=False,
        min_value=1,
        max_value=1_000_000,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-5"}),
    )
    seconds = forms.FloatField(
        label="How many seconds",
        help_text="For late answers, late receipts, and how long to wait after too many requests.",
        required=False,
        min_value=0,
        max_value=120,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-5"}),
    )

    def clean_to(self) -> str:
        """A number in E.164, an e-mail address or a network's name as it is."""
        to: str = self.cleaned_data["to"].strip()
        return to if not to or "@" in to or to in NetworkName.values else _number(to)

    def clean(self) -> dict[str, Any]:
        """Late ones need to know how late."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("kind") in _TIMED and not cleaned.get("seconds") and "seconds" not in self.errors:
            self.add_error("seconds", "Enter how many seconds")
        return cleaned


class PlayerForm(HarbourForm):
    """A player of digital signage."""

    submit_label = "Set the player up"

    token = forms.CharField(
        label="Token of the outlet",
        help_text="Harbour shows it once, when you make it on the page of a billboard's outlet.",
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    playlist_url = forms.URLField(label="Address of the playlist", max_length=300, assume_scheme="http")
    check_in_url = forms.URLField(label="Where it checks in", max_length=300, assume_scheme="http")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, path in (("playlist_url", "playlist"), ("check_in_url", "check-in")):
            self.fields[name].initial = f"{settings.PUBLIC_BASE_URL}/players/{path}"
