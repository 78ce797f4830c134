"""Placing a hold, setting a period, and starting what somebody else proposed."""

from __future__ import annotations

from typing import Any

from django import forms

from foundation.ui.fields import DatePartsField
from missingcases.forms.base import CaseForm, line, words


class HoldForm(CaseForm):
    """What is kept, why, and when somebody looks again."""

    submit_label = "Place the hold"

    reference = line(
        "Reference of the incident or person",
        max_length=16,
        help_text="Such as MI-7F3K9Q2X or MP-7F3K9Q2X. Leave it empty to keep everything you have.",
    )
    reason = words(
        "Why nothing is erased",
        rows=3,
        max_length=1000,
        help_text="An inquest, a claim, an inquiry: say which, and who asked.",
        error_messages={"required": "Say why nothing is erased"},
    )
    review_on = DatePartsField(label="When to look again", allow_past=False)


class LiftForm(CaseForm):
    """Why retention goes on."""

    submit_label = "Lift the hold"
    submit_style = "warning"

    reason = words(
        "Why it is lifted", rows=3, max_length=1000, error_messages={"required": "Say why it is lifted"}
    )


class PeriodForm(CaseForm):
    """How long an ended incident is kept, and on what that rests."""

    submit_label = "Set the period"

    days = forms.IntegerField(
        label="Days after the end",
        min_value=1,
        error_messages={"required": "Enter the days"},
    )

    def __init__(self, *args: Any, limits: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["days"].help_text = limits

    basis = line(
        "What it rests on",
        required=True,
        error_messages={"required": "Say what it rests on"},
        help_text="Such as: our retention schedule, section 4.",
    )
    source = line(
        "Where that is written",
        required=True,
        error_messages={"required": "Say where that is written"},
        help_text="Such as: Information Governance Board, 12 May 2026.",
    )
