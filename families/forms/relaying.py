"""Questions when a message home is passed on."""

from __future__ import annotations

from typing import Any

from django import forms

from families.enums import ContactChannel
from families.forms.log import Token
from families.models import FamilyMember
from missingcases.forms.base import CaseForm, radios


class RelayForm(Token, CaseForm):
    """To whom, and how."""

    submit_label = "They have heard it word for word"
    member = forms.ModelChoiceField(
        label="Who is told?", queryset=FamilyMember.objects.none(), empty_label="Choose"
    )
    channel = radios(
        ContactChannel,
        "How?",
        only={ContactChannel.CALL, ContactChannel.IN_PERSON, ContactChannel.TEXT},
        initial=ContactChannel.CALL,
        help_text="By text, just these words go to their safe mobile when you press the button.",
    )

    def __init__(self, *args: Any, members: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["member"]
        field.queryset = members
        field.label_from_instance = lambda one: f"{one.name}, {one.case.reference}"
