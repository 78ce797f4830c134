"""Saying where a frozen report was published."""

from __future__ import annotations

from foundation.ui.fields import DatePartsField
from missingcases.forms.base import CaseForm, line


class PublishedForm(CaseForm):
    """Where and when."""

    submit_label = "Save"

    where = line(
        "Where it was published",
        max_length=200,
        required=True,
        help_text="Such as: the annual report 2025/26, page 12.",
        error_messages={"required": "Say where it was published"},
    )
    on = DatePartsField(label="When")
