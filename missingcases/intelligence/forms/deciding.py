"""Approving, sending and answering an intelligence report, and looking for one."""

from __future__ import annotations

from typing import Any

from django import forms

from missingcases.enums import LawfulBasis
from missingcases.forms.base import CaseForm, leave_out, radios, words
from missingcases.intelligence.enums import ReportOutcome


def basis_field() -> forms.ChoiceField:
    """What makes sending it lawful. Consent never is: intelligence goes whether or not somebody agrees."""
    listed = [(one.value, one.label) for one in LawfulBasis if one != LawfulBasis.CONSENT]
    return forms.ChoiceField(label="What makes sending it lawful", choices=listed, widget=forms.RadioSelect)


class ApproveForm(CaseForm):
    """Approve every word, and send it."""

    submit_label = "Approve and send"

    lawful_basis = basis_field()
    looked_at_leaks = forms.BooleanField(
        label="I have looked at each of these: none tells who the source is", required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, has_leaks: bool, cancel_label: str, **kwargs: Any) -> None:
        self.cancel_label = cancel_label
        if not has_leaks:
            leave_out(self, "looked_at_leaks")
        super().__init__(*args, **kwargs)


class SendForm(CaseForm):
    """Send what was approved, also where no agreement covers it."""

    submit_label = "Send it"

    lawful_basis = basis_field()
    override_reason = words(
        "Why it must go although no agreement covers it",
        rows=3,
        required=False,
        max_length=1_000,
        help_text="Needed only where sending was refused because no agreement covers it.",
    )


class OutcomeForm(CaseForm):
    """What came of it, for whoever wrote it."""

    submit_label = "Save the outcome"

    outcome = radios(ReportOutcome, "What came of it?", error_messages={"required": "Choose what came of it"})
    words = words(
        "In a few words",
        rows=3,
        required=False,
        max_length=2_000,
        help_text="Whoever wrote the report reads this.",
    )


class SearchForm(forms.Form):
    """Words that the sanitised text holds."""

    words = forms.CharField(required=False, max_length=200)
