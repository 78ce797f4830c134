"""Visits to a relative at home."""

from __future__ import annotations

from typing import Any

from django import forms

from families.models import FamilyMember, SupportCase
from foundation.visits.forms import VisitForm


class FamilyVisitForm(VisitForm):
    """Where one goes, to whom of the family, and by which telephone one is reached."""

    member = forms.ModelChoiceField(
        label="Who of the family?",
        queryset=FamilyMember.objects.none(),
        required=False,
        empty_label="Nobody in particular",
    )
    telephone = forms.CharField(
        label="Your own mobile number on this visit",
        help_text="You are texted first when you are late: most have only forgotten to say so.",
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, case: SupportCase, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["member"]
        field.queryset = case.members.all()
        field.label_from_instance = lambda row: row.name
