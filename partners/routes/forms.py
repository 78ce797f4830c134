"""Raising a concern, and what each of its steps asks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from foundation.accounts.models import Organisation
from foundation.ui.fields import DatePartsField
from foundation.ui.reasons import REASON_REQUIRED
from missingcases.forms.base import CaseForm, line, radios, words
from partners.routes import selectors
from partners.routes.enums import RESPONDERS, Kind, Responder
from partners.routes.models import Concern


class RaiseForm(CaseForm):
    """What the concern is, and why."""

    submit_label = "Raise the concern"

    kind = radios(Kind, "What the concern is", error_messages={"required": "Choose what the concern is"})
    why = words(
        "What makes you think so",
        rows=4,
        max_length=2000,
        error_messages={"required": "Say what makes you think so"},
    )


class TellForm(CaseForm):
    """Which local authority was told of a child, and who there."""

    submit_label = "Record that they were told"

    authority = forms.ModelChoiceField(
        label="Local authority you told",
        queryset=Organisation.objects.none(),
        empty_label="Choose the authority",
        error_messages={"required": "Choose the authority"},
    )
    person = line(
        "Whom you told, with their post",
        max_length=120,
        required=True,
        error_messages={"required": "Say whom you told"},
    )

    def __init__(self, *args: Any, concern: Concern, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["authority"]
        field.queryset = selectors.authorities()
        known = selectors.authority_for(concern.incident)
        if known is not None:
            field.initial = known.pk
        else:
            field.help_text = "Neither a placing nor a host authority is recorded. Ask whose child it is."


class ConsentForm(CaseForm):
    """What an adult answered."""

    submit_label = "Record the answer"

    is_given = forms.TypedChoiceField(
        label="Do they agree to be referred to the National Referral Mechanism?",
        choices=[("yes", "Yes"), ("no", "No, or they cannot be asked")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": "Say what they answered"},
    )


class ReferForm(CaseForm):
    """Who has it now, and by which reference."""

    submit_label = "Record the referral"

    responder = forms.ChoiceField(
        label="Who made the referral, or has the concern",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who has it"},
    )
    name = line("Which one, and who there", max_length=120)
    reference = line(
        "Their reference",
        max_length=60,
        required=True,
        error_messages={"required": "Enter their reference"},
    )
    referred_on = DatePartsField(label="On which day")

    def __init__(self, *args: Any, concern: Concern, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["responder"]
        field.choices = [(one.value, one.label) for one in RESPONDERS[concern.path]]
        self.fields["referred_on"].initial = timezone.localdate()


class NotifyForm(CaseForm):
    """Whom the notice that names nobody went to."""

    submit_label = "Record the notice"

    responder = radios(
        Responder,
        "Whom the notice went to",
        only=(Responder.HOME_OFFICE, Responder.POLICE),
        error_messages={"required": "Choose whom it went to"},
    )


class RuleOutForm(CaseForm):
    """Why it is not so."""

    submit_label = "Rule it out"
    submit_style = "warning"

    reason = words("Why it is ruled out", rows=3, max_length=1000, error_messages=REASON_REQUIRED)
