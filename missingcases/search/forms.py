"""Keeping a view."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse

from missingcases.forms.base import CaseForm, line


class SaveViewForm(CaseForm):
    """The view's name and for whom it is."""

    submit_label = "Save the view"

    name = line("Name", max_length=60, required=True, error_messages={"required": "Give the view a name"})
    is_shared = forms.BooleanField(
        label="Share it with everybody of your organisation",
        required=False,
        help_text="Each of them sees only what they may see. The words you looked for are shared too.",
    )
    is_default = forms.BooleanField(label="Open the list with this view", required=False)
    listing = forms.CharField(widget=forms.HiddenInput)
    answers = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.form_action = reverse("search:save_view")
        super().__init__(*args, **kwargs)
