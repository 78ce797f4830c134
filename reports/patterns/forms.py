"""What patterns are narrowed to."""

from __future__ import annotations

from typing import Any

from django import forms

from foundation.ui.forms import HarbourForm


class NarrowForm(HarbourForm):
    """A period and an area: codes alone, which may stand in an address."""

    submit_label = "Show"
    form_method = "get"
    hide_optional = True

    period = forms.ChoiceField(label="Reported in", required=False)
    area = forms.ChoiceField(label="Last seen in", required=False)

    def __init__(
        self, *args: Any, periods: list[tuple[str, str]], areas: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["period"].choices = periods  # type: ignore[attr-defined]
        self.fields["area"].choices = [("", "Everywhere"), *areas]  # type: ignore[attr-defined]

    def layout(self) -> list[Any]:
        """Both, one beneath the other."""
        return ["period", "area"]
