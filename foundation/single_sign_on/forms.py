"""What somebody types to find their sign-in, and what an administrator says of it."""

from __future__ import annotations

import re
from typing import Any

from crispy_forms_gds.layout import Button
from django import forms

from foundation.accounts.forms import roles_of
from foundation.accounts.models import Organisation, User
from foundation.single_sign_on.enums import Newcomers
from foundation.single_sign_on.services import Connection, Rules
from foundation.ui.forms import HarbourForm, VersionedForm

MOST_LINES = 50
_DOMAIN = re.compile(r"(?=.{4,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+")
_SCOPE = re.compile(r"[\x21\x23-\x5b\x5d-\x7e]{1,100}")
_LINES = forms.Textarea(attrs={"rows": 3, "spellcheck": "false"})
_TYPED: dict[str, str] = {"autocomplete": "off", "spellcheck": "false"}


def lines_of(text: str) -> list[str]:
    """What was typed one a line, each once, without the empty ones."""
    return list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))


def _few(lines: list[str], longest: int) -> list[str]:
    if len(lines) > MOST_LINES:
        raise forms.ValidationError(f"Give at most {MOST_LINES} lines", code="many")
    if any(len(line) > longest for line in lines):
        raise forms.ValidationError(f"A line is longer than {longest} characters", code="long")
    return lines


class FindForm(HarbourForm):
    """The address that leads to an organisation's sign-in."""

    submit_label = "Find my organisation's sign-in"
    login = forms.EmailField(
        label="Your e-mail address at work",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )


class ConnectionForm(VersionedForm):
    """How the provider is reached. A second button tries it and saves nothing."""

    warn_unsaved = True
    issuer = forms.CharField(
        label="Issuer",
        max_length=300,
        help_text="The address by which the provider calls itself, such as "
        "https://login.example.org/realms/force. Copy it exactly.",
        widget=forms.URLInput(attrs=_TYPED),
    )
    client_id = forms.CharField(
        label="Client id",
        max_length=200,
        help_text="What the provider calls Harbour.",
        widget=forms.TextInput(attrs=_TYPED),
    )
    client_secret = forms.CharField(
        label="Secret",
        max_length=500,
        required=False,
        strip=False,
        help_text="Kept encrypted and never shown again. Leave empty to keep the one there is.",
        # What was typed and is not saved yet comes back with the form; what is saved never does.
        widget=forms.PasswordInput(render_value=True, attrs={"autocomplete": "off"}),
    )
    domains = forms.CharField(
        label="Domains of your e-mail addresses",
        help_text="One a line, such as force.police.uk. Addresses of these are led to your sign-in.",
        widget=_LINES,
    )
    scopes = forms.CharField(
        label="Scopes",
        max_length=500,
        initial="openid profile email",
        help_text="With spaces between. openid is always asked for.",
        widget=forms.TextInput(attrs=_TYPED),
    )

    def _buttons(self) -> list[Any]:
        check = Button(
            "check",
            "Check these settings",
            css_class="govuk-button--secondary",
            data_prevent_double_click="true",
        )
        first, save, *rest = super()._buttons()
        return [first, save, check, *rest]

    def clean_issuer(self) -> str:
        """An https address without anything behind it that could be read two ways."""
        given: str = self.cleaned_data["issuer"].strip()
        if not re.fullmatch(r"https?://[^\s?#@]+", given):
            raise forms.ValidationError("Enter an address that starts with https://", code="address")
        return given

    def clean_domains(self) -> list[str]:
        """Domains in lower case."""
        names = _few(lines_of(self.cleaned_data["domains"].lower().replace("@", "")), 253)
        for name in names:
            if not _DOMAIN.fullmatch(name):
                raise forms.ValidationError(
                    "%(name)s is not a domain, such as force.police.uk", code="domain", params={"name": name}
                )
        return names

    def clean_scopes(self) -> list[str]:
        """The scopes, openid always the first."""
        given = self.cleaned_data["scopes"].split()
        if not all(_SCOPE.fullmatch(one) for one in given):
            raise forms.ValidationError("A scope is a word without quotation marks", code="scope")
        return list(dict.fromkeys(["openid", *given]))

    @property
    def connection(self) -> Connection:
        """What was typed, once it is valid."""
        names = ("issuer", "client_id", "client_secret", "scopes", "domains")
        return Connection(**{name: self.cleaned_data[name] for name in names})


class RulesForm(VersionedForm):
    """Whom it lets in as what: a box for each role the organisation can give."""

    warn_unsaved = True
    role_claim = forms.CharField(
        label="Claim that holds the roles",
        max_length=200,
        help_text="Such as roles or groups; with dots where it lies inside another (realm_access.roles).",
        widget=forms.TextInput(attrs=_TYPED),
    )
    newcomers = forms.ChoiceField(
        label="Who may come in without an account here?",
        choices=Newcomers.choices,
        widget=forms.RadioSelect,
    )
    trusted_amr = forms.CharField(
        label="Values of amr that stand for a second factor",
        required=False,
        help_text="One a line, such as mfa or hwk. Where the provider sends one of them, Harbour asks for no "
        "second factor of its own. Leave both empty to have Harbour always ask.",
        widget=_LINES,
    )
    trusted_acr = forms.CharField(
        label="Values of acr that stand for a second factor", required=False, widget=_LINES
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        self.roles = roles_of(organisation)
        super().__init__(*args, **kwargs)

    def layout(self) -> list[Any]:
        """The claim, what its values give, then the rest."""
        for role, label in self.roles:
            self.fields[f"role_{role}"] = forms.CharField(
                label=label,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false"}),
                help_text="Values of the claim that give this role, one a line.",
            )
        boxes = [f"role_{role}" for role, _ in self.roles]
        return ["version", "role_claim", *boxes, "newcomers", "trusted_amr", "trusted_acr"]

    def clean(self) -> dict[str, Any]:
        """Lines as lists."""
        data = super().clean() or {}
        boxes = [f"role_{role}" for role, _ in self.roles]
        for name in (*boxes, "trusted_amr", "trusted_acr"):
            try:
                data[name] = _few(lines_of(data.get(name, "")), 100 if name == "trusted_amr" else 200)
            except forms.ValidationError as error:
                self.add_error(name, error)
        return data

    @property
    def rules(self) -> Rules:
        """What was typed, once it is valid."""
        data = self.cleaned_data
        return Rules(
            role_claim=data["role_claim"].strip(),
            values={role: data[f"role_{role}"] for role, _ in self.roles},
            newcomers=data["newcomers"],
            trusted_amr=data["trusted_amr"],
            trusted_acr=data["trusted_acr"],
        )


class PasswordsForm(VersionedForm):
    """Whether passwords still open anything, and for whom they always do."""

    takes_passwords = forms.ChoiceField(
        label="May your people sign in with a password here?",
        choices=[("yes", "Yes, as well as by your own sign-in"), ("no", "No, only by your own sign-in")],
        widget=forms.RadioSelect,
    )
    named = forms.CharField(
        label="Break-glass accounts",
        required=False,
        help_text="E-mail addresses, one a line, of people who keep their password for the day your sign-in "
        "is down. Each use stands in the trail and is told to your auditors and administrators.",
        widget=_LINES,
    )

    def clean_named(self) -> list[User]:
        """The people with those addresses. Whether each may be named is the policy's to say."""
        found = []
        for line in _few(lines_of(self.cleaned_data["named"]), 254):
            user = User.objects.filter(email__iexact=line).first()
            if user is None:
                raise forms.ValidationError(
                    "%(line)s is nobody of your organisation", code="nobody", params={"line": line}
                )
            found.append(user)
        return found
