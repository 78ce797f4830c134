"""Coding a case, settling a difference, and what changes while a review runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from foundation.ui.forms import HarbourForm, VersionedForm
from missingcases.forms.base import CaseForm, radios, words
from reports.cohorts.enums import Value
from reports.cohorts.models import Theme
from reports.cohorts.selectors import may_read
from reports.cohorts.services.coding import MOST_MEMO


class CodingForm(VersionedForm):
    """One question a theme, and words of one's own."""

    form_tag = False
    hide_optional = True

    def __init__(self, *args: Any, themes: Sequence[Theme], coded: Mapping[int, str], **kwargs: Any) -> None:
        self.themes, self.coded = themes, coded
        super().__init__(*args, **kwargs)
        for theme in themes:
            self.fields[_name(theme)] = radios(
                Value,
                theme.name,
                required=False,
                help_text=theme.definition,
                initial=coded.get(theme.pk, ""),
            )
        self.fields["memo"] = words(
            "Notes to yourself",
            rows=3,
            required=False,
            max_length=MOST_MEMO,
            help_text="The other reader sees them once both have finished. Name nobody.",
        )

    def answers(self) -> dict[int, str]:
        """What is said of each theme."""
        return {theme.pk: self.cleaned_data.get(_name(theme)) or "" for theme in self.themes}

    def questions(self) -> list[forms.BoundField]:
        """The boxes of the themes, in the book's order."""
        return [self[_name(theme)] for theme in self.themes]


def _name(theme: Theme) -> str:
    return f"theme_{theme.pk}"


class DecisionForm(CaseForm):
    """What both settled on. `decided_at` is when what the page showed was recorded."""

    submit_label = "Record what we decided"

    value = radios(Value, "What did you decide?")
    reason = words("What decided it?", rows=3, max_length=1000, help_text="Name nobody.")
    talked = forms.BooleanField(label="We have talked about this case", required=False)
    decided_at = forms.CharField(widget=forms.HiddenInput, required=False)


class ReaderForm(VersionedForm):
    """Who reads in whose place."""

    submit_label = "Change the reader"
    submit_style = "warning"

    gone = forms.ChoiceField(label="Who reads no more?", widget=forms.RadioSelect)
    user: Any = forms.ModelChoiceField(label="Who reads instead?", queryset=None, empty_label="Choose")
    reason = words("Why?", rows=2, max_length=1000)

    def __init__(self, *args: Any, review: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        readers = (review.first_reader, review.second_reader)
        self.fields["gone"].choices = [(one.pk, one.full_name) for one in readers]  # type: ignore[attr-defined]
        rows = may_read(review.organisation_id).exclude(pk__in=review.reader_ids).order_by("full_name")
        self.fields["user"].queryset = rows  # type: ignore[attr-defined]


class TakeBookForm(VersionedForm):
    """Why the review goes on with the newer code book."""

    submit_label = "Go on with it"
    submit_style = "warning"

    reason = words("Why?", rows=2, max_length=1000)


class ExportForm(HarbourForm):
    """Which file, and whether the reasons of decisions go with it."""

    form_method = "get"
    submit_label = "Get the file"
    submit_style = "secondary"

    kind = forms.ChoiceField(
        label="As a file",
        choices=[("csv", "CSV"), ("xlsx", "Excel")],
        widget=forms.RadioSelect,
        initial="csv",
    )
    reasons = forms.BooleanField(
        label="With the reasons that were written for decisions",
        required=False,
        help_text="Reasons are free text. Without them the file holds references, codes and counts alone.",
    )
