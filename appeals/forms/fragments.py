"""Pages of forces that have to carry the helpline's fragment."""

from __future__ import annotations

from typing import Any

from django import forms

from appeals.services.fragments import LONGEST_ADDRESS
from foundation.accounts.models import Organisation
from foundation.accounts.selectors import forces
from missingcases.forms.base import CaseForm, leave_out


class FragmentPageForm(CaseForm):
    """One page more. A force adds its own; the charity says whose it is."""

    submit_label = "Add the page"
    organisation: forms.ModelChoiceField[Organisation] = forms.ModelChoiceField(
        label="Force", queryset=None, empty_label="Choose", error_messages={"required": "Choose the force"}
    )
    url = forms.CharField(
        label="Address of the page",
        max_length=LONGEST_ADDRESS,
        help_text="Starts with https://. Take one that stays, such as the list of your appeals or the page "
        "that each is made from. Not the appeal of one person: its address may name them.",
        widget=forms.URLInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Enter the address of the page"},
    )

    def __init__(self, *args: Any, of_one_force: bool, **kwargs: Any) -> None:
        leave_out(self, *(["organisation"] if of_one_force else []))
        super().__init__(*args, **kwargs)
        which: Any = self.fields.get("organisation")
        if which:
            which.queryset = forces().order_by("name")
