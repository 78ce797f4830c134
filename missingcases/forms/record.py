"""The sections of the record: one form, made from the section's declaration."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from crispy_forms_gds.layout import Field as Box
from django import forms

from foundation.ui.forms import DatePartsField
from missingcases.enums import Known
from missingcases.forms.base import CaseEditForm, line, radios, words
from missingcases.record import Field, Kind, Reach, Section

LONG = 5_000
# A list of choices longer than this is a drop-down.
RADIOS_UP_TO = 7


class SectionForm(CaseEditForm):
    """One section of the record. Nothing is required: what is missing shows in the task list."""

    submit_label = "Save this section"
    warn_unsaved = True
    hide_optional = True

    def __init__(self, *args: Any, section: Section, reach: frozenset[Reach], **kwargs: Any) -> None:
        self.asked = [one for one in section.fields if one.reach in reach]
        self._section = section
        super().__init__(*args, **kwargs)

    def _declare(self) -> None:
        for one in self.asked:
            self.fields[one.name] = _MAKERS[one.kind](one)

    def layout(self) -> list[Any]:
        """The version, then the questions as declared."""
        self._declare()
        return ["version", *(_boxed(one) for one in self.asked)]

    def values(self) -> dict[str, Any]:
        """The answers as `services.write_section` takes them: an emptied one is ""."""
        return {one.name: _plain(self.cleaned_data.get(one.name)) for one in self.asked}


def initial_of(section: Section, data: Mapping[str, Any]) -> dict[str, Any]:
    """Stored answers as the form's fields show them."""
    shown: dict[str, Any] = {}
    for one in section.fields:
        if one.name in data:
            shown[one.name] = _shown(one, data[one.name])
    return shown


def _shown(one: Field, value: Any) -> Any:
    if one.kind is Kind.LINES:
        return "\n".join(value)
    if one.kind is Kind.DATE:
        return date.fromisoformat(value)
    return value


def _plain(value: Any) -> Any:
    return "" if value is None else value


def _boxed(one: Field) -> Any:
    return Box(one.name, css_class="govuk-input--width-5") if one.kind is Kind.NUMBER else one.name


class LinesField(forms.CharField):
    """Several short texts, one on each line."""

    def to_python(self, value: Any) -> Any:
        """The lines that hold something."""
        return [text.strip() for text in (value or "").splitlines() if text.strip()]


def _lines(one: Field) -> forms.Field:
    hint = one.hint or "One on each line."
    return LinesField(
        label=one.label, required=False, help_text=hint, widget=forms.Textarea(attrs={"rows": 3})
    )


def _choice(one: Field) -> forms.Field:
    if len(one.choices) > RADIOS_UP_TO:
        return forms.ChoiceField(
            label=one.label,
            required=False,
            help_text=one.hint,
            choices=[("", "Not recorded"), *one.choices],
        )
    return forms.ChoiceField(
        label=one.label,
        required=False,
        help_text=one.hint,
        choices=one.choices,
        widget=forms.RadioSelect,
    )


_MAKERS: dict[Kind, Callable[[Field], forms.Field]] = {
    Kind.TEXT: lambda one: line(one.label, help_text=one.hint),
    Kind.LONG_TEXT: lambda one: words(one.label, rows=3, required=False, max_length=LONG, help_text=one.hint),
    Kind.CHOICE: _choice,
    Kind.CHOICES: lambda one: forms.MultipleChoiceField(
        label=one.label,
        required=False,
        help_text=one.hint,
        choices=one.choices,
        widget=forms.CheckboxSelectMultiple,
    ),
    Kind.KNOWN: lambda one: radios(Known, one.label, required=False, help_text=one.hint),
    Kind.DATE: lambda one: DatePartsField(label=one.label, required=False, help_text=one.hint),
    Kind.NUMBER: lambda one: forms.IntegerField(
        label=one.label,
        required=False,
        min_value=0,
        max_value=one.maximum,
        help_text=one.hint,
        error_messages={
            "invalid": f"{one.label} must be a whole number",
            "max_value": f"{one.label} must be {one.maximum} or less",
            "min_value": f"{one.label} must be 0 or more",
        },
    ),
    Kind.LINES: _lines,
}
