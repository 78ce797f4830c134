"""Setting a pairing up, sending patterns, and saying why."""

from __future__ import annotations

from typing import Any

from django import forms

from foundation.accounts.models import Organisation
from foundation.actors import Actor
from foundation.ui.reasons import REASON_REQUIRED
from missingcases.forms.base import CaseForm, words
from partners.blind import selectors
from partners.blind.files import MOST_BYTES, BadFile, read


class StartForm(CaseForm):
    """With which partner."""

    submit_label = "Make a key for them"

    partner = forms.ModelChoiceField(
        label="Which partner",
        queryset=Organisation.objects.none(),
        empty_label="Choose a partner",
        error_messages={"required": "Choose the partner"},
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        partners: Any = self.fields["partner"]
        partners.queryset = selectors.partners_to_pair(actor)


class AskForm(CaseForm):
    """The file that the encoding tool wrote. What is cleaned is what it holds."""

    submit_label = "Compare"

    file = forms.FileField(
        label="File of patterns",
        help_text="The file that the encoding tool wrote (CSV or JSON, at most 8 MB). Never a list of names.",
        widget=forms.FileInput(attrs={"accept": ".csv,.json"}),
        error_messages={"required": "Choose the file", "empty": "The file is empty"},
    )

    def clean_file(self) -> Any:
        """What the file holds, or what is wrong with it."""
        upload = self.cleaned_data["file"]
        if upload.size > MOST_BYTES:
            raise forms.ValidationError("The file is larger than 8 MB. Send it in parts.")
        try:
            return read(upload.read())
        except BadFile as bad:
            raise forms.ValidationError(str(bad)) from bad


class ReasonForm(CaseForm):
    """Why something ends or is replaced."""

    submit_style = "warning"

    reason = words("Why", rows=3, max_length=500, error_messages=REASON_REQUIRED)

    def __init__(self, *args: Any, label: str, submit: str, hint: str = "", **kwargs: Any) -> None:
        self.submit_label = submit
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = label
        self.fields["reason"].help_text = hint
