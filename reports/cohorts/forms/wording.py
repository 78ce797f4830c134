"""Writing concept lists and code books."""

from __future__ import annotations

from typing import Any

from django import forms

from foundation.ui.forms import HarbourForm, VersionedForm
from missingcases.forms.base import CaseForm, KeptOnFailure, line, select, words
from reports.cohorts.enums import Language
from reports.cohorts.models import BookVersion, ListVersion
from reports.cohorts.services import ThemeWords

_TERMS = (
    "One term a line, its variants after commas. Forms of a word are found by themselves: gang finds gangs. "
    "To ask for words near each other: boyfriend, older man near gifts, phone within 6"
)
_THEMES = "One theme a line: its name, a colon, then what counts and what does not."
_WHY = "Why is it changed?"


class ListForm(CaseForm):
    """A new concept list."""

    submit_label = "Save the list"

    name = line(
        "Name of the list", max_length=80, required=True, help_text="What it looks for, such as Gangs."
    )
    language = select(
        Language, "Language of its words", help_text="What a note denies is read in English alone."
    )
    terms = words("Terms", rows=10, help_text=_TERMS)


class ListChangeForm(KeptOnFailure, VersionedForm):
    """The next version of a list."""

    submit_label = "Save as the next version"

    terms = words("Terms", rows=12, help_text=_TERMS)
    why = line(_WHY, required=True)


class TryForm(HarbourForm):
    """A sentence to try a list on; it is kept nowhere."""

    submit_label = "Try it"

    text = words(
        "Try it on a sentence",
        rows=3,
        max_length=2000,
        help_text="Made up: put nobody's words here. It is not kept.",
    )


class _Themed(forms.Form):
    def clean_themes(self) -> list[ThemeWords]:
        """Each line's name and definition."""
        lines = [one.strip() for one in self.cleaned_data["themes"].splitlines() if one.strip()]
        parts = [one.partition(":") for one in lines]
        unread = [
            str(number) for number, one in enumerate(parts, 1) if not one[0].strip() or not one[2].strip()
        ]
        if unread:
            raise forms.ValidationError(
                f"Write a name, a colon and a definition on line {', '.join(unread)}.", code="invalid"
            )
        return [ThemeWords(name.strip(), definition.strip()) for name, _, definition in parts]


class BookForm(_Themed, CaseForm):
    """A new code book."""

    submit_label = "Save the code book"

    name = line("Name of the code book", max_length=80, required=True)
    themes = words("Themes", rows=10, help_text=_THEMES)


class BookChangeForm(_Themed, KeptOnFailure, VersionedForm):
    """The next version of a code book."""

    submit_label = "Save as the next version"

    themes = words("Themes", rows=12, help_text=f"{_THEMES} A theme left as it is stays coded.")
    why = line(_WHY, required=True)


def list_now(version: ListVersion) -> dict[str, Any]:
    """What the form of a change begins with."""
    return {"version": version.number, "terms": "\n".join(term.line for term in version.read_terms)}


def book_now(version: BookVersion) -> dict[str, Any]:
    """What the form of a change begins with."""
    places = version.places.select_related("theme").order_by("place")
    lines = [f"{place.theme.name}: {place.theme.definition}" for place in places]
    return {"version": version.number, "themes": "\n".join(lines)}
