"""Notes, files and photos."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from foundation.pictures import MAX_BYTES
from foundation.ui.forms import DatePartsField
from missingcases.enums import Audience, PhotoConsent
from missingcases.forms.base import CaseEditForm, CaseForm, line, radios, words


class UploadField(forms.FileField):
    """A file small enough to be read whole."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Refuse a larger one before anybody reads it into memory."""
        upload = super().clean(data, initial)
        if upload and upload.size > MAX_BYTES:
            raise forms.ValidationError(f"The file is larger than {MAX_BYTES // 1024**2} MB.")
        return upload


class _ForAudience(CaseForm):
    """Asks who may read what is added, from the audiences that the writer is part of."""

    audience = radios(Audience, "Who may read it")

    def __init__(self, *args: Any, audiences: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["audience"]
        field.choices = [(value, Audience(value).label) for value in audiences]
        field.initial = audiences[0] if audiences else None


class NoteForm(_ForAudience):
    """Words for the record, and who reads them."""

    submit_label = "Add the note"
    warn_unsaved = True

    text = words("Note", rows=6, max_length=10000, error_messages={"required": "Write the note"})
    is_significant = forms.BooleanField(
        label="This is significant: review the incident at once", required=False
    )

    field_order = ("text", "audience", "is_significant")


class AttachmentForm(_ForAudience):
    """A file of any kind. What is not an image can only be downloaded, after its scan."""

    submit_label = "Upload the file"

    file = UploadField(label="File", error_messages={"required": "Choose a file"})

    field_order = ("file", "audience")


class PhotoForm(CaseForm):
    """A picture of the person, with its date and whether it may be published."""

    submit_label = "Upload the photo"

    file = UploadField(
        label="Photo",
        help_text="JPEG, PNG or WebP. Where and with what it was taken is removed from the file.",
        widget=forms.FileInput(attrs={"accept": "image/*"}),
        error_messages={"required": "Choose a photo"},
    )
    taken_on = DatePartsField(label="When it was taken", required=False, allow_future=False)
    alt_text = line(
        "What it shows, for somebody who cannot see it",
        help_text="Such as “smiling, in a school jumper”. No name.",
    )
    consent = radios(PhotoConsent, "May it be used in publicity?", initial=PhotoConsent.NOT_ASKED)
    consent_by = line(
        "Who said so", help_text="Name and relation, such as the parent or the placing authority."
    )
    consent_on = DatePartsField(label="When they said so", required=False, allow_future=False)

    def clean(self) -> dict[str, Any]:
        """An answer about publicity says whose it is and when it was given."""
        return consent_answers(self, super().clean() or self.cleaned_data)


class PhotoConsentForm(CaseEditForm):
    """The answer about publicity, changed later."""

    submit_label = "Save"

    consent = radios(PhotoConsent, "May it be used in publicity?")
    consent_by = line("Who said so")
    consent_on = DatePartsField(label="When they said so", required=False, allow_future=False)

    def clean(self) -> dict[str, Any]:
        """As for a new photo."""
        return consent_answers(self, super().clean() or self.cleaned_data)


def consent_answers(form: forms.Form, answers: dict[str, Any]) -> dict[str, Any]:
    """Refuse consent, given or refused, of nobody or of no day."""
    if answers.get("consent") in {PhotoConsent.YES, PhotoConsent.NO}:
        if not answers.get("consent_by"):
            form.add_error("consent_by", "Say who answered")
        if not answers.get("consent_on") and "consent_on" not in form.errors:
            form.add_error("consent_on", "Enter the day they answered")
    else:
        answers["consent_by"], answers["consent_on"] = "", None
    return answers
