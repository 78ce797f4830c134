"""Grading, reviews and flags."""

from __future__ import annotations

from typing import Any

from crispy_forms_gds.layout import ConditionalQuestion, ConditionalRadios
from django import forms
from django.utils import timezone

from foundation.ui.forms import LondonDateTimeField, hints
from missingcases.enums import FlagKind, FlagStatus, Known, RiskLevel, Sensitivity
from missingcases.forms.base import CaseEditForm, CaseForm, leave_out, line, radios, select, words
from missingcases.risk_questions import QUESTIONS

ABSENT = "absent"
_ANSWER = "answer_"

GRADE_HINTS: dict[str, str] = {
    ABSENT: "Not where they are expected, and no apparent risk. Reviewed at a time agreed with the reporter.",
    RiskLevel.LOW: "Harm is possible but would be minimal.",
    RiskLevel.MEDIUM: "Harm is likely but not serious.",
    RiskLevel.HIGH: "Serious harm is very likely: immediate deployment.",
}


class GradeForm(CaseEditForm):
    """Absent, or missing at a level of risk, with the information it rests on (domain.md 1, [18])."""

    submit_label = "Save the grading"
    warn_unsaved = True

    grade = forms.ChoiceField(
        label="Grade",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose absent, or missing with a level of risk"},
    )
    review_agreed_at = LondonDateTimeField(
        label="Latest review time agreed with the reporter",
        required=False,
        allow_past=False,
        help_text="No later than this, whatever the table says.",
    )
    information = words(
        "What is known",
        max_length=4000,
        help_text="The facts this grading rests on.",
        error_messages={"required": "Say what is known"},
    )
    given_by = line(
        "Who gave this information",
        required=True,
        help_text="Name or role, such as “mother, by telephone”.",
        error_messages={"required": "Say who gave this information"},
    )
    given_at = LondonDateTimeField(label="When they gave it", allow_future=False, offer_now=True)
    rationale = words(
        "Why this grade",
        max_length=4000,
        error_messages={"required": "Say why this grade: it is kept with the record"},
    )

    def __init__(self, *args: Any, grades: list[tuple[str, str]], **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("given_at", timezone.now())
        self._grades = grades
        super().__init__(*args, **kwargs)
        field: Any = self.fields["grade"]
        field.choices = grades
        hints(field, GRADE_HINTS)

    def layout(self) -> list[Any]:
        """The review time is asked only of an absence."""
        for code, question in QUESTIONS.items():
            self.fields[_ANSWER + code] = select(Known, question, required=False)
        absence = [
            ConditionalQuestion(label, "review_agreed_at") if value == ABSENT else label
            for value, label in self._grades
        ]
        return [
            "version",
            ConditionalRadios("grade", *absence),
            "information",
            "given_by",
            "given_at",
            "rationale",
            *(_ANSWER + code for code in QUESTIONS),
        ]

    def clean(self) -> dict[str, Any]:
        """An absence has its agreed review time; what was answered goes with the grading."""
        answers = super().clean() or self.cleaned_data
        given = {code: answers.pop(_ANSWER + code, "") for code in QUESTIONS}
        answers["answers"] = {code: answer for code, answer in given.items() if answer}
        if answers.get("grade") != ABSENT:
            answers["review_agreed_at"] = None
            self.errors.pop("review_agreed_at", None)
        elif not answers.get("review_agreed_at") and "review_agreed_at" not in self.errors:
            self.add_error("review_agreed_at", "Enter the latest review time agreed with the reporter")
        return answers


class ReviewForm(CaseForm):
    """What a review found. Saving starts the next clock."""

    submit_label = "Record the review"
    warn_unsaved = True

    findings = words(
        "What the review found", max_length=4000, error_messages={"required": "Say what the review found"}
    )
    next_steps = words("What happens next", rows=3, required=False, max_length=4000)
    review_agreed_at = LondonDateTimeField(
        label="Next latest review time agreed with the reporter", required=False, allow_past=False
    )

    def __init__(self, *args: Any, absence: bool, **kwargs: Any) -> None:
        if not absence:
            leave_out(self, "review_agreed_at")
        super().__init__(*args, **kwargs)

    def layout(self) -> list[Any]:
        """Only an absence has a time agreed with the reporter."""
        return list(self.fields)


class FlagForm(CaseEditForm):
    """A flag on the person, or a change of one."""

    submit_label = "Save the flag"

    kind = select(FlagKind, "Flag", error_messages={"required": "Choose a flag"})
    status = radios(FlagStatus, "How sure is this?", error_messages={"required": "Say how sure this is"})
    source = line(
        "Where this comes from",
        required=True,
        help_text="Such as “mother”, “PNC”, “social worker”.",
        error_messages={"required": "Say where this comes from"},
    )
    reason = words("What is known", rows=3, required=False, max_length=2000)
    review_at = LondonDateTimeField(label="Look at it again", required=False, allow_past=False)
    sensitivity = radios(Sensitivity, "Who sees this flag", initial=Sensitivity.STANDARD)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hints(
            self.fields["status"],  # type: ignore[arg-type]
            {
                FlagStatus.SUSPECTED: "Counts as a flag until it is ruled out.",
                FlagStatus.RULED_OUT: "Stays in the history.",
            },
        )

    def clean(self) -> dict[str, Any]:
        """Ruling out needs its reason."""
        answers = super().clean() or self.cleaned_data
        if answers.get("status") == FlagStatus.RULED_OUT and not answers.get("reason"):
            self.add_error("reason", "Say why it is ruled out")
        return answers
