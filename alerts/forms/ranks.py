"""Which rank authorises alerts of a force."""

from __future__ import annotations

from typing import Any

from django import forms

from alerts.ranks import offered
from missingcases.forms.base import CaseForm


class RankForm(CaseForm):
    """The lowest rank."""

    submit_label = "Save"
    rank = forms.ChoiceField(
        label="The lowest rank that authorises an alert for the force", widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rank"].choices = [(one.value, one.label) for one in offered()]  # type: ignore[attr-defined]
