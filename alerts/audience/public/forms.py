"""Signing up, the code, the link to one's choices, and what it changes."""

from __future__ import annotations

import re
from typing import Any

from crispy_forms_gds.layout import Field
from django import forms
from django.utils.translation import gettext_lazy as _

from alerts.audience.links import DIGITS
from alerts.audience.public.fields import (
    LANGUAGES,
    AddressMixin,
    PlaceField,
    PublicForm,
    areas_in,
)
from alerts.enums import Language
from foundation.ui.languages import is_welsh

CONSENT = "web 2026-11"  # the version of the words below
PAUSES = (("7", _("One week")), ("30", _("One month")), ("90", _("Three months")), ("365", _("One year")))


class WithPlaces(PublicForm):
    """Home, two more places, and a language."""

    home = PlaceField(
        label=_("Where is home?"),
        help_text=_("A postcode such as SW9, or a place such as Lambeth. We keep no full postcode."),
        error_messages={"required": _("Enter your postcode or the place you live in.")},
    )
    second = PlaceField(label=_("Another place that matters to you"), required=False)
    third = PlaceField(label=_("One more place"), required=False)
    language = forms.ChoiceField(label=_("In which language?"), choices=LANGUAGES, widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        initial = {"language": Language.WELSH if is_welsh() else Language.ENGLISH}
        super().__init__(*args, **{**kwargs, "initial": initial | kwargs.get("initial", {})})

    def told(self) -> dict[str, Any]:
        """Where and in which language."""
        return {"area_ids": areas_in(self.cleaned_data), "language": self.cleaned_data["language"]}


class SignUpForm(AddressMixin, WithPlaces):
    """One way and one address. Whoever wants both signs up twice."""

    submit_label = _("Sign up")
    field_order = ("channel", "number", "email", "subscription", "home", "second", "third", "language")
    consent = forms.BooleanField(
        label=_(
            "I want a message whenever the police and the charity ask the public there to help find a child "
            "in danger. I can pause or leave at any time."
        ),
        error_messages={"required": _("Tick the box if you want these messages.")},
    )

    def layout(self) -> list[Any]:
        """The address is asked for under the way that was chosen."""
        return [
            "key",
            self.ways(),
            "home",
            "second",
            "third",
            Field.radios("language", inline=True),
            "consent",
            self.trap(),
        ]

    def told(self) -> dict[str, Any]:
        """What is kept, and nothing else."""
        given = self.cleaned_data
        return {"channel": given["channel"], "to": given["to"], "consent": CONSENT, **super().told()}


class CodeForm(PublicForm):
    """The code from the text."""

    submit_label = _("Confirm")
    code = forms.CharField(
        label=_("The code from the text"),
        help_text=_("Six digits. The text comes within a minute or two."),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )

    def layout(self) -> list[Any]:
        """The code alone."""
        return ["key", "code", self.trap()]

    def clean_code(self) -> str:
        """Six digits, however they were grouped."""
        digits = re.sub(r"[\s-]", "", self.cleaned_data["code"])
        if not re.fullmatch(rf"[0-9]{{{DIGITS}}}", digits):
            raise forms.ValidationError(_("The code has six digits."))
        return digits


class ConfirmForm(PublicForm):
    """A button: a mail program that opens every link of a mail confirms nothing."""

    submit_label = _("Yes, send me alerts")

    def layout(self) -> list[Any]:
        """Nothing to fill in."""
        return ["key", self.trap()]


class LeaveForm(ConfirmForm):
    """A button as well."""

    submit_label = _("Stop my alerts")
    submit_style = "warning"


class GoOnForm(ConfirmForm):
    """End a pause."""

    submit_label = _("End my pause")


class AskLinkForm(AddressMixin, PublicForm):
    """To which address the link shall go."""

    submit_label = _("Send me the link")

    def layout(self) -> list[Any]:
        """As in the form for signing up."""
        return [
            "key",
            self.ways(),
            self.trap(),
        ]

    def told(self) -> dict[str, Any]:
        """The address alone."""
        return {"channel": self.cleaned_data["channel"], "to": self.cleaned_data["to"]}


class ChangeForm(WithPlaces):
    """Other places or another language: they replace those of before."""

    submit_label = _("Save")

    def layout(self) -> list[Any]:
        """Places, then the language."""
        return ["key", "home", "second", "third", Field.radios("language", inline=True), self.trap()]


class PauseForm(PublicForm):
    """For how long."""

    submit_label = _("Pause")
    days = forms.ChoiceField(label=_("For how long?"), choices=PAUSES, widget=forms.RadioSelect)

    def layout(self) -> list[Any]:
        """How long."""
        return ["key", Field.radios("days"), self.trap()]

    def told(self) -> dict[str, Any]:
        """A number of days."""
        return {"days": int(self.cleaned_data["days"])}
