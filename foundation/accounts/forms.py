"""Forms of the people pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import password_validation

from foundation.accounts.enums import ROLES_OF_KIND, OrganisationKind, Role
from foundation.accounts.models import Organisation, User
from foundation.ui.forms import HarbourForm


def roles_of(organisation: Organisation) -> list[tuple[str, str]]:
    """The roles that organisation can give, in the order of the roles' own list."""
    allowed = ROLES_OF_KIND[OrganisationKind(organisation.kind)]
    return [(role.value, role.label) for role in Role if role in allowed]


def _teams_of(organisation: Organisation) -> list[tuple[str, str]]:
    teams = organisation.teams.filter(is_active=True).values_list("code", "name")
    return [("", "No team"), *teams]


class FindPersonForm(HarbourForm):
    """Find one person by their address; posted, so that it stands in no address line or log."""

    submit_label = "Find"
    email = forms.EmailField(label="E-mail address", help_text="Of somebody in your organisation.")


class InviteForm(HarbourForm):
    """Whom to invite, and as what."""

    submit_label = "Send the invitation"
    email = forms.EmailField(label="E-mail address", max_length=254)
    roles = forms.MultipleChoiceField(label="Roles", widget=forms.CheckboxSelectMultiple)
    team = forms.ChoiceField(label="Team", required=False)

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["roles"].choices = roles_of(organisation)  # type: ignore[attr-defined]
        teams = _teams_of(organisation)
        self.fields["team"].choices = teams  # type: ignore[attr-defined]


class OrganisationForm(HarbourForm):
    """Another body that takes part."""

    submit_label = "Add the organisation"
    kind = forms.ChoiceField(
        label="Kind",
        choices=[
            (kind.value, kind.label) for kind in OrganisationKind if kind is not OrganisationKind.CHARITY
        ],
        widget=forms.RadioSelect,
        help_text="It decides which roles its people may hold, and cannot be changed later.",
    )
    name = forms.CharField(
        label="Name", max_length=120, help_text="As it is known, such as Kent County Council."
    )
    area = forms.CharField(
        label="Code of its area",
        max_length=80,
        required=False,
        help_text="The GSS code (E10000016) or our own code, as the page of the area shows it.",
    )


class TeamForm(HarbourForm):
    """One more team."""

    submit_label = "Add the team"
    name = forms.CharField(
        label="Name", max_length=120, help_text="A command unit or a desk, as people call it."
    )


class FirstAdministratorForm(HarbourForm):
    """Who will administer an organisation that has nobody yet."""

    submit_label = "Send the invitation"
    email = forms.EmailField(
        label="E-mail address",
        max_length=254,
        help_text="Somebody of that organisation, whom you have spoken to on a number you know is theirs.",
    )


class GrantForm(HarbourForm):
    """One more role for somebody."""

    submit_label = "Give the role"
    role = forms.ChoiceField(label="Role", widget=forms.RadioSelect)
    team = forms.ChoiceField(label="Team", required=False)

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = roles_of(organisation)  # type: ignore[attr-defined]
        self.fields["team"].choices = _teams_of(organisation)  # type: ignore[attr-defined]


class AcceptForm(HarbourForm):
    """The invited person's name and password."""

    submit_label = "Make my account"
    full_name = forms.CharField(
        label="Your name",
        max_length=150,
        help_text="As your colleagues know you. It stands beside what you do.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Enter your name"},
    )
    password1 = forms.CharField(
        label="Password",
        strip=False,
        help_text="At least 12 characters. Three words that have nothing to do with each other are good.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label="The same password again",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean(self) -> dict[str, Any]:
        """The two passwords agree and the password is a good one."""
        data = super().clean() or {}
        first, second = data.get("password1"), data.get("password2")
        if first and second and first != second:
            self.add_error("password2", "This is not the same as the password above.")
        elif first:
            person = User(email=self.email, full_name=data.get("full_name", ""))
            try:
                password_validation.validate_password(first, person)
            except forms.ValidationError as error:
                self.add_error("password1", error)
        return data
