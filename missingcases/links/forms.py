"""Asking another force, and answering one."""

from __future__ import annotations

from typing import Any

from django import forms

from foundation.accounts import selectors as accounts
from foundation.accounts.models import Organisation
from foundation.actors import Actor
from missingcases.forms.base import CaseForm, body_of, line, words


class AskForm(CaseForm):
    """Which force, and what it may be asked by."""

    submit_label = "Ask for a link"

    force = forms.ModelChoiceField(
        label="Which force",
        queryset=Organisation.objects.none(),
        empty_label="Choose a force",
        error_messages={"required": "Choose the force"},
    )
    named = line(
        "Reference of their incident, if they gave you one",
        max_length=16,
        help_text="Such as MI-7F3K9Q2X. Leave it empty if you do not know it.",
    )
    words = words(
        "What to tell them",
        rows=3,
        required=False,
        max_length=500,
        help_text="They read this before they agree. Say whom you spoke to. Give no name or detail.",
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        forces: Any = self.fields["force"]
        forces.queryset = accounts.forces().exclude(pk=body_of(actor)).order_by("name")


class AcceptForm(CaseForm):
    """Which of one's own incidents it is."""

    submit_label = "Accept the link"

    incident = line(
        "Reference of your incident",
        max_length=16,
        required=True,
        help_text="Such as MI-7F3K9Q2X.",
        error_messages={"required": "Enter the reference of your incident"},
    )


class DeclineForm(CaseForm):
    """Why not; the other force reads it."""

    submit_label = "Decline"
    submit_style = "warning"

    reason = words(
        "Why you decline",
        rows=3,
        max_length=500,
        help_text="The other force reads this. Give no name or detail of anybody.",
        error_messages={"required": "Say why you decline"},
    )


class EndForm(CaseForm):
    """Why a link ends; kept with one's own force."""

    submit_label = "End the link"
    submit_style = "warning"

    reason = words(
        "Why it ends",
        rows=3,
        max_length=500,
        help_text="This stays with your force. The other force reads only that the link has ended.",
        error_messages={"required": "Say why it ends"},
    )
