"""Reaching the child, and what they answered."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms

from foundation.ui.forms import HarbourForm, LondonDateTimeField, hints
from rhi.enums import (
    BreachReason,
    ContactChannel,
    Contacted,
    ContactOutcome,
    DeclineReason,
    ReferralStatus,
)

_S = ReferralStatus
_ANSWERS = [
    (_S.ACCEPTED.value, "Yes, they want to talk"),
    (_S.DECLINED.value, "No"),
    (_S.DECLINED_BUT_TALKED.value, "No, but they talked a little"),
    (_S.CARER_ONLY.value, "No, but the carer talked to us"),
]


class AttemptForm(HarbourForm):
    """One attempt to reach the child."""

    submit_label = "Save the attempt"
    warn_unsaved = True

    form_token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    at = LondonDateTimeField(label="When?", allow_future=False, offer_now=True)
    channel = forms.ChoiceField(label="How?", choices=ContactChannel.choices, widget=forms.RadioSelect)
    whom = forms.ChoiceField(label="Whom?", choices=Contacted.choices, widget=forms.RadioSelect)
    outcome = forms.ChoiceField(
        label="What came of it?", choices=ContactOutcome.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label="Note for colleagues",
        help_text="Never shown to the police or the authority.",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class OfferForm(HarbourForm):
    """That the interview was offered."""

    submit_label = "Save the offer"

    offered_at = LondonDateTimeField(label="When was it offered?", allow_future=False, offer_now=True)


class AnswerForm(HarbourForm):
    """What they answered to the offer."""

    submit_label = "Save the answer"
    warn_unsaved = True

    answer = forms.ChoiceField(label="What did they say?", choices=_ANSWERS, widget=forms.RadioSelect)
    answered_at = LondonDateTimeField(label="When?", allow_future=False, offer_now=True)
    limits_explained = forms.BooleanField(
        label="I explained what stays between us, and what I would have to pass on",
        help_text="Serious harm, a crime against a child, and a risk to others are always passed on.",
        required=False,
    )
    decline_reason = forms.ChoiceField(
        label="If they said no, why?",
        help_text="As far as it is known. Leave it empty for a yes.",
        choices=[("", "Not a no"), *DeclineReason.choices],
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hints(
            self.fields["answer"],  # type: ignore[arg-type]
            {
                _S.DECLINED_BUT_TALKED: "What they said is reported as far as they agree.",
                _S.CARER_ONLY: "Carers are asked for what they know.",
            },
        )


class UnableForm(HarbourForm):
    """That nothing could be offered."""

    submit_label = "It could not be offered"
    submit_style = "warning"

    at = LondonDateTimeField(label="Since when is that clear?", allow_future=False, offer_now=True)
    decline_reason = forms.ChoiceField(label="Why?", choices=DeclineReason.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label="What was tried?", max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class BreachForm(HarbourForm):
    """Why a time was missed."""

    submit_label = "Save the reason"

    which = forms.ChoiceField(
        label="Which time?",
        choices=[("interview", "The 72 hours"), ("report", "The report")],
        widget=forms.RadioSelect,
    )
    reason = forms.ChoiceField(
        label="Why was it late?", choices=BreachReason.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, late: frozenset[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["which"]
        field.choices = [(value, label) for value, label in field.choices if value in late]


class SettleForm(HarbourForm):
    """What was done about a concern, or about a visit that called."""

    submit_label = "Save what was done"

    words = forms.CharField(
        label="What did you find out, and what was done?",
        help_text="Kept with the record.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ReportForm(HarbourForm):
    """What the authority is told beside what the interview itself tells."""

    submit_label = "Send it to the authority"
    warn_unsaved = True

    summary = forms.CharField(
        label="What must the authority know?",
        help_text="Without an interview: what was tried, what the carer said, what you fear. "
        "The authority reads this as you write it.",
        required=False,
        max_length=4500,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    override_reason = forms.CharField(
        label="If no sharing agreement covers this: why is it sent all the same?",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class CloseForm(HarbourForm):
    """Nothing more is to be done."""

    submit_label = "Close the referral"
