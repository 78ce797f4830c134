"""What is written when a shift is handed over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from families.handover.lines import Line
from foundation.accounts.models import User
from foundation.ui.forms import HarbourForm, VersionedForm

_PREFIX = "note-"


class BeginForm(HarbourForm):
    """To whom."""

    submit_label = "Begin the handover"

    incoming = forms.ModelChoiceField(
        queryset=User.objects.none(), label="Who takes over from you?", empty_label="Choose a colleague"
    )

    def __init__(self, *args: Any, colleagues: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["incoming"].queryset = colleagues  # type: ignore[attr-defined]


class NotesForm(VersionedForm):
    """A note for the shift and one for each open thing, saved as they are typed."""

    submit_label = "Save the notes"

    note = forms.CharField(
        label="For the whole shift",
        help_text="Saved as you type. What must they know that stands nowhere else?",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, lines: Sequence[Line], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._keys = [line.key for line in lines]
        for line in lines:
            self.fields[_PREFIX + line.key] = forms.CharField(
                label=f"Note on: {line.item.words}",
                max_length=2000,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    @staticmethod
    def initial_of(note: str, notes: Mapping[str, str]) -> dict[str, str]:
        """What stands in the boxes."""
        return {"note": note, **{_PREFIX + key: words for key, words in notes.items()}}

    def box(self, key: str) -> forms.BoundField:
        """The box of one line."""
        return self[_PREFIX + key]

    def notes(self) -> dict[str, str]:
        """The notes by the key of their line, of lines that went meanwhile too: nothing typed is lost."""
        gone = {
            name.removeprefix(_PREFIX): str(words)
            for name, words in self.data.items()
            if name.startswith(_PREFIX) and str(words).strip()
        }
        return {**gone, **{key: self.cleaned_data.get(_PREFIX + key, "") for key in self._keys}}


class TakeForm(HarbourForm):
    """The signature of whoever comes."""

    submit_label = "I have read this and take over"

    answer = forms.CharField(
        label="Is anything not clear, or otherwise?",
        help_text="Kept with the handover. Leave it empty if all is clear.",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
