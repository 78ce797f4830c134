"""Tasks about an incident."""

from __future__ import annotations

from typing import Any

from django import forms

from foundation.accounts.models import User
from foundation.actors import Actor
from foundation.ui.forms import LondonDateTimeField
from missingcases.forms.audience import colleagues
from missingcases.forms.base import CaseForm, line, words


class ActionForm(CaseForm):
    """A task somebody sets. `owners` are (id, name) of the bodies that may be given it."""

    submit_label = "Add the action"

    title = line("What has to be done", required=True, error_messages={"required": "Say what has to be done"})
    due_at = LondonDateTimeField(label="By when", allow_past=False)
    owner = forms.ChoiceField(label="Whose task it is", widget=forms.RadioSelect)
    assignee = forms.ModelChoiceField(
        label="Who does it, if it is yours",
        queryset=User.objects.none(),
        required=False,
        empty_label="Nobody in particular",
    )

    def __init__(self, *args: Any, actor: Actor, owners: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["assignee"]
        field.queryset = colleagues(actor)
        bodies: Any = self.fields["owner"]
        bodies.choices = owners
        bodies.initial = owners[0][0]


class FinishActionForm(CaseForm):
    """Done, or no longer needed, with what came of it."""

    submit_label = "Save"

    how = forms.ChoiceField(
        label="How it ended",
        choices=[("done", "Done"), ("not_needed", "No longer needed")],
        widget=forms.RadioSelect,
        initial="done",
    )
    result = words(
        "What came of it", rows=3, max_length=2000, error_messages={"required": "Say what came of it"}
    )
