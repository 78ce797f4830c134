"""Outlets: whoever shows appeals for us."""

from __future__ import annotations

from typing import Any

from django import forms

from appeals.enums import Channel, Language
from appeals.services.outlets import FORMATS, OutletDetails
from foundation.places.forms import AreaField
from missingcases.forms.base import CaseEditForm, CaseForm, leave_out, line, radios

BOXES = 4


class OutletForm(CaseEditForm):
    """One outlet. Its channel is chosen once."""

    submit_label = "Save the outlet"
    name = line("Name", required=True, max_length=120)
    channel = radios(Channel, "Channel")
    address = line(
        "Where it is reached",
        max_length=500,
        help_text="An e-mail address, or an address that begins with https://. "
        "Empty for what reads our pages, feeds and playlists by itself.",
    )
    account = line("Our account there", max_length=120)
    language = radios(Language, "Language", initial=Language.ENGLISH)
    formats = forms.MultipleChoiceField(
        label="Formats that a billboard plays",
        choices=[(one, one.replace("x", " by ")) for one in FORMATS],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    verifiable = forms.BooleanField(
        label="It can say, or we can see, that something is gone", required=False, initial=True
    )
    is_active = forms.BooleanField(
        label="Appeals may be placed here",
        required=False,
        initial=True,
        help_text="Switched off, it gets nothing new and is told to take down what it shows. Its feed or "
        "playlist goes on, and holds ends alone. Our website and posters keep what they show.",
    )

    def __init__(self, *args: Any, known: bool = False, **kwargs: Any) -> None:
        leave_out(self, *(["channel"] if known else []))
        own = {f"area_{number}": AreaField(label=f"Area {number}") for number in range(1, BOXES + 1)}
        own["area_1"].help_text = "Where it reaches people. Leave all empty for everywhere."
        vars(self)["base_fields"] = {**vars(self)["base_fields"], **own}
        super().__init__(*args, **kwargs)

    def details(self, channel: str = "") -> OutletDetails:
        """What was answered."""
        given = self.cleaned_data
        areas = (given.get(f"area_{number}") for number in range(1, BOXES + 1))
        return OutletDetails(
            name=given["name"],
            channel=channel or given["channel"],
            address=given["address"],
            account=given["account"],
            language=given["language"],
            formats=tuple(given["formats"]),
            verifiable=given["verifiable"],
            is_active=given["is_active"],
            area_ids=tuple(dict.fromkeys(area.pk for area in areas if area)),
        )


class SecretForm(CaseForm):
    """What we prove ourselves with at an outlet."""

    submit_label = "Save the secret"
    secret = forms.CharField(
        label="Secret",
        help_text="It is kept encrypted and never shown again. It takes the place of the one before.",
        max_length=500,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
