"""Addresses of the person."""

from __future__ import annotations

from django import forms

from foundation.ui.forms import DatePartsField
from missingcases.enums import AddressKind
from missingcases.forms.base import CaseEditForm, CaseForm, radios, words


class _Asked(forms.Form):
    text = words("Address", rows=3, max_length=500, error_messages={"required": "Write the address"})
    kind = radios(AddressKind, "What it is to them", initial=AddressKind.HOME)
    lived_from = DatePartsField(label="Lived there from", required=False, allow_future=False)
    lived_until = DatePartsField(label="Lived there until", required=False)


class AddressForm(CaseForm, _Asked):
    """A new address."""

    submit_label = "Add the address"


class AddressEditForm(CaseEditForm, _Asked):
    """What is known of an address."""
