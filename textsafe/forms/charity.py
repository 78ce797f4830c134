"""What the charity's staff fill in."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms

from foundation.accounts.models import User
from foundation.ui.forms import HarbourForm, VersionedForm
from textsafe.enums import AgeGroup, Language, RefusalCode


class ApproveForm(HarbourForm):
    """Send it: with which wording. `seen` carries what the screener was told."""

    submit_label = "Approve and send"

    age_group = forms.ChoiceField(label="Whose wording?", choices=AgeGroup.choices, widget=forms.RadioSelect)
    language = forms.ChoiceField(label="Language")
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, languages: list[Language], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [(one.value, one.label) for one in languages]  # type: ignore[attr-defined]

    def summaries(self) -> list[str]:
        """The codes that were on the page."""
        return [code for code in self.cleaned_data["seen"].split(",") if code]


class RefuseForm(HarbourForm):
    """Do not send it: why. It stays with the charity."""

    submit_label = "Refuse"
    submit_style = "warning"

    code = forms.ChoiceField(label="Why not?", choices=RefusalCode.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label="In your own words",
        help_text="The police never see this. Needed if you choose another reason.",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        """Another reason has to be said."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("code") == RefusalCode.OTHER and not str(data.get("reason", "")).strip():
            self.add_error("reason", "Say the reason in your own words.")
        return data


class AnswerForm(HarbourForm):
    """A text to the person."""

    submit_label = "Send"
    warn_unsaved = True

    form_token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    text = forms.CharField(
        label="Your answer",
        max_length=459,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Up to 459 characters. Somebody else may see their screen: name nobody and no place.",
    )


class AllowTextsForm(HarbourForm):
    """A number whose holder wishes to get texts again, and how we know."""

    submit_label = "Allow texts to this number again"

    number = forms.CharField(
        label="Their number",
        help_text="For example 07700 900123.",
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    reason = forms.CharField(
        label="How do you know that the person wishes it?",
        help_text="Speak with them first: whoever holds the phone could ask for it by text. "
        "The police never see this.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class NoteForm(HarbourForm):
    """A note for colleagues."""

    submit_label = "Add the note"

    note = forms.CharField(
        label="Note for colleagues",
        help_text="Never sent to the person and never shown to the police.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class HandOverForm(HarbourForm):
    """To whom, and what they must know."""

    submit_label = "Hand over"

    to = forms.ModelChoiceField(
        queryset=User.objects.none(),
        label="To whom?",
        required=False,
        empty_label="Back to everybody: whoever is free claims it",
    )
    note = forms.CharField(
        label="What must they know?",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, colleagues: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = colleagues  # type: ignore[attr-defined]


class ConcernForm(HarbourForm):
    """A safeguarding concern."""

    submit_label = "Tell the duty manager"
    submit_style = "warning"

    is_threat_to_life = forms.ChoiceField(
        label="Is somebody's life in danger?",
        choices=[("yes", "Yes, or it may be"), ("no", "No")],
        widget=forms.RadioSelect,
    )
    concern = forms.CharField(
        label="What worries you?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="The duty manager decides whether the police are told, and exactly what.",
    )


class ProposeForm(HarbourForm):
    """Exactly what the force would read, and why confidence is broken."""

    submit_label = "Propose these words"

    text = forms.CharField(
        label="What the force will read",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="These words and nothing else. Say only what is needed to protect life.",
    )
    reason = forms.CharField(
        label="Why is confidence broken?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Kept with the record.",
    )


class ReleaseForm(HarbourForm):
    """Let the force read the proposed words."""

    submit_label = "Pass these words to the force"
    submit_style = "warning"

    release = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label="Why do you agree?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Kept with the record.",
    )


class WordingForm(HarbourForm):
    """A new version of a wording."""

    submit_label = "Save the draft"
    warn_unsaved = True

    age_group = forms.ChoiceField(label="For whom?", choices=AgeGroup.choices, widget=forms.RadioSelect)
    language = forms.ChoiceField(label="Language", choices=Language.choices)
    text = forms.CharField(
        label="Text",
        max_length=320,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=(
            "One text: 160 plain characters, or 70 with letters such as ŵ or curly quotation marks. "
            "It names no one, no police, no reference, no risk and no place, gives 116000, and says STOP."
        ),
    )


class PolicyForm(VersionedForm):
    """A force's automatic texts."""

    submit_label = "Save the policy"

    is_on = forms.ChoiceField(
        label="Send automatic texts?",
        choices=[("no", "No: only when an officer asks"), ("yes", "Yes")],
        widget=forms.RadioSelect,
    )
    for_missing = forms.BooleanField(label="For people graded as missing", required=False)
    for_absent = forms.BooleanField(label="For people graded as absent", required=False)
    delay_minutes = forms.IntegerField(
        label="How many minutes after the report?", min_value=60, max_value=1440, help_text="At least 60."
    )
    daily_cap = forms.IntegerField(
        label="At most how many automatic texts a day?", min_value=0, max_value=1000
    )
    rules_screen_officers = forms.BooleanField(
        label="Send an officer's request without a screener when no safety rule stands against it",
        required=False,
    )
    reason = forms.CharField(
        label="Why this change?", max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )


class SwitchForm(HarbourForm):
    """The kill switch. It says which way it was meant: a colleague may have thrown it meanwhile."""

    submit_label = "Stop all TextSafe texts"
    submit_style = "warning"

    wanted = forms.ChoiceField(choices=[("stop", "Stop"), ("start", "Start")], widget=forms.HiddenInput)
    reason = forms.CharField(label="Why?", max_length=200, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, stopped: bool, **kwargs: Any) -> None:
        if stopped:
            self.submit_label, self.submit_style = "Let TextSafe texts go again", ""
        super().__init__(*args, initial={"wanted": "start" if stopped else "stop"}, **kwargs)
