"""The boxes of the questions, for the public page and for a colleague who writes down what is said."""

from __future__ import annotations

from typing import Any

from django import forms

from missingcases.voice.questions import LONGEST_WORDS, QUESTIONS


def question_fields(*, words: Any, words_hint: Any) -> dict[str, forms.Field]:
    """A field for each question by its code, and `words`; every one may stay empty."""
    fields: dict[str, forms.Field] = {
        one.code: forms.ChoiceField(
            label=one.words,
            help_text=one.hint,
            choices=one.choices,
            required=False,
            widget=forms.RadioSelect,
        )
        for one in QUESTIONS
    }
    fields["words"] = forms.CharField(
        label=words,
        help_text=words_hint,
        max_length=LONGEST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off"}),
    )
    return fields


def answers_in(given: dict[str, Any]) -> dict[str, str]:
    """The answers among what a form gave."""
    return {one.code: given[one.code] for one in QUESTIONS if given.get(one.code)}
