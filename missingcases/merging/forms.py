"""Merging, undoing, and naming another record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from missingcases.forms.base import CaseForm, line, words

KEPT, OTHER = "kept", "other"


class MergeForm(CaseForm):
    """What is right where the two records differ, and why they are one person."""

    submit_label = "Merge the two records"
    submit_style = "warning"

    keep_version = forms.IntegerField(widget=forms.HiddenInput)
    gone_version = forms.IntegerField(widget=forms.HiddenInput)
    reason = words(
        "Why they are the same person",
        rows=3,
        max_length=1000,
        error_messages={"required": "Say why they are the same person"},
    )

    def __init__(
        self, *args: Any, differing: Sequence[tuple[str, str, str, str]], reference: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.differing = [name for name, *_ in differing]
        for name, label, mine, theirs in differing:
            self.fields[name] = forms.ChoiceField(
                label=label,
                choices=[(KEPT, mine or "Not known"), (OTHER, f"{theirs or 'Not known'} (from {reference})")],
                initial=OTHER if theirs and not mine else KEPT,
                widget=forms.RadioSelect,
                error_messages={"required": "Choose what is right"},
            )
        self.order_fields([*self.differing, "reason", "keep_version", "gone_version"])
        self.helper.layout.fields[:] = [*self.fields, *self._buttons()]

    def taken(self) -> list[str]:
        """What is right on the record that goes."""
        return [name for name in self.differing if self.cleaned_data[name] == OTHER]


class UndoForm(CaseForm):
    """Why the two are not one person after all."""

    submit_label = "Undo the merge"
    submit_style = "warning"

    reason = words(
        "Why the merge is undone",
        rows=3,
        max_length=1000,
        error_messages={"required": "Say why the merge is undone"},
    )


class OtherRecordForm(CaseForm):
    """Another record, by its reference or that of one of its incidents."""

    submit_label = "Compare"

    other = line(
        "Reference of the other record",
        max_length=16,
        required=True,
        help_text="A person's (MP-…) or one of their incidents' (MI-…).",
        error_messages={"required": "Enter the reference of the other record"},
    )
