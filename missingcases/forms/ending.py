"""Found, home, interviewed, closed, cancelled, reopened."""

from __future__ import annotations

from typing import Any

from crispy_forms_gds.layout import ConditionalQuestion, ConditionalRadios
from django import forms

from foundation.ui.forms import LondonDateTimeField, hints
from foundation.ui.reasons import REASON_REQUIRED, ReasonForm
from missingcases.enums import (
    MISSING_RISKS,
    SOLE_HARMS,
    CancelReason,
    DeathType,
    DiscloseLocation,
    FoundBy,
    Harm,
    InterviewMode,
    Known,
    Outcome,
    PlaceFound,
    RiskLevel,
)
from missingcases.forms.base import (
    CaseEditForm,
    CaseForm,
    KeptOnFailure,
    line,
    narrow,
    radios,
    select,
    ticks,
    words,
)

FINAL_OUTCOMES = frozenset(set(Outcome) - {Outcome.CANCELLED})


class LocatedForm(CaseForm):
    """The person is found. Saving stops everything that runs for them, at once."""

    submit_label = "Record as found"

    located_at = LondonDateTimeField(label="When found", allow_future=False, offer_now=True)
    found_by = select(
        FoundBy, "Who found them", error_messages={"required": "Say who found them, or “Not known”"}
    )
    source = words(
        "How this is known",
        rows=3,
        max_length=2000,
        help_text="Such as “at the front desk, seen by the officer” or “mother rang: he is home”.",
        error_messages={"required": "Say how this is known"},
    )
    is_home = forms.BooleanField(label="They are back at home or placement now", required=False)


class ReturnedForm(CaseEditForm):
    """Back at home or placement: this starts the clock of the Return Home Interview."""

    submit_label = "Record the return"

    returned_at = LondonDateTimeField(label="When they returned", allow_future=False, offer_now=True)


class LostAgainForm(CaseForm):
    """Located in error, or lost again before their welfare was confirmed: missing again, at a risk."""

    submit_label = "Record as still missing"
    submit_style = "warning"
    warn_unsaved = True

    level = radios(RiskLevel, "Risk now", only=MISSING_RISKS, error_messages={"required": "Choose the risk"})
    information = words(
        "What is known now", rows=3, max_length=4000, error_messages={"required": "Say what is known"}
    )
    given_by = line(
        "Who gave this information", required=True, error_messages={"required": "Say who gave it"}
    )
    rationale = words(
        "Why they are not found after all", rows=3, max_length=4000, error_messages=REASON_REQUIRED
    )


