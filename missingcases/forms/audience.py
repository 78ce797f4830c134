"""Who may know of an incident."""

from __future__ import annotations

from typing import Any

from django import forms

from foundation.accounts.enums import OrganisationKind
from foundation.accounts.models import Organisation, User
from foundation.actors import Actor
from foundation.ui.reasons import REASON_REQUIRED
from missingcases.enums import Known
from missingcases.forms.base import CaseEditForm, CaseForm, body_of, radios, words


class RestrictForm(CaseForm):
    """Only named people from now on."""

    submit_label = "Restrict to named people"
    submit_style = "warning"

    people = forms.ModelMultipleChoiceField(
        label="Who keeps sight of it, besides you",
        queryset=User.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    reason = words("Why", rows=3, max_length=2000, error_messages=REASON_REQUIRED)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["people"]
        field.queryset = colleagues(actor)


class NamePersonForm(CaseForm):
    """One more person who may see a restricted incident."""

    submit_label = "Let them see it"

    user = forms.ModelChoiceField(
        label="Colleague",
        queryset=User.objects.none(),
        empty_label="Choose a colleague",
        error_messages={"required": "Choose a colleague"},
    )
    reason = words("Why", rows=2, max_length=1000, error_messages=REASON_REQUIRED)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["user"]
        field.queryset = colleagues(actor).exclude(pk=actor.user_id)


class AuthoritiesForm(CaseEditForm):
    """The authorities responsible for a child; naming one gives it sight of the incident."""

    submit_label = "Save"

    looked_after = radios(Known, "Are they looked after by a local authority?", initial=Known.NOT_KNOWN)
    placing_authority = forms.ModelChoiceField(
        label="Placing authority", queryset=Organisation.objects.none(), required=False, empty_label="None"
    )
    host_authority = forms.ModelChoiceField(
        label="Host authority, if they live elsewhere",
        queryset=Organisation.objects.none(),
        required=False,
        empty_label="None",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("placing_authority", "host_authority"):
            field: Any = self.fields[name]
            field.queryset = Organisation.objects.filter(
                kind=OrganisationKind.LOCAL_AUTHORITY, is_active=True
            )


def colleagues(actor: Actor) -> Any:
    """People with a running membership in the actor's organisation, by name."""
    return (
        User.objects.filter(
            is_active=True,
            memberships__organisation_id=body_of(actor),
            memberships__ended_at__isnull=True,
        )
        .distinct()
        .order_by("full_name", "pk")
    )
