"""What the charity's managers fill in."""

from __future__ import annotations

from typing import Any

from crispy_forms_gds.layout import Field
from django import forms

from alerts.audience.lines import LARGEST
from alerts.enums import AudienceChannel, Language
from foundation.places.forms import AreaField
from foundation.places.models import Area
from foundation.ui.forms import HarbourForm

_WAYS = (AudienceChannel.SMS, AudienceChannel.EMAIL, AudienceChannel.WEB_PUSH)
LARGEST_TABLE = 5 * 1024 * 1024


def _csv(label: str, hint: str) -> forms.FileField:
    return forms.FileField(
        label=label,
        help_text=hint,
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        error_messages={"required": "Choose a file.", "empty": "The file is empty."},
    )


def _small(given: Any, largest: int) -> Any:
    if given.size > largest:
        raise forms.ValidationError(f"The file is larger than {largest // 1024 // 1024} MB.")
    return given


class ListForm(HarbourForm):
    """A partner's list, which is checked before anybody is added."""

    submit_label = "Check this list"

    partner = forms.CharField(label="Whose list is it?", max_length=120)
    evidence = forms.CharField(
        label="How did its people agree to get Child Rescue Alerts?",
        help_text="Such as: the partner's form of 2024, with the wording they agreed to. Kept with the list.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    file = _csv("File", "CSV (UTF-8), at most 50 MB: address, place, language, consented_on, consent.")

    def layout(self) -> list[Any]:
        """Words first."""
        return ["partner", Field.textarea("evidence", rows=3), "file"]

    def clean_file(self) -> Any:
        """A list that is not absurdly long."""
        return _small(self.cleaned_data["file"], LARGEST)


class TesterForm(HarbourForm):
    """Somebody who gets rehearsals and nothing else."""

    submit_label = "Add"

    channel = forms.ChoiceField(
        label="By what way?",
        choices=[(way.value, way.label) for way in _WAYS],
        widget=forms.RadioSelect,
    )
    to = forms.CharField(
        label="Mobile number, e-mail address or a browser's subscription",
        help_text="A subscription is the endpoint, the key and the secret, with a space between.",
        max_length=1400,
    )
    area = AreaField(label="Area", help_text="Rehearsals for this area go to them.")
    language = forms.ChoiceField(
        label="Language", choices=Language.choices, initial=Language.ENGLISH, widget=forms.RadioSelect
    )
    consent = forms.CharField(
        label="Who are they, and how did they agree?",
        help_text="Such as: our duty manager, by e-mail on 3 March. The list shows this, not the address.",
        max_length=120,
    )

    def layout(self) -> list[Any]:
        """In this order."""
        return [
            Field.radios("channel", inline=True),
            "to",
            "area",
            Field.radios("language", inline=True),
            "consent",
        ]

    def clean_area(self) -> Area:
        """One is needed."""
        found: Area | None = self.cleaned_data["area"]
        if found is None:
            raise forms.ValidationError("Enter the area.")
        return found


class DistrictsForm(HarbourForm):
    """The table of postcode districts: checked only, or loaded."""

    submit_label = "Go on"

    file = _csv("File", "CSV with a line for each district: district, area (the area by its code).")
    what = forms.ChoiceField(
        label="What to do",
        choices=[("check", "Check only: show what would change"), ("load", "Load: good lines count at once")],
        initial="check",
        widget=forms.RadioSelect,
    )

    def clean_file(self) -> Any:
        """A table that is not absurdly long."""
        return _small(self.cleaned_data["file"], LARGEST_TABLE)
