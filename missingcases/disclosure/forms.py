"""Whom to ask about, and for which time."""

from __future__ import annotations

from datetime import date
from typing import Any

from foundation.ui.fields import DatePartsField
from foundation.ui.forms import HarbourForm
from missingcases.forms.base import line


class AboutForm(HarbourForm):
    """Which incident or person."""

    submit_label = "Show who has seen it"

    reference = line(
        "Reference of the incident or person",
        max_length=16,
        required=True,
        help_text="Such as MI-7F3K9Q2X, or MP-7F3K9Q2X for all incidents of one person.",
        error_messages={"required": "Enter the reference"},
    )


class LogForm(HarbourForm):
    """The time that the disclosure log is to cover."""

    submit_label = "Download the log"

    since = DatePartsField(label="From", allow_future=False)
    until = DatePartsField(label="Up to and with", allow_future=False)

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        since, until = answers.get("since"), answers.get("until")
        if isinstance(since, date) and isinstance(until, date) and until < since:
            self.add_error("until", "The end must be on or after the beginning")
        return answers
