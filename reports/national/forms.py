"""The calls that a force took."""

from __future__ import annotations

from django import forms

from missingcases.forms.base import CaseForm, line


class CallsForm(CaseForm):
    """How many, and by which count."""

    submit_label = "Enter the calls"

    year = forms.IntegerField(widget=forms.HiddenInput)
    calls = forms.IntegerField(
        label="Calls about missing people",
        min_value=0,
        max_value=10_000_000,
        help_text="Every contact that was recorded as one, also those that made no incident.",
    )
    source = line(
        "Source",
        max_length=200,
        required=True,
        help_text="Which system counted them, and by which rule. It stands beside the number.",
        error_messages={"required": "Say which system counted them"},
    )
