"""The tables an administrator edits: what raises an action, and when reviews are due."""

from __future__ import annotations

from typing import Any

from django import forms

from missingcases.enums import (
    ActionKind,
    ActionOwner,
    AppliesTo,
    FlagKind,
    ReviewKind,
    RiskLevel,
    Trigger,
)
from missingcases.forms.base import CaseEditForm, narrow, radios, select

_WIDTH = "govuk-input--width-4"


def _number(label: str, **kwargs: Any) -> forms.IntegerField:
    kwargs.setdefault("min_value", 1)
    return forms.IntegerField(
        label=label, required=False, error_messages={"invalid": "Enter a whole number"}, **kwargs
    )


class ActionRuleForm(CaseEditForm):
    """One trigger with its threshold, and the action it raises."""

    submit_label = "Save the rule"

    trigger = radios(Trigger, "When")
    incidents = _number("Number of incidents", min_value=2)
    within_days = _number("Within how many days")
    over_hours = _number("Missing or absent for longer than, in hours")
    flag_kind = select(FlagKind, "Which flag", required=False)
    risk_level = select(RiskLevel, "Which risk", required=False)
    applies_to = radios(AppliesTo, "Who it is about")
    action_kind = select(ActionKind, "The action it raises")
    action_owner = radios(ActionOwner, "Whose task it is")
    step = forms.IntegerField(label="Order among the actions of one trigger", min_value=1, max_value=20)
    due_within_hours = forms.IntegerField(label="Due within, in hours", min_value=1, max_value=8760)
    is_active = forms.BooleanField(label="The rule is in use", required=False)

    # Each trigger's own questions; the others are emptied.
    NEEDS = {
        Trigger.REPEAT_COUNT: ("incidents", "within_days"),
        Trigger.LONG_ABSENCE: ("over_hours",),
        Trigger.ABSENT_LIMIT: ("over_hours",),
        Trigger.FLAG: ("flag_kind",),
        Trigger.RISK: ("risk_level",),
    }

    def layout(self) -> list[Any]:
        """Numbers in narrow boxes."""
        wide = {"incidents", "within_days", "over_hours", "step", "due_within_hours"}
        return [narrow(name, _WIDTH) if name in wide else name for name in self.fields]

    def clean(self) -> dict[str, Any]:
        """A trigger has its own threshold and no other."""
        answers = super().clean() or self.cleaned_data
        needed = self.NEEDS.get(answers.get("trigger", ""), ())
        for names in dict.fromkeys(self.NEEDS.values()):
            for name in names:
                if name not in needed:
                    answers[name] = "" if name in {"flag_kind", "risk_level"} else None
                    self.errors.pop(name, None)
                elif not answers.get(name) and name not in self.errors:
                    self.add_error(name, f"This trigger needs: {str(self.fields[name].label).lower()}")
        return answers


class ReviewRuleForm(CaseEditForm):
    """One line of the review table."""

    submit_label = "Save the line"

    level = radios(RiskLevel, "Level of risk")
    applies_to = radios(AppliesTo, "Who it is about")
    kind = select(ReviewKind, "Which review")
    first_after_minutes = forms.IntegerField(
        label="First due after, in minutes", min_value=1, max_value=10_000_000
    )
    then_every_minutes = _number("Then every, in minutes")
    is_active = forms.BooleanField(label="The line is in use", required=False)

    def layout(self) -> list[Any]:
        """Numbers in narrow boxes."""
        wide = {"first_after_minutes", "then_every_minutes"}
        return [narrow(name, _WIDTH) if name in wide else name for name in self.fields]