class InterviewForm(CaseForm):
    """The prevention interview. "Not known" is not "none"."""

    submit_label = "Save the interview"
    warn_unsaved = True

    held_at = LondonDateTimeField(label="When it was held", allow_future=False, offer_now=True)
    mode = radios(InterviewMode, "How it was held")
    seen_in_person = forms.TypedChoiceField(
        label="Were they seen in person?",
        choices=[("yes", "Yes"), ("no", "No")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether they were seen in person"},
    )
    reason_missing = words(
        "Why they went missing", rows=3, max_length=4000, help_text="In their own words where you can."
    )
    where_and_with_whom = words("Where they were, and with whom", rows=3, required=False, max_length=4000)
    harm = ticks(
        Harm, "Harm while missing", error_messages={"required": "Choose the harm, “None” or “Not known”"}
    )
    offences_disclosed = radios(Known, "Did they tell of an offence?", initial=Known.NOT_KNOWN)
    offences = words("The offences they told of", rows=3, required=False, max_length=4000)
    safeguarding = words("Safeguarding", rows=3, required=False, max_length=4000)
    referrals = words("Referrals made", rows=2, required=False, max_length=2000)
    disclose_location = radios(
        DiscloseLocation,
        "May anybody be told where they are?",
        help_text="An adult's whereabouts are not passed on without their permission.",
        error_messages={"required": "Say whether anybody may be told where they are"},
    )
    non_disclosure_request = words(
        "What they asked not to be passed on", rows=2, required=False, max_length=2000
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hints(
            self.fields["harm"],  # type: ignore[arg-type]
            {Harm.NOT_KNOWN: "Nobody could say."},
            exclusive=tuple(sorted(SOLE_HARMS)),
        )

    def clean(self) -> dict[str, Any]:
        """An answer that stands alone stands alone; an offence told is written down."""
        answers = super().clean() or self.cleaned_data
        check_harm(self, answers)
        if answers.get("offences_disclosed") == Known.YES and not answers.get("offences"):
            self.add_error("offences", "Write down the offences they told of")
        return answers


class OutcomeForm(CaseEditForm):
    """How it ended."""

    submit_label = "Save the outcome"
    warn_unsaved = True

    outcome = radios(
        Outcome, "Outcome", only=FINAL_OUTCOMES, error_messages={"required": "Choose the outcome"}
    )
    found_by = select(FoundBy, "Who found them", error_messages={"required": "Say who found them"})
    place_found = select(PlaceFound, "Kind of place where they were found", required=False)
    distance_km = forms.DecimalField(
        label="Distance from where last seen, in km",
        required=False,
        min_value=0,
        max_digits=7,
        decimal_places=1,
        error_messages={"invalid": "Enter the distance as a number, such as 4.5"},
    )
    harm = ticks(
        Harm, "Harm while missing", error_messages={"required": "Choose the harm, “None” or “Not known”"}
    )
    death_type = select(DeathType, "Manner of death", required=False)

    def __init__(self, *args: Any, closing: bool = False, **kwargs: Any) -> None:
        if closing:
            self.submit_label = "Close the incident"
        super().__init__(*args, **kwargs)
        hints(self.fields["harm"], {}, exclusive=tuple(sorted(SOLE_HARMS)))  # type: ignore[arg-type]

    def layout(self) -> list[Any]:
        """The manner of death is asked only after a death."""
        outcomes = [
            ConditionalQuestion(one.label, "death_type") if one == Outcome.LOCATED_DECEASED else one.label
            for one in Outcome
            if one in FINAL_OUTCOMES
        ]
        return [
            "version",
            ConditionalRadios("outcome", *outcomes),
            "found_by",
            "place_found",
            narrow("distance_km"),
            "harm",
        ]

    def clean(self) -> dict[str, Any]:
        """A death has its manner; nothing else has."""
        answers = super().clean() or self.cleaned_data
        check_harm(self, answers)
        if answers.get("outcome") != Outcome.LOCATED_DECEASED:
            answers["death_type"] = ""
            self.errors.pop("death_type", None)
        elif not answers.get("death_type") and "death_type" not in self.errors:
            self.add_error("death_type", "Choose the manner of death, or “Undetermined”")
        return answers


def check_harm(form: forms.Form, answers: dict[str, Any]) -> None:
    """An answer that stands alone stands alone."""
    harm = set(answers.get("harm") or ())
    if len(harm) > 1 and harm & SOLE_HARMS:
        form.add_error("harm", "“None” and “Not known” stand alone: choose one, or the harms themselves")


class CancelForm(CaseForm):
    """For a record that should not be: never for somebody who came back quickly."""

    submit_label = "Cancel the incident"
    submit_style = "warning"
    cancel_label = "Go back and keep it"

    cause = radios(CancelReason, "Why it should not stand", error_messages={"required": "Choose why"})
    duplicate_of = line(
        "The other incident's reference, if this is a duplicate",
        max_length=16,
        help_text="Such as MI-7F3K9Q2X.",
    )
    reason = words("In your own words", rows=3, max_length=2000, error_messages=REASON_REQUIRED)

    def layout(self) -> list[Any]:
        """The reference is as wide as a reference."""
        return ["cause", narrow("duplicate_of", "govuk-input--width-10"), "reason"]

    def clean(self) -> dict[str, Any]:
        """A duplicate names the other."""
        answers = super().clean() or self.cleaned_data
        answers["duplicate_of"] = answers.get("duplicate_of", "").strip().upper()
        if answers.get("cause") == CancelReason.DUPLICATE and not answers["duplicate_of"]:
            self.add_error("duplicate_of", "Enter the other incident's reference")
        return answers


class CaseReasonForm(KeptOnFailure, ReasonForm):
    """Why (reopen, long-term, withdraw), posted in the background as every form about an incident."""
