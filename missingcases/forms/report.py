"""The quick report: what the officer on the telephone knows now. The rest of the record comes later."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from crispy_forms_gds.layout import Fieldset, Size
from django import forms
from django.forms.utils import ErrorDict
from django.urls import reverse

from foundation.accounts.models import Team
from foundation.actors import Actor
from foundation.messaging import numbers
from foundation.messaging.exceptions import InvalidAddress
from foundation.messaging.numbers import LineKind
from foundation.places.forms import AreaField
from foundation.ui.forms import DatePartsField, LondonDateTimeField, hints
from missingcases.enums import Known, PhoneHolder, PhoneKind, PhoneState, Sex
from missingcases.forms.base import (
    AREA_HINT,
    CaseForm,
    Fragment,
    body_of,
    leave_out,
    line,
    narrow,
    radios,
    words,
)
from missingcases.selectors import KnownPerson

OLDEST = 120
NEW_PERSON = "new"
WHO = frozenset({"given_names", "family_name", "date_of_birth", "estimated_age", "sex", "same_person"})
Finder = Callable[[dict[str, Any]], list[KnownPerson]]


class TelephoneField(forms.CharField):
    """A number as people write it; cleans to E.164, or to nothing. A British one needs no country code."""

    def clean(self, value: Any) -> str:
        """Raises `ValidationError` for what cannot be a telephone number."""
        written: str = super().clean(value)
        if not written:
            return ""
        try:
            return numbers.normalise(written)
        except InvalidAddress:
            raise forms.ValidationError(
                "Enter a telephone number, such as 07700 900123 or +353 1 234 5678", code="invalid"
            ) from None


def telephone(label: str, **kwargs: Any) -> TelephoneField:
    """The question for a telephone number."""
    attrs = {"type": "tel", "autocomplete": "off", "inputmode": "tel"}
    return TelephoneField(
        label=label, required=False, max_length=40, widget=forms.TextInput(attrs=attrs), **kwargs
    )


class QuickReportForm(CaseForm):
    """Everything is optional but what happened: there is no waiting period, not for a name either."""

    submit_label = "Save the report"
    warn_unsaved = True
    form_id = "report"

    given_names = line("Given names", max_length=120)
    family_name = line("Family name", max_length=120)
    date_of_birth = DatePartsField(label="Date of birth", required=False, allow_future=False)
    estimated_age = forms.IntegerField(
        label="Or age, if the date of birth is not known",
        required=False,
        min_value=0,
        max_value=OLDEST,
        error_messages={
            "invalid": "The age must be a whole number, such as 15",
            "max_value": f"The age must be {OLDEST} or less",
            "min_value": "The age must be 0 or more",
        },
    )
    sex = radios(Sex, "Sex", initial=Sex.NOT_KNOWN)
    last_seen_at = LondonDateTimeField(
        label="When last seen", required=False, allow_future=False, offer_now=True
    )
    last_seen_place = line("Where last seen", max_length=250)
    last_seen_area = AreaField(label="Area last seen in", help_text=AREA_HINT)
    circumstances = words(
        "What happened",
        rows=5,
        max_length=4000,
        help_text="In a sentence or two: why they are thought to be missing, and what worries people.",
        error_messages={"required": "Say what happened, in a few words"},
    )
    concern = radios(
        Known,
        "Is there a sign that they, or somebody else, may come to harm?",
        initial=Known.NOT_KNOWN,
    )
    concern_words = words("What is the sign?", rows=3, required=False, max_length=1000)
    phone_number = telephone("The missing person's telephone number")
    phone_state = radios(PhoneState, "Where is the phone?", initial=PhoneState.NOT_KNOWN)
    phone_held_by = radios(PhoneHolder, "Who is thought to hold it?", initial=PhoneHolder.NOT_KNOWN)
    reporter_name = line("Name", max_length=240)
    reporter_relation = line(
        "Relation to the missing person", max_length=80, help_text="Such as mother, key worker, friend."
    )
    reporter_telephone = line("Telephone number", max_length=40, attrs={"type": "tel", "inputmode": "tel"})
    force_reference = line("Your force's reference, if there is one", max_length=60)
    owner_unit = forms.ModelChoiceField(
        label="Unit", queryset=Team.objects.none(), required=False, empty_label="No unit"
    )

    same_person = forms.CharField(
        label="Is this somebody you know already?", required=False, max_length=20, widget=forms.HiddenInput
    )

    def __init__(
        self, *args: Any, actor: Actor, known: KnownPerson | None, find: Finder, **kwargs: Any
    ) -> None:
        self._known = known
        self._find = find
        if known is not None:
            leave_out(self, *WHO)
        super().__init__(*args, **kwargs)
        self.helper.form_id = self.form_id
        query = "" if known is None else f"?person={known.reference}"
        self.helper.form_action = self.helper.attrs["hx-post"] = reverse("missingcases:report") + query
        units: Any = self.fields["owner_unit"]
        units.queryset = Team.objects.filter(organisation_id=body_of(actor), is_active=True)
        if len(actor.team_ids) == 1:
            units.initial = next(iter(actor.team_ids))
        hints(
            self.fields["concern"],  # type: ignore[arg-type]
            {Known.YES: "An inspector is asked to look at once."},
        )

    def unjudged(self) -> None:
        """Show what was typed as it stands: nothing was asked to be saved yet."""
        self._errors = ErrorDict()

    def layout(self) -> list[Any]:
        """Five short groups, in the order the questions are asked on the telephone."""
        who = Fieldset(
            "given_names",
            "family_name",
            "date_of_birth",
            narrow("estimated_age", "govuk-input--width-3"),
            "sex",
            "same_person",
            Fragment("missingcases/_look.html", {"button": True}),
            legend="Who is missing",
            legend_size=Size.MEDIUM,
        )
        return [
            *([] if self._known is not None else [who]),
            Fieldset(
                "last_seen_at",
                "last_seen_place",
                narrow("last_seen_area", "govuk-input--width-30"),
                "circumstances",
                "concern",
                "concern_words",
                legend="What happened",
                legend_size=Size.MEDIUM,
            ),
            Fieldset(
                narrow("phone_number", "govuk-input--width-20"),
                "phone_state",
                "phone_held_by",
                *([] if self._known is not None else [Fragment("missingcases/_look.html", {})]),
                legend="Their phone",
                legend_size=Size.MEDIUM,
            ),
            Fieldset(
                "reporter_name",
                "reporter_relation",
                narrow("reporter_telephone", "govuk-input--width-20"),
                legend="Who told you",
                legend_size=Size.MEDIUM,
            ),
            Fieldset(
                narrow("force_reference", "govuk-input--width-20"),
                "owner_unit",
                legend="For your force",
                legend_size=Size.MEDIUM,
            ),
        ]

    def clean(self) -> dict[str, Any]:
        """Somebody must be tellable from somebody else; a sign of harm must be said."""
        answers = super().clean() or self.cleaned_data
        if self._known is not None:
            answers["same_person"] = self._known.reference
        else:
            self._ask_whether_known(answers)
        if answers.get("concern") == Known.YES and not answers.get("concern_words"):
            self.add_error("concern_words", "Say what the sign of harm is")
        if answers.get("date_of_birth") is not None:
            answers["estimated_age"] = None  # a date of birth says more
        answers["phone_kind"] = kind_of(answers.get("phone_number", ""))
        return answers

    def _ask_whether_known(self, answers: dict[str, Any]) -> None:
        """A second disappearance is not a second person: ask where the force knows such a name."""
        said = answers.get("same_person", "")
        found = self._find(
            {
                "given_names": answers.get("given_names", ""),
                "family_name": answers.get("family_name", ""),
                "date_of_birth": answers.get("date_of_birth"),
            }
        )
        choices = [(one.reference, _in_words(one)) for one in found] + [(NEW_PERSON, "No, somebody else")]
        if not found or said in dict(choices):
            answers["same_person"] = said if found else NEW_PERSON
        else:
            self.add_error("same_person", "Say whether this is somebody you know already")
        if found:
            self.fields["same_person"].widget = forms.RadioSelect(choices=choices)


def _in_words(one: KnownPerson) -> str:
    born = f", born {one.date_of_birth:%d/%m/%Y}" if one.date_of_birth else ""
    times = "1 incident" if one.incidents == 1 else f"{one.incidents} incidents"
    running = f"; reported missing already: {one.open_reference}" if one.open_reference else ""
    return f"Yes: {one.name}{born}, {times}{running}"


def kind_of(number: str) -> str:
    """What sort of number an E.164 number is by its range; what the range does not tell is not known."""
    return _KINDS.get(numbers.line_kind(number), PhoneKind.NOT_KNOWN) if number else PhoneKind.NOT_KNOWN


_KINDS: dict[LineKind, str] = {
    LineKind.MOBILE: PhoneKind.MOBILE,
    LineKind.LANDLINE: PhoneKind.LANDLINE,
    LineKind.VOIP: PhoneKind.VOIP,
}
