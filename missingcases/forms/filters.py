"""Filters of lists: GET forms in which every question may stay empty."""

from __future__ import annotations

from typing import Any

from django import forms

from foundation.accounts import selectors as accounts
from foundation.accounts.enums import OrganisationKind
from foundation.accounts.models import Organisation, Team
from foundation.actors import Actor
from foundation.ui.forms import HarbourForm
from missingcases.enums import IncidentStatus, RiskLevel
from missingcases.forms.base import body_of, leave_out, line
from missingcases.forms.report import telephone
from missingcases.selectors import Filters

# Prefixes of timeline kinds, by what they are about.
TIMELINE_KINDS: list[tuple[str, str]] = [
    ("incident", "The incident"),
    ("flag", "Flags"),
    ("review", "Reviews"),
    ("action", "Actions"),
    ("note", "Notes"),
    ("file", "Files"),
    ("photo", "Photos"),
    ("phone", "Telephones"),
    ("release", "Releases"),
    ("transfer", "Transfers"),
    ("textsafe", "TextSafe"),
]


class FilterForm(HarbourForm):
    """A GET form inside the filter panel, which brings the form tag and the button."""

    form_method = "get"
    form_tag = False
    submit_label = ""
    hide_optional = True


class TimelineFilterForm(FilterForm):
    """What the entries are about."""

    about = forms.MultipleChoiceField(
        label="About", choices=TIMELINE_KINDS, required=False, widget=forms.CheckboxSelectMultiple
    )


class IncidentFilterForm(FilterForm):
    """Which incidents of those the actor sees. Nothing chosen shows the open ones."""

    unasked = "open"  # the status that is meant where none is chosen
    lists_all = True  # also where nothing is asked

    q = line("Reference or name", max_length=80)
    status = forms.ChoiceField(
        label="Status",
        choices=[("", "All open"), ("any", "Open and ended"), *IncidentStatus.choices],
        required=False,
    )
    risk = forms.ChoiceField(
        label="Risk",
        choices=[("", "Any"), *reversed(RiskLevel.choices), ("none", "Not graded")],
        required=False,
    )
    unit = forms.ModelChoiceField(
        label="Unit",
        queryset=Team.objects.none(),
        required=False,
        empty_label="All units",
        to_field_name="code",
    )
    owner = forms.ModelChoiceField(
        label="Force",
        queryset=Organisation.objects.none(),
        required=False,
        empty_label="All forces",
        to_field_name="code",
    )
    mine = forms.BooleanField(label="Only mine", required=False)
    overdue = forms.BooleanField(label="Only with something overdue", required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        # Nearly all of what a force sees is its own; others ask by force.
        gone = "owner" if actor.organisation_kind == OrganisationKind.POLICE_FORCE else "unit"
        leave_out(self, gone)
        super().__init__(*args, **kwargs)
        if gone == "owner":
            units: Any = self.fields["unit"]
            units.queryset = Team.objects.filter(organisation_id=body_of(actor), is_active=True)
        else:
            forces: Any = self.fields["owner"]
            forces.queryset = accounts.forces()

    def layout(self) -> list[Any]:
        """Those that apply to this reader."""
        return list(self.fields)

    def filters(self, chosen: dict[str, Any]) -> Filters:
        """What the list is narrowed to by these answers."""
        status, risk = chosen.get("status", self.unasked), chosen.get("risk", "")
        unit, owner = chosen.get("unit"), chosen.get("owner")
        status = status or self.unasked
        return Filters(
            text=chosen.get("q", ""),
            phone=chosen.get("phone", ""),
            place=chosen.get("place", ""),
            words=chosen.get("words", ""),
            status="" if status in {"any", "open"} else status,
            open_only=status == "open",
            risk="" if risk == "none" else risk,
            ungraded=risk == "none",
            mine=chosen.get("mine", False),
            overdue=chosen.get("overdue", False),
            unit_id=unit.pk if unit else None,
            owner_id=owner.pk if owner else None,
        )


class SearchForm(IncidentFilterForm):
    """Everything that somebody may know of a person or an incident; all that is given must hold."""

    unasked = "any"
    lists_all = False

    q = line("Name or reference", max_length=80)
    phone = telephone("Telephone number")
    place = line("Where last seen", max_length=80)
    words = line("Words in notes", max_length=80, help_text='As "exact words", or -without.')
    status = forms.ChoiceField(
        label="Status",
        choices=[("", "Open and ended"), ("open", "All open"), *IncidentStatus.choices],
        required=False,
    )

    field_order = ("q", "phone", "place", "words", "status", "risk", "unit", "owner", "mine", "overdue")
