"""Forms of the areas pages."""

from __future__ import annotations

from typing import Any

from django import forms

from foundation.ui.forms import HarbourForm

LARGEST = 10 * 1024 * 1024


class UploadForm(HarbourForm):
    """An official list, to be checked or loaded."""

    submit_label = "Go on"
    file = forms.FileField(
        label="The list",
        help_text="CSV in UTF-8, at most 10 MB: code, name, kind, parent, start, end.",
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )
    what = forms.ChoiceField(
        label="What to do",
        choices=[("check", "Check only: show what would change"), ("load", "Load: good lines count at once")],
        initial="check",
        widget=forms.RadioSelect,
    )

    def clean_file(self) -> Any:
        """A list that is not absurdly long."""
        given = self.cleaned_data["file"]
        if given.size > LARGEST:
            raise forms.ValidationError("The file is larger than 10 MB.")
        return given


class DayForm(forms.Form):
    """The day the tree is looked at."""

    on = forms.DateField(required=False)
