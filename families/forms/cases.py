"""Questions about a support case and who works on it."""

from __future__ import annotations

from typing import Any

from django import forms

from families.enums import Nation, TaskKind
from families.states import WORKERS
from foundation.accounts.models import User
from foundation.accounts.selectors import people_holding
from foundation.actors import Actor
from foundation.ui.forms import DatePartsField, LondonDateTimeField
from missingcases.forms.base import CaseEditForm, CaseForm, line, radios
from missingcases.forms.base import words as sentences

INCIDENT_HINT = "Such as MI-7F3K9Q2X, if the police shared it with us. They are not told that you link it."


class _About(forms.Form):
    about = line(
        "Whom do they miss?",
        required=True,
        help_text="As the family says it. Only colleagues who work with them see this.",
        error_messages={"required": "Say whom they miss"},
    )
    missing_since = DatePartsField(
        label="Missing since when, as far as they know?", required=False, allow_future=False
    )
    nation = radios(Nation, "Whose law applies where the missing person lived?", initial=Nation.ENGLAND_WALES)


class OpenCaseForm(_About, CaseForm):
    """Start supporting a family."""

    submit_label = "Start"
    incident = line("Reference of the incident", max_length=16, help_text=INCIDENT_HINT)


class ChangeCaseForm(_About, CaseEditForm):
    """Change what is known of the case."""


class LinkForm(CaseForm):
    """Link the incident."""

    submit_label = "Link the incident"
    incident = line("Reference of the incident", max_length=16, required=True, help_text=INCIDENT_HINT)


def colleagues(actor: Actor) -> Any:
    """Who supports families at the actor's charity."""
    return people_holding(actor.organisation_id or 0, WORKERS).order_by("full_name", "pk")


class _ColleagueForm(CaseForm):
    to = forms.ModelChoiceField(label="Colleague", queryset=User.objects.none(), empty_label="Choose")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["to"]
        field.queryset = colleagues(actor)


class ContactPersonForm(_ColleagueForm):
    """Who is the family's single point of contact?"""

    submit_label = "Save"


class AccessForm(_ColleagueForm):
    """Name a colleague, or keep one out."""

    submit_label = "Save"
    how = forms.ChoiceField(
        label="What about them?",
        choices=[
            ("named", "They may see this case while it is narrowed"),
            ("kept_out", "Keep them out of it"),
        ],
        widget=forms.RadioSelect,
    )


class TaskForm(CaseForm):
    """Something owed to the family."""

    submit_label = "Add it"
    kind = radios(TaskKind, "What is it?", only={TaskKind.ACTION, TaskKind.CALL_BACK})
    words = sentences("What is to be done?", rows=2, max_length=500)
    due_at = LondonDateTimeField(label="By when?", allow_past=False)
    to = forms.ModelChoiceField(
        label="Whose is it?", queryset=User.objects.none(), required=False, empty_label="Mine"
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["to"]
        field.queryset = colleagues(actor).exclude(pk=actor.user_id or 0)


class BlockedPartyForm(CaseForm):
    """Somebody who must be told nothing."""

    submit_label = "Block them in this case"
    submit_style = "warning"
    name = line("Who is it?", required=True)
    number = line("Their number, if you know it", max_length=30, help_text="Nothing goes to it in this case.")
    why = sentences("Why?", rows=3, max_length=1000)


class GuidanceForm(CaseEditForm):
    """Words to explain things with."""

    title = line("Title", max_length=100, required=True)
    text = sentences("Words", rows=6, max_length=3000)
    is_active = forms.BooleanField(label="In use", required=False, initial=True)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)
