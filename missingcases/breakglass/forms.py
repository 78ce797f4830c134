"""Opening records, and reviewing that they were opened."""

from __future__ import annotations

from typing import Any

from django import forms

from missingcases.breakglass.deadlines import LEAST_MINUTES, MOST_MINUTES
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
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose for how long"},
    )

    def __init__(self, *args: Any, lengths: list[int], usual: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        minutes: Any = self.fields["minutes"]
        minutes.choices = [(one, _in_words(one)) for one in lengths]
        minutes.initial = usual


def _in_words(minutes: int) -> str:
    return f"{minutes // 60} hours" if minutes >= 120 and minutes % 60 == 0 else f"{minutes} minutes"


class LengthForm(CaseForm):
    """How long records stay open."""

    submit_label = "Set the lengths"

    version = forms.IntegerField(widget=forms.HiddenInput)
    usual_minutes = forms.IntegerField(
        label="Minutes that are offered first", min_value=LEAST_MINUTES, max_value=MOST_MINUTES
    )
    most_minutes = forms.IntegerField(
        label="The longest, in minutes",
        min_value=LEAST_MINUTES,
        max_value=MOST_MINUTES,
        help_text=f"From {LEAST_MINUTES} to {MOST_MINUTES}.",
    )
    reason = words("Why", rows=2, max_length=300, error_messages={"required": "Say why"})


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
