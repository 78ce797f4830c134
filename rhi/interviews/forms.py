"""The questions about an interview; the interview's own are data (`rhi.interviews.form`)."""

from __future__ import annotations

from typing import Any

from django import forms

from foundation.ui.fields import LondonDateTimeField
from foundation.ui.forms import HarbourForm
from rhi.interviews.enums import Ground, OutcomeKind
from rhi.interviews.form import SECTIONS


class BeginForm(HarbourForm):
    """What the child is told before anything else."""

    submit_label = "Begin the interview"
    limits = forms.BooleanField(
        label="I have explained this, and the child has understood it", required=False
    )


class OutcomeForm(HarbourForm):
    """What is to come of it, why it may be passed on, and the words for whoever acts."""

    submit_label = "Confirm"
    kind = forms.ChoiceField(label="What is to be done", choices=OutcomeKind.choices)
    ground = forms.ChoiceField(
        label="Why it may be passed on",
        choices=Ground.choices,
        widget=forms.RadioSelect,
        required=False,
        help_text="Serious harm, a crime against a child and a risk to others are passed on whatever the"
        " child wishes. Tell them so.",
    )
    words = forms.CharField(
        label="What whoever acts on it has to know",
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
        max_length=4_000,
        help_text="Your words, as few as are needed. The child's own stay in the interview.",
    )
    due_at = LondonDateTimeField(label="By when", required=False)


class DropForm(HarbourForm):
    """Why a proposal comes to nothing."""

    submit_label = "It is not needed"
    reason = forms.CharField(label="Why it is not needed", widget=forms.Textarea(attrs={"rows": 3}))


class DoneForm(HarbourForm):
    """What came of it."""

    submit_label = "It is done"
    result = forms.CharField(label="What came of it", widget=forms.Textarea(attrs={"rows": 4}))


class FinishForm(HarbourForm):
    """When it was held."""

    submit_label = "Complete the interview"
    held_at = LondonDateTimeField(label="When you talked", offer_now=True)


class ReopenForm(HarbourForm):
    """Why it goes back to its interviewer."""

    submit_label = "Open it again"
    reason = forms.CharField(label="What is to be mended", widget=forms.Textarea(attrs={"rows": 3}))


class ThemeForm(HarbourForm):
    """A theme more."""

    submit_label = "Add"
    section = forms.ChoiceField(
        label="Section", choices=[(one.key, one.title) for one in SECTIONS if one.coded]
    )
    label = forms.CharField(label="Theme", max_length=80)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["label"].help_text = "Two or three words that mean the same to everybody."
