"""Signing a partner's system up, the button that shows its secret, and asking for the link to its choices."""

from __future__ import annotations

from typing import Any

from crispy_forms_gds.layout import Field
from django import forms
from django.utils.translation import gettext_lazy as _

from alerts.audience.public.fields import PlaceField, PublicForm, address_in
from alerts.audience.public.forms import ConfirmForm, WithPlaces
from alerts.audience.services.systems import LONGEST_ENDPOINT, endpoint_in
from alerts.enums import AudienceChannel
from foundation.messaging.exceptions import InvalidAddress

CONSENT = "web systems 2026-11"  # the version of the words below


class _AddressesMixin(forms.Form):
    """Where the system is, and whom to write to about it."""

    endpoint = forms.CharField(
        label=_("Address of your system"),
        help_text=_("It begins with https:// and can be reached from outside. We post alerts to it."),
        max_length=LONGEST_ENDPOINT,
        error_messages={"required": _("Enter the address we shall post alerts to.")},
        widget=forms.TextInput(
            attrs={"type": "url", "inputmode": "url", "autocomplete": "off", "spellcheck": "false"}
        ),
    )
    contact = forms.CharField(
        label=_("E-mail address of whoever looks after it"),
        help_text=_("We write there only about this system. A team's address is best."),
        max_length=254,
        error_messages={"required": _("Enter an e-mail address, such as name@example.com")},
        widget=forms.TextInput(attrs={"type": "email", "autocomplete": "email", "spellcheck": "false"}),
    )

    def clean_endpoint(self) -> str:
        """In its one form."""
        try:
            return endpoint_in(self.cleaned_data["endpoint"])
        except InvalidAddress:
            raise forms.ValidationError(
                _("Enter an address that begins with https://, such as https://example.com/alerts")
            ) from None

    def clean_contact(self) -> str:
        """In its one form."""
        return address_in(AudienceChannel.EMAIL, self.cleaned_data["contact"])


class SystemForm(_AddressesMixin, WithPlaces):
    """A system that is to get alerts."""

    submit_label = _("Sign this system up")
    field_order = ("name", "endpoint", "contact", "home", "second", "third", "language")
    name = forms.CharField(
        label=_("Whose system is it?"),
        help_text=_("Such as: Northborough Buses, displays at stops"),
        max_length=120,
        error_messages={"required": _("Enter the name of the organisation and the system.")},
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    home = PlaceField(
        label=_("For which place?"),
        help_text=_("A borough, county or nation, or a postcode such as SW9."),
        error_messages={"required": _("Enter the place your system serves.")},
    )
    second = PlaceField(label=_("Another place it serves"), required=False)
    consent = forms.BooleanField(
        label=_(
            "We may decide about this system. We show an alert as it is, take it down when it ends, and say "
            "nothing of how it ended."
        ),
        error_messages={"required": _("Tick the box if you agree to this.")},
    )

    def layout(self) -> list[Any]:
        """Who, where to, for which places."""
        return [
            "key",
            "name",
            "endpoint",
            "contact",
            "home",
            "second",
            "third",
            Field.radios("language", inline=True),
            "consent",
            self.trap(),
        ]

    def told(self) -> dict[str, Any]:
        """What is kept, and nothing else."""
        given = self.cleaned_data
        named = {name: given[name] for name in ("name", "endpoint", "contact")}
        return {**named, "consent": CONSENT, **super().told()}


class ShowSecretForm(ConfirmForm):
    """A button: a mail program that opens every link of a mail confirms nothing and sees no secret."""

    submit_label = _("Show the secret and ask my system")


class NewSecretForm(ConfirmForm):
    """A button as well."""

    submit_label = _("Make a new secret")


class AskSystemLinkForm(_AddressesMixin, PublicForm):
    """Of which system, and where the link shall go: only to the contact that it was signed up with."""

    submit_label = _("Send me the link")

    def layout(self) -> list[Any]:
        """Both, as they were signed up."""
        return ["key", "endpoint", "contact", self.trap()]

    def told(self) -> dict[str, Any]:
        """Both addresses."""
        return {name: self.cleaned_data[name] for name in ("endpoint", "contact")}
