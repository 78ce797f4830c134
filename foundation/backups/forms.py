"""What is asked of the two people who let a restored system go."""

from __future__ import annotations

from django import forms

from foundation.ui.forms import HarbourForm


class AskForm(HarbourForm):
    """The first person says what they checked."""

    submit_label = "Ask for its release"
    reason = forms.CharField(
        label="What have you checked?",
        max_length=200,
        help_text="Kept with the record and shown to auditors. No names or numbers.",
    )


class ConfirmForm(AskForm):
    """The second person says what they checked, and it is let go."""

    submit_label = "Release it"
    submit_style = "warning"
