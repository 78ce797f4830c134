"""The form of a force's times."""

from __future__ import annotations

from typing import Any

from django import forms

from missingcases.desk.models import LONGEST_MINUTES
from missingcases.forms.base import CaseEditForm, line, narrow


def _minutes(label: str, hint: str) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        help_text=hint,
        min_value=1,
        max_value=LONGEST_MINUTES,
        error_messages={"invalid": "Enter a whole number of minutes"},
    )


def _phone(label: str) -> forms.CharField:
    return line(
        label,
        max_length=30,
        help_text="The text names nobody: a reference, and to sign in.",
        attrs={"type": "tel"},
    )


class TimesForm(CaseEditForm):
    """When the next rank is told, and the telephones that texts go to."""

    submit_label = "Save the times"

    escalate_minutes = _minutes(
        "Minutes until the supervisor is told", "From the moment an incident at high risk calls your force."
    )
    again_minutes = _minutes(
        "Minutes from then until the inspector is told", "If still nobody acknowledged it."
    )
    supervisor_phone = _phone("Duty supervisor's telephone")
    inspector_phone = _phone("Duty inspector's telephone")

    def layout(self) -> list[Any]:
        """Numbers in narrow boxes."""
        return [
            narrow(name, "govuk-input--width-3") if name.endswith("minutes") else name for name in self.fields
        ]
