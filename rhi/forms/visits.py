"""Visits, interviewers and arrangements."""

from __future__ import annotations

from typing import Any

from django import forms

from foundation.accounts.models import Organisation
from foundation.ui.forms import VersionedForm
from rhi.enums import Gender, OfferedTo


def _lines(label: str, hint: str) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


def _authorities(label: str, hint: str = "") -> Any:
    return forms.ModelMultipleChoiceField(
        queryset=Organisation.objects.none(),
        label=label,
        help_text=hint,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class ProfileForm(VersionedForm):
    """One interviewer."""

    submit_label = "Save"
    warn_unsaved = True

    is_available = forms.BooleanField(label="Takes on children at present", required=False)
    capacity = forms.IntegerField(label="How many children at a time?", min_value=0, max_value=99)
    languages = _lines("Languages beside English", "One on each line.")
    gender = forms.ChoiceField(
        label="As whom do they want to be known, where a child may choose?",
        choices=Gender.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    telephone = forms.CharField(
        label="Their own mobile number",
        help_text="It is called when a visit of theirs does not end.",
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    areas = _authorities("Where do they work?")
    worked_for = _authorities(
        "For which authorities do they work, or did they?",
        "They are never given a child whom one of these looks after.",
    )
    care_providers = _lines(
        "For which homes or agencies do they work, or did they?",
        "One on each line. They are never given a child whom one of these looks after.",
    )

    def __init__(self, *args: Any, authorities: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("areas", "worked_for"):
            self.fields[name].queryset = authorities  # type: ignore[attr-defined]


class ArrangementForm(VersionedForm):
    """What an authority wants offered."""

    submit_label = "Save the arrangement"

    is_on = forms.ChoiceField(
        label="Refer your children by themselves when they come home?",
        choices=[("yes", "Yes"), ("no", "No: only by hand")],
        widget=forms.RadioSelect,
    )
    provider = forms.ModelChoiceField(
        queryset=Organisation.objects.none(),
        label="Who interviews them?",
        empty_label=None,
        widget=forms.RadioSelect,
    )
    offered_to = forms.ChoiceField(
        label="Which children?", choices=OfferedTo.choices, widget=forms.RadioSelect
    )
    out_of_area = forms.BooleanField(
        label="Also your children who are placed in another authority's area", required=False
    )
    reason = forms.CharField(
        label="Why this change?", max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, providers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["provider"].queryset = providers  # type: ignore[attr-defined]
