"""The questions that answering somebody asks."""

from __future__ import annotations

from django import forms

from foundation.ui.fields import DatePartsField
from missingcases.forms.base import CaseForm, line, radios, ticks, words
from missingcases.subject_access.enums import Decision, Mark


class ReceiveForm(CaseForm):
    """Who asks, about whom, since when."""

    submit_label = "Note the request"

    reference = line(
        "Reference of the person, of one of their incidents, or of a relative whom you support",
        max_length=16,
        required=True,
        help_text="Such as MP-7F3K9Q2X, MI-7F3K9Q2X or FM-7F3K9Q2X.",
        error_messages={"required": "Enter the reference"},
    )
    received_on = DatePartsField(label="Day the request came", allow_future=False)
    asked = words(
        "Who asks, and how to answer them",
        rows=3,
        max_length=1000,
        error_messages={"required": "Say who asks and how to answer them"},
    )


class IdentityForm(CaseForm):
    """How it was made sure who asks."""

    submit_label = "Keep this"

    how = words(
        "How you checked who asks, and that they may",
        rows=3,
        max_length=1000,
        help_text="A parent who asks for a child: say what shows it, and what the child wishes.",
        error_messages={"required": "Say how the identity was checked"},
    )


class ExtendForm(CaseForm):
    """Why a month is not enough."""

    submit_label = "Extend by two months"

    reason = words(
        "Why one month is not enough",
        rows=3,
        max_length=1000,
        help_text="Tell whoever asks within the first month.",
        error_messages={"required": "Say why one month is not enough"},
    )


class ReasonForm(CaseForm):
    """Why something ends or goes back."""

    submit_label = "Go on"

    reason = words("Why", rows=3, max_length=1000, error_messages={"required": "Say why"})


class GiveForm(CaseForm):
    """How the pack was given."""

    submit_label = "Note that it was given"

    how = words(
        "How it was given, and to whom",
        rows=3,
        max_length=1000,
        error_messages={"required": "Say how it was given, and to whom"},
    )


class ItemForm(CaseForm):
    """Whether one thing is given."""

    submit_label = "Keep"

    marks = ticks(Mark, "Weighed, because it", required=False)
    decision = radios(
        Decision,
        "Is it given?",
        only=(Decision.INCLUDE, Decision.WITHHOLD),
        error_messages={"required": "Choose whether it is given"},
    )
    reason = words(
        "If it is withheld: why",
        rows=2,
        required=False,
        max_length=1000,
        help_text="Nobody who asks reads this.",
    )
    may_be_named = forms.BooleanField(
        label="The pack may say that something of this kind is withheld: saying so does no harm",
        required=False,
    )
