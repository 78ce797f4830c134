"""Forms of the webhook pages."""

from __future__ import annotations

from typing import Any

from django import forms

from foundation.ui.forms import HarbourForm, LondonDateTimeField, VersionedForm
from missingcases.hooks.selectors import choices

_TYPES: dict[str, Any] = {
    "label": "What it is told of",
    "help_text": "Each carries a type, a reference, a version and a time; your system then reads the rest.",
    "choices": choices,
    "widget": forms.CheckboxSelectMultiple,
}


class EndpointForm(HarbourForm):
    """A new address."""

    submit_label = "Add the address"
    url = forms.CharField(
        label="Address",
        max_length=500,
        help_text="Starts with https:// and can be reached from outside. Put no password into it.",
        widget=forms.URLInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    types = forms.MultipleChoiceField(**_TYPES)


class TypesForm(VersionedForm):
    """What an address is told of, chosen anew."""

    types = forms.MultipleChoiceField(**_TYPES)


class ReplayForm(HarbourForm):
    """From when on what was not taken goes out again."""

    submit_label = "Send again"
    since = LondonDateTimeField(label="Not taken since", allow_future=False)
