"""What the helpline fills in."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms

from families.say_something import selectors
from families.say_something.enums import Kind
from foundation.accounts.models import Organisation
from foundation.ui.forms import HarbourForm

_DANGER = [("no", "No"), ("yes", "Yes, or it may be")]


class CallForm(HarbourForm):
    """Told to a colleague."""

    submit_label = "Keep it"
    warn_unsaved = True

    form_token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    words = forms.CharField(
        label="What did they tell?",
        help_text="In their words, without who they are and how they called.",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    kind = forms.ChoiceField(label="What is it about?", choices=Kind.choices, widget=forms.RadioSelect)
    place = forms.CharField(label="Where is it?", max_length=250, required=False)
    is_urgent = forms.ChoiceField(
        label="Is somebody in danger now?", choices=_DANGER, initial="no", widget=forms.RadioSelect
    )


class RaiseForm(HarbourForm):
    """For which force it is written up."""

    submit_label = "Write it up as intelligence"

    kind = forms.ChoiceField(label="What is it about?", choices=Kind.choices, widget=forms.RadioSelect)
    force = forms.ModelChoiceField(
        queryset=Organisation.objects.none(), label="Whose area is it?", empty_label="Choose a force"
    )
    is_urgent = forms.ChoiceField(
        label="Is somebody in danger now?", choices=_DANGER, widget=forms.RadioSelect
    )
    rang_999 = forms.BooleanField(label="I rang 999", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["force"].queryset = selectors.forces()  # type: ignore[attr-defined]
