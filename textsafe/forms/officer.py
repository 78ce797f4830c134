"""What an officer fills in."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from crispy_forms_gds.layout import ConditionalQuestion, ConditionalRadios, Field
from django import forms

from foundation.ui.forms import HarbourForm
from missingcases.models import Phone
from textsafe.enums import Language
from textsafe.questions import QUESTIONS

ANOTHER = "another"


class AskForm(HarbourForm):
    """A number, a language, and the screening questions, each with why it is asked."""

    submit_label = "Ask for the TextSafe"
    warn_unsaved = True

    form_token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    phone = forms.ChoiceField(label="Which number?", widget=forms.RadioSelect)
    number = forms.CharField(
        label="The other number",
        help_text="For example 07700 900123.",
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    language = forms.ChoiceField(
        label="Which language do they read best?",
        help_text="If there is no approved text in it yet, the charity chooses another.",
        choices=Language.choices,
        initial=Language.ENGLISH,
    )

    def __init__(self, *args: Any, phones: Sequence[Phone] = (), **kwargs: Any) -> None:
        self._known = [(str(phone.pk), phone.number) for phone in phones]
        super().__init__(*args, **kwargs)

    @property
    def questions(self) -> list[Any]:
        """The bound screening questions, in their order."""
        return [self[question.code] for question in QUESTIONS]

    def layout(self) -> list[Any]:
        """Number first, then the questions, then the language."""
        which: Any = self.fields["phone"]
        which.choices = [*self._known, (ANOTHER, "Another number")]
        if not self._known:
            which.initial = ANOTHER
        *known, another = [label for _, label in which.choices]
        asked = [Field.radios(question.code) for question in QUESTIONS]
        numbers = ConditionalRadios("phone", *known, ConditionalQuestion(another, "number"))
        return ["form_token", numbers, *asked, "language"]

    def clean(self) -> dict[str, Any]:
        """Another number needs to be written."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("phone") == ANOTHER and not data.get("number"):
            self.add_error("number", "Enter the number, such as 07700 900123.")
        return data

    def answers(self) -> dict[str, str]:
        """The answers given, by question code."""
        return {question.code: self.cleaned_data.get(question.code, "") for question in QUESTIONS}

    def phone_id(self) -> int | None:
        """The chosen number of the record, or None for another."""
        chosen = self.cleaned_data["phone"]
        return None if chosen == ANOTHER else int(chosen)


for _question in QUESTIONS:
    AskForm.base_fields[_question.code] = forms.ChoiceField(
        label=_question.words,
        help_text=f"Why we ask: {_question.why}",
        choices=_question.answers.choices,
        widget=forms.RadioSelect,
    )
