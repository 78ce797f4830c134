"""The upload form."""

from typing import Any

from django import forms

from foundation.ui.forms import HarbourForm
from missingcases.imports.readers import MAX_BYTES, kind_of
from missingcases.imports.rows import BadFile


class UploadForm(HarbourForm):
    """One file, tried first unless the person says otherwise."""

    submit_label = "Upload"
    file = forms.FileField(
        label="File of incidents",
        help_text="CSV (UTF-8), XLSX or JSON Lines, at most 200 MB, with the columns of the template.",
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.jsonl,.ndjson"}),
        error_messages={"required": "Choose a file.", "empty": "The file is empty."},
    )
    is_dry_run = forms.BooleanField(
        label="Only check it: nothing is written, and you see which rows are bad",
        required=False,
        initial=True,
    )

    def clean_file(self) -> Any:
        """Refuse what could not be read anyhow."""
        upload = self.cleaned_data["file"]
        try:
            kind_of(upload.name)
        except BadFile as bad:
            raise forms.ValidationError(str(bad)) from bad
        if upload.size > MAX_BYTES:
            raise forms.ValidationError("The file is larger than 200 MB. Split it and import the parts.")
        return upload
