"""Where one goes alone, and when one is back."""

from __future__ import annotations

import uuid

from django import forms

from foundation.ui.forms import HarbourForm, LondonDateTimeField, VersionedForm
from foundation.visits.deadlines import LONGEST_MINUTES, SHORTEST_MINUTES
from foundation.visits.enums import VisitMarker


class VisitForm(HarbourForm):
    """Where one goes, and when one is back."""

    submit_label = "Plan the visit"
    warn_unsaved = True

    form_token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    starts_at = LondonDateTimeField(label="When are you there?")
    ends_at = LondonDateTimeField(
        label="When are you away again?", help_text="If you have not said by then that you are safe, we ring."
    )
    place = forms.CharField(
        label="Where?",
        help_text="The address, and how to find it: somebody may have to come.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    with_whom = forms.CharField(label="Whom will you meet?", max_length=240)
    markers = forms.MultipleChoiceField(
        label="Is there anything that may endanger you?",
        choices=VisitMarker.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    safety_note = forms.CharField(
        label="What is agreed for your safety?",
        help_text="For example who drives you, where you park, a word that means help.",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class VisitRuleForm(VersionedForm):
    """When visits call, and which telephone."""

    submit_label = "Save"

    duty_phone = forms.CharField(
        label="The duty manager's telephone",
        help_text="It gets a text when a visit is late. The managers are written to as well.",
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    call_after_minutes = forms.IntegerField(
        label="How many minutes late may a visit be?",
        min_value=SHORTEST_MINUTES,
        max_value=LONGEST_MINUTES,
    )
