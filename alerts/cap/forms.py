"""What people fill in about alerts that came in, and about partners' systems."""

from __future__ import annotations

from typing import Any

from django import forms

from alerts.cap import selectors
from foundation.accounts.models import Organisation
from foundation.ui.forms import HarbourForm


class TakeUpForm(HarbourForm):
    """For which incident an alert is proposed."""

    submit_label = "Propose an alert"

    incident = forms.CharField(
        label="Incident",
        help_text="The reference of an incident of your force, such as MI-7F3K9Q2X.",
        max_length=16,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class RehearseForm(HarbourForm):
    """Nothing to fill in: a rehearsal is about nobody."""

    submit_label = "Begin a rehearsal"


class ShowForm(HarbourForm):
    """Which force is to see it too."""

    submit_label = "Show it to this force"

    force = forms.ModelChoiceField(
        queryset=Organisation.objects.none(), label="Force", empty_label="Choose a force"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["force"].queryset = selectors.forces()  # type: ignore[attr-defined]


class TargetForm(HarbourForm):
    """A partner's system."""

    submit_label = "Add the system"

    name = forms.CharField(label="Whose system it is", max_length=120)
    url = forms.CharField(
        label="Address",
        max_length=500,
        help_text="Starts with https:// and can be reached from outside. Put no password into it.",
        widget=forms.URLInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    takes_exercises = forms.BooleanField(
        label="Send it rehearsals too, marked as exercises",
        help_text="Only where the partner has said that its system never shows an exercise to the public.",
        required=False,
    )
