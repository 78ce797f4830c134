"""Writing, signing, reviewing and ending an agreement."""

from __future__ import annotations

from typing import Any

from django import forms

from foundation.accounts.models import Organisation
from foundation.actors import Actor
from foundation.ui.fields import DatePartsField
from foundation.ui.reasons import REASON_REQUIRED
from missingcases.agreements.models import GRACE_DAYS
from missingcases.enums import LawfulBasis, ReleaseKind
from missingcases.forms.base import CaseEditForm, CaseForm, body_of, leave_out, line, select, ticks, words


class AgreementForm(CaseEditForm):
    """What is agreed. The two organisations and the direction are chosen once."""

    submit_label = "Save the draft"
    warn_unsaved = True

    other = forms.ModelChoiceField(
        label="With which organisation",
        queryset=Organisation.objects.none(),
        empty_label="Choose an organisation",
        error_messages={"required": "Choose the other organisation"},
    )
    direction = forms.ChoiceField(
        label="Who releases",
        choices=[("we", "We release to them"), ("they", "They release to us")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say who releases to whom"},
    )
    flow = select(ReleaseKind, "What is released", error_messages={"required": "Choose what is released"})
    purpose = words(
        "What it is for", rows=3, max_length=1000, error_messages={"required": "Say what it is for"}
    )
    field_names = words(
        "Fields that may be released",
        rows=6,
        max_length=2000,
        help_text="One on each line, such as: where and with whom. A numbered field, such as line 1, is "
        "allowed by its name without the number.",
        error_messages={"required": "Name at least one field"},
    )
    lawful_bases = ticks(
        LawfulBasis, "On which lawful bases", error_messages={"required": "Choose at least one lawful basis"}
    )
    retention = line(
        "How long the receiver keeps it",
        required=True,
        error_messages={"required": "Say how long the receiver keeps it"},
    )
    contact = line(
        "Whom to ask",
        required=True,
        help_text="A desk or post at each organisation, not a private address.",
        error_messages={"required": "Say whom to ask at both organisations"},
    )
    review_on = DatePartsField(label="Review it on")
    grace_days = forms.IntegerField(
        label="Days it still covers once that day has passed",
        min_value=0,
        max_value=90,
        initial=GRACE_DAYS,
        help_text="After them nothing more is released under it until somebody has reviewed it.",
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-3"}),
    )

    def __init__(self, *args: Any, actor: Actor, is_new: bool, **kwargs: Any) -> None:
        if not is_new:
            leave_out(self, "other", "direction")
        super().__init__(*args, **kwargs)
        if is_new:
            others: Any = self.fields["other"]
            others.queryset = (
                Organisation.objects.filter(is_active=True).exclude(pk=body_of(actor)).order_by("name")
            )

    def clean_field_names(self) -> list[str]:
        """Each line as the field's name: "Where and with whom" is `where_and_with_whom`."""
        lines = self.cleaned_data["field_names"].splitlines()
        return sorted({"_".join(one.lower().split()) for one in lines if one.strip()})

    def clean_lawful_bases(self) -> list[str]:
        """In the order they are kept in, so that two sides of a conflict can be compared."""
        return sorted(self.cleaned_data["lawful_bases"])


class SignForm(CaseEditForm):
    """A signature is for the words that were on the page."""

    submit_label = "Sign for your organisation"

    agreed = forms.BooleanField(
        label="I have read it and sign for my organisation",
        error_messages={"required": "Tick the box to sign"},
    )


class ReviewForm(CaseEditForm):
    """What a review found, and when the next is."""

    submit_label = "Save the review"

    findings = words(
        "What the review found",
        rows=4,
        max_length=2000,
        error_messages={"required": "Say what the review found"},
    )
    review_on = DatePartsField(label="Review it again on")


class EndForm(CaseForm):
    """Why it ends."""

    submit_label = "End it"
    submit_style = "warning"

    reason = words("Why it ends", rows=3, max_length=1000, error_messages=REASON_REQUIRED)
