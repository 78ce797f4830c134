"""The person, their telephones, the reporter and the references: what stands in columns of its own."""

from __future__ import annotations

from typing import Any

from django import forms

from foundation.accounts.models import Team, User
from foundation.actors import Actor
from foundation.places.forms import AreaField
from foundation.ui.forms import DatePartsField, LondonDateTimeField
from missingcases.enums import PhoneHolder, PhoneKind, PhoneState, Sex
from missingcases.forms.audience import colleagues
from missingcases.forms.base import AREA_HINT, CaseEditForm, CaseForm, body_of, line, narrow, radios
from missingcases.forms.record import LinesField
from missingcases.forms.report import OLDEST, telephone

_TEL = {"type": "tel", "inputmode": "tel"}


class PersonForm(CaseEditForm):
    """Who somebody is, as far as it is known."""

    warn_unsaved = True
    hide_optional = True

    given_names = line("Given names", max_length=120)
    family_name = line("Family name", max_length=120)
    aliases = LinesField(
        label="Other names they go by",
        required=False,
        help_text="One on each line.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    date_of_birth = DatePartsField(label="Date of birth", required=False, allow_future=False)
    estimated_age = forms.IntegerField(
        label="Estimated age, if the date of birth is not known",
        required=False,
        min_value=0,
        max_value=OLDEST,
        error_messages={"invalid": "The age must be a whole number, such as 15"},
    )
    sex = radios(Sex, "Sex")

    def layout(self) -> list[Any]:
        """An age needs a narrow box."""
        return [
            "version",
            "given_names",
            "family_name",
            "aliases",
            "date_of_birth",
            narrow("estimated_age", "govuk-input--width-3"),
            "sex",
        ]


class PhoneForm(CaseForm):
    """A number and what is known of it. Nothing known means no text is sent to it."""

    submit_label = "Add the number"

    number = telephone("Telephone number")
    kind = radios(PhoneKind, "What sort of number", initial=PhoneKind.NOT_KNOWN)
    state = radios(PhoneState, "Where is the phone?", initial=PhoneState.NOT_KNOWN)
    held_by = radios(PhoneHolder, "Who is thought to hold it?", initial=PhoneHolder.NOT_KNOWN)
    verified = forms.BooleanField(label="Somebody has checked that this number is theirs", required=False)
    note = line("Note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["number"].required = True
        self.fields["number"].error_messages["required"] = "Enter the telephone number"

    def layout(self) -> list[Any]:
        """A number needs a narrow box."""
        return [narrow("number", "govuk-input--width-20"), "kind", "state", "held_by", "verified", "note"]


class PhoneEditForm(CaseEditForm):
    """What is known of a number; the number itself does not change."""

    kind = radios(PhoneKind, "What sort of number")
    state = radios(PhoneState, "Where is the phone?")
    held_by = radios(PhoneHolder, "Who is thought to hold it?")
    verified = forms.BooleanField(label="Somebody has checked that this number is theirs", required=False)
    is_current = forms.BooleanField(label="The number is still in use", required=False)
    note = line("Note")


class ReporterForm(CaseEditForm):
    """Who told the police, and how to reach them."""

    hide_optional = True

    name = line("Name", max_length=240)
    relation = line("Relation to the missing person", max_length=80)
    agency = line("Agency, if they reported for one", max_length=120)
    role = line("Their role", max_length=80)
    telephone = line("Telephone number", max_length=40, attrs=_TEL)
    email = forms.EmailField(
        label="E-mail address",
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"invalid": "Enter an e-mail address, such as name@example.org"},
    )


class FactsForm(CaseEditForm):
    """When and where last seen, the references, whose work it is."""

    warn_unsaved = True
    hide_optional = True

    last_seen_at = LondonDateTimeField(label="When last seen", required=False, allow_future=False)
    last_seen_place = line("Where last seen", max_length=250)
    last_seen_area = AreaField(label="Area last seen in", help_text=AREA_HINT)
    force_reference = line("Force reference", max_length=60)
    cad_reference = line("CAD reference", max_length=60)
    pnc_reference = line("PNC reference", max_length=60)
    ukmpu_reference = line("UK Missing Persons Unit reference", max_length=60)
    owner_unit = forms.ModelChoiceField(
        label="Unit", queryset=Team.objects.none(), required=False, empty_label="No unit"
    )
    owner_officer = forms.ModelChoiceField(
        label="Officer in the case", queryset=User.objects.none(), required=False, empty_label="Nobody yet"
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units: Any = self.fields["owner_unit"]
        units.queryset = Team.objects.filter(organisation_id=body_of(actor), is_active=True)
        officers: Any = self.fields["owner_officer"]
        officers.queryset = colleagues(actor)
