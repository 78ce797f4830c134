"""What is asked before an answer is worked out."""

from __future__ import annotations

from typing import Any, cast

from crispy_forms_gds.layout import Field
from django import forms

from foundation.ui.forms import HarbourForm, hints
from reports.before_after.enums import Against


class QuestionForm(HarbourForm):
    """Whose returns, of when, against whom."""

    submit_label = "Work it out"
    hide_optional = True

    force = forms.ChoiceField(label="Whose returns?", required=False)
    period = forms.ChoiceField(
        label="Returns of which time?",
        help_text="90 days have to have passed since a return for it to count.",
    )
    against = forms.ChoiceField(
        label="Compared with whom?",
        choices=Against.choices,
        widget=forms.RadioSelect,
        initial=Against.ELSEWHERE,
    )

    def __init__(
        self, *args: Any, forces: list[tuple[str, str]], periods: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["force"].choices = forces  # type: ignore[attr-defined]
        self.fields["period"].choices = periods  # type: ignore[attr-defined]
        hints(
            cast(forms.ChoiceField, self.fields["against"]),
            {
                Against.ELSEWHERE: "What changed for everybody in those months is not taken for an effect.",
                Against.EARLIER: "The same places in another time: what else changed since counts as well.",
            },
        )

    def layout(self) -> list[Any]:
        """Decide against whom before you see any answer."""
        return ["force", "period", Field.radios("against")]
