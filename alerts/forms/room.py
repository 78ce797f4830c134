"""What is asked in the launch room."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet

from alerts.enums import CancelReason
from alerts.services.common import LONGEST_WORDS
from alerts.services.telephone import LONGEST_NAME
from foundation.accounts.models import User
from missingcases.forms.base import CaseEditForm, CaseForm, line, words

_MET, _NOT_MET = "met", "not_met"


def _tick(label: str) -> forms.BooleanField:
    return forms.BooleanField(label=label, error_messages={"required": "Tick this to go on"})


class CriterionForm(CaseEditForm):
    """Whether a criterion is met, and on what evidence."""

    submit_label = "Record it"
    warn_unsaved = True
    answer = forms.ChoiceField(
        label="Is it met?",
        choices=[(_MET, "Met"), (_NOT_MET, "Not met")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose met or not met"},
    )
    evidence = words(
        "Evidence",
        rows=4,
        max_length=LONGEST_WORDS,
        help_text="Who saw or said what, and when. Everybody in the room reads it.",
    )

    def is_met(self) -> bool:
        """The answer."""
        return bool(self.cleaned_data["answer"] == _MET)


class CommentForm(CaseForm):
    """Something for everybody in the room."""

    submit_label = "Add it"
    form_token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    text = words(
        "Comment",
        rows=3,
        max_length=LONGEST_WORDS,
        help_text="Everybody who sees this alert reads it: the force, the charity, and the national unit.",
    )


class StepForm(CaseEditForm):
    """A step that is taken by one button, after reading what is above it."""

    read = _tick("I have read what it says, and where it goes")

    def __init__(self, *args: Any, submit_label: str, **kwargs: Any) -> None:
        self.submit_label = submit_label
        super().__init__(*args, **kwargs)


class CallsForm(CaseForm):
    """The force says that it can take the calls."""

    submit_label = "We are ready for calls"
    ready = _tick("People and lines are ready to take the public's calls when the alert goes out")


class TakeBackForm(CaseForm):
    """Setting a recorded agreement aside asks nothing."""

    submit_label = "Take it back"
    submit_style = "warning"


class TelephoneForm(CaseEditForm):
    """Who of the national unit agreed, and on which directory number they were called back."""

    submit_label = "Record the agreement"
    hide_optional = True  # who heard it is always one of the list
    officer_name = line("Name of the officer who agreed", required=True, max_length=LONGEST_NAME)
    called_back_on = forms.ChoiceField(
        label="You called them back on",
        error_messages={"required": "Choose the number on which you called them back"},
        help_text="Numbers of the directory alone. Never one that a caller gave you.",
        widget=forms.RadioSelect,
    )
    asked = forms.ModelChoiceField(
        label="Who heard the call with you",
        queryset=User.objects.none(),
        required=False,
        empty_label="Another duty manager",
        help_text="They witness it, and cannot issue the alert. A caseworker sees the alert until then.",
    )

    def __init__(self, *args: Any, hearers: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["asked"].queryset = hearers  # type: ignore[attr-defined]
        numbers = [(number, number) for number in settings.ALERT_DIRECTORY_NUMBERS]
        self.fields["called_back_on"].choices = numbers  # type: ignore[attr-defined]


class WitnessForm(CaseEditForm):
    """Somebody else heard it."""

    submit_label = "Witness the agreement"
    heard = _tick("I heard the officer agree, on the call back to the directory number")


class WhyForm(CaseEditForm):
    """Why, for a step that asks nothing else."""

    reason = words(
        "Reason",
        rows=3,
        max_length=LONGEST_WORDS,
        help_text="Everybody in the room reads it.",
        error_messages={"required": "Enter the reason"},
    )

    def __init__(self, *args: Any, submit_label: str, submit_style: str = "", **kwargs: Any) -> None:
        self.submit_label, self.submit_style = submit_label, submit_style
        super().__init__(*args, **kwargs)


class CallOffForm(CaseForm):
    """Why it is ended before anything was sent. It carries no version: nobody's edit may hold it up."""

    submit_label = "Call it off"
    submit_style = "warning"
    cancel_reason = forms.ChoiceField(
        label="What happened",
        error_messages={"required": "Choose what happened"},
        help_text="Kept with the record. The public is never told.",
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, is_rehearsal: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = {CancelReason.FOUND_SAFE, CancelReason.FOUND_DECEASED}
        self.fields["cancel_reason"].choices = [  # type: ignore[attr-defined]
            (one.value, one.label) for one in CancelReason if not (is_rehearsal and one in found)
        ]
