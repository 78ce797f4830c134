"""The form of a verb that only asks why."""

from __future__ import annotations

from typing import Any

from django import forms

from foundation.ui.forms import HarbourForm

REASON_REQUIRED = {"required": "Say why. This is kept with the record"}


class ReasonForm(HarbourForm):
    """Why, in a sentence or two. `longest` is what the verb's record takes; `hint` what not to write."""

    reason = forms.CharField()

    def __init__(
        self,
        *args: Any,
        submit_label: str,
        submit_style: str = "",
        label: str = "Why",
        hint: str = "",
        longest: int = 2000,
        **kwargs: Any,
    ) -> None:
        self.submit_label, self.submit_style = submit_label, submit_style
        super().__init__(*args, **kwargs)
        self.fields["reason"] = forms.CharField(
            label=label,
            help_text=hint,
            max_length=longest,
            widget=forms.Textarea(attrs={"rows": 3}),
            error_messages=REASON_REQUIRED,
        )
