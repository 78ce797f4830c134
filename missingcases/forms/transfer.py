"""Offering an incident to another force, and answering."""

from __future__ import annotations

from typing import Any

from django import forms

from foundation.accounts import selectors as accounts
from foundation.accounts.models import Organisation, Team, User
from foundation.actors import Actor
from missingcases.forms.base import CaseForm, body_of, leave_out, words


class OfferTransferForm(CaseForm):
    """To whom, and why. The incident stays here until the other force accepts."""

    submit_label = "Offer the incident"

    to_organisation = forms.ModelChoiceField(
        label="To which force",
        queryset=Organisation.objects.none(),
        empty_label="Choose a force",
        error_messages={"required": "Choose the force"},
    )
    reason = words(
        "Why it should be theirs",
        rows=4,
        max_length=2000,
        help_text="The other force reads this. Say what is under way and what must not be dropped.",
        error_messages={"required": "Say why it should be theirs"},
    )

    to_user = forms.EmailField(
        label="E-mail address of the one person it is offered to",
        help_text="The incident is restricted: only this supervisor of the other force sees the offer.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": "Enter the person's e-mail address",
            "invalid": "Enter an e-mail address, such as name@example.org",
        },
    )

    def __init__(self, *args: Any, actor: Actor, restricted: bool, **kwargs: Any) -> None:
        if not restricted:
            leave_out(self, "to_user")
        super().__init__(*args, **kwargs)
        forces: Any = self.fields["to_organisation"]
        forces.queryset = accounts.forces().exclude(pk=body_of(actor))

    def clean(self) -> dict[str, Any]:
        """The person must work for that force; whether somebody unknown has an account is not told."""
        answers = super().clean() or self.cleaned_data
        email, force = answers.get("to_user"), answers.get("to_organisation")
        if email and force:
            works_there = User.objects.filter(
                memberships__organisation=force, memberships__ended_at__isnull=True, is_active=True
            )
            answers["to_user"] = works_there.filter(email__iexact=email).first()
            if answers["to_user"] is None:
                self.add_error("to_user", "Nobody with this address works for that force")
        return answers


class AcceptTransferForm(CaseForm):
    """The accepting force says which unit takes it."""

    submit_label = "Accept the incident"

    owner_unit = forms.ModelChoiceField(
        label="Unit that takes it", queryset=Team.objects.none(), required=False, empty_label="No unit"
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units: Any = self.fields["owner_unit"]
        units.queryset = Team.objects.filter(organisation_id=body_of(actor), is_active=True)
