"""What an administrator says of a system."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings

from foundation.clients.addresses import read_network
from foundation.ui.forms import HarbourForm

MOST_NETWORKS = 20


class RightsForm(HarbourForm):
    """What a system may do and where it comes from."""

    scopes = forms.MultipleChoiceField(
        label="What may it do?",
        widget=forms.CheckboxSelectMultiple,
        help_text="Tick only what it needs. It never sees or does more than your organisation may.",
        error_messages={"required": "Tick at least one"},
    )
    allowed_addresses = forms.CharField(
        label="Which internet addresses does it come from?",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="One a line, such as 203.0.113.7 or 203.0.113.0/24. Leave empty to allow any.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scopes"].choices = list(settings.API_SCOPES.items())  # type: ignore[attr-defined]

    def clean_allowed_addresses(self) -> list[str]:
        """As networks. Raises `ValidationError` naming the line that is none."""
        lines = [line for line in self.cleaned_data["allowed_addresses"].splitlines() if line.strip()]
        if len(lines) > MOST_NETWORKS:
            raise forms.ValidationError(f"Give at most {MOST_NETWORKS} addresses", code="many")
        return [self._read(line) for line in lines]

    @staticmethod
    def _read(line: str) -> str:
        try:
            return read_network(line)
        except ValueError:
            raise forms.ValidationError(
                "%(line)s is not an internet address, such as 203.0.113.7 or 203.0.113.0/24",
                code="address",
                params={"line": line.strip()[:60]},
            ) from None


class ClientForm(RightsForm):
    """A system to let in."""

    submit_label = "Let it in and show its secret"
    field_order = ("name", "scopes", "allowed_addresses")
    name = forms.CharField(
        label="What is the system called?", max_length=120, help_text="As colleagues know it, such as Niche."
    )


class ChangeForm(RightsForm):
    """The same, after it was let in."""

    submit_label = "Save"
    reason = forms.CharField(
        label="Why is it changed?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="This is kept with the trail.",
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)


class RotateForm(HarbourForm):
    """A new secret, confirmed by sending the page."""

    submit_label = "Make a new secret"
    submit_style = "warning"


class RevokeForm(HarbourForm):
    """Shutting a system out."""

    submit_label = "Shut it out"
    submit_style = "warning"
    reason = forms.CharField(
        label="Why?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="This is kept with the trail.",
    )
