"""Opening records, and reviewing that they were opened."""

from __future__ import annotations

from django import forms

from missingcases.breakglass.deadlines import LASTS_MINUTES, LENGTHS
from missingcases.breakglass.enums import Finding
from missingcases.forms.base import CaseForm, line, radios, words


class OpenForm(CaseForm):
    """Which records, why, and for how long."""

    submit_label = "Open the records"
    submit_style = "warning"

    reference = line(
        "Reference of the incident or person",
        max_length=16,
        required=True,
        help_text="Such as MI-7F3K9Q2X for one incident, or MP-7F3K9Q2X for everything about one person.",
        error_messages={"required": "Enter the reference"},
    )
    reason = words(
        "Why you open them",
        rows=3,
        max_length=1000,
        help_text="Whoever reviews this reads it. Say what cannot wait for a colleague who may see them.",
        error_messages={"required": "Say why you open these records"},
    )
    minutes = forms.TypedChoiceField(
        label="For how long",
        choices=[(one, f"{one} minutes" if one < 120 else f"{one // 60} hours") for one in LENGTHS],
        coerce=int,
        initial=LASTS_MINUTES,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose for how long"},
    )


class ReviewForm(CaseForm):
    """What somebody else finds of it."""

    submit_label = "Keep the review"

    finding = radios(Finding, "What you found", error_messages={"required": "Choose what you found"})
    words = words(
        "What you looked at, and what follows",
        rows=4,
        max_length=2000,
        error_messages={"required": "Say what you looked at and what follows"},
    )
