"""What is said about a sighting."""

from __future__ import annotations

from typing import Any

from django import forms

from appeals.enums import OF_REVIEWS, OF_SIGHTINGS, SightingOutcome, SubmissionKind, Triage
from appeals.models import Sighting
from foundation.ui.forms import HarbourForm


class TriageForm(HarbourForm):
    """How urgent it is."""

    submit_label = "Save the judgement"

    triage = forms.ChoiceField(label="What is it?", choices=Triage.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label="Why",
        help_text="Needed where you judge it malicious. Kept with the record.",
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class OutcomeForm(HarbourForm):
    """What came of it."""

    submit_label = "Save the outcome"

    outcome = forms.ChoiceField(label="What came of it?", widget=forms.RadioSelect)
    words = forms.CharField(
        label="In a few words",
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, sighting: Sighting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        allowed = OF_SIGHTINGS if sighting.kind == SubmissionKind.SIGHTING else OF_REVIEWS
        self.fields["outcome"].choices = [  # type: ignore[attr-defined]
            (one.value, SightingOutcome(one).label) for one in allowed
        ]
