"""Asking for publicity, and offering a photo of the record to the charity."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from crispy_forms_gds.layout import Field, Fieldset, Size
from django import forms

from appeals.enums import KINDS_ASKED_FOR, LONGEST_VIEW, AppealKind
from appeals.forms.content import ABOUT, DESCRIPTION_HINT, NO_PICTURE, AboutForm
from appeals.services.editing import LONGEST_WORDS, ContentDetails, Words
from missingcases.forms.base import CaseForm, leave_out, line, select, words
from missingcases.models import Photo


class AskForm(CaseForm, AboutForm):
    """A force asks for publicity, and proposes what it is to say."""

    submit_label = "Ask for publicity"
    warn_unsaved = True

    form_token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    kind = select(AppealKind, "What kind of appeal", only=dict(KINDS_ASKED_FOR), initial=AppealKind.STANDARD)
    reason = words("Why publicity would help", max_length=LONGEST_VIEW)
    police_view = words(
        "What your force thinks of publicity",
        required=False,
        help_text="What speaks for it and against it. The charity reads this; nobody else does.",
        max_length=LONGEST_VIEW,
    )
    headline = line("Headline", max_length=120, help_text="For example: Have you seen Sam?")
    description = words("Description", required=False, help_text=DESCRIPTION_HINT, max_length=LONGEST_WORDS)
    clothing = line("Clothing when last seen", max_length=300)
    photo = forms.ChoiceField(
        label="Which photo may the charity use?",
        help_text="It sees this photo and no other. Photos whose consent was refused are not offered.",
        widget=forms.RadioSelect,
        initial=NO_PICTURE,
    )

    def __init__(self, *args: Any, photos: Sequence[Photo] = (), offers: bool = True, **kwargs: Any) -> None:
        self._offers = offers
        leave_out(self, *([] if offers else ["photo", "police_view"]))
        super().__init__(*args, **kwargs)
        if offers:
            choices = [(one.reference, _said(one)) for one in photos]
            self.fields["photo"].choices = [*choices, (NO_PICTURE, "None yet")]  # type: ignore[attr-defined]

    def layout(self) -> list[Any]:
        """Why first, then what it is to say."""
        why = [one for one in ("kind", "reason", "police_view") if one in self.fields]
        said = ["headline", Field.textarea("description", rows=5), "clothing"]
        picture = ["photo"] if self._offers else []
        return [
            "form_token",
            Fieldset(*why, legend="Why", legend_size=Size.MEDIUM),
            Fieldset(*ABOUT, *said, *picture, legend="What the appeal is to say", legend_size=Size.MEDIUM),
        ]

    def content(self) -> ContentDetails:
        """The first version."""
        given = self.cleaned_data
        return self.details(
            [Words(**{name: given[name] for name in ("headline", "description", "clothing")})]
        )

    def photo_reference(self) -> str:
        """The chosen photo; empty for none."""
        chosen: str = self.cleaned_data.get("photo", NO_PICTURE)
        return "" if chosen == NO_PICTURE else chosen


def _said(photo: Photo) -> str:
    taken = f", taken {photo.taken_on:%-d %B %Y}" if photo.taken_on else ""
    return f"{photo.alt_text or 'Photo'}{taken} ({photo.get_consent_display()})"


class OfferForm(CaseForm):
    """Which photo of the record the charity may use."""

    submit_label = "Offer this photo"
    photo = forms.ChoiceField(label="Photo", widget=forms.RadioSelect)

    def __init__(self, *args: Any, photos: Sequence[Photo] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["photo"].choices = [(one.reference, _said(one)) for one in photos]  # type: ignore[attr-defined]
