"""What the helpline fills in while somebody talks, and afterwards."""

from __future__ import annotations

import uuid
from typing import Any

from crispy_forms_gds.layout import ConditionalQuestion, ConditionalRadios, Field
from django import forms

from families.helpline.enums import Answer, Caller, Channel, LinkGround, OnTheLine
from families.helpline.questions import QUESTIONS
from foundation.accounts.enums import OrganisationKind
from foundation.accounts.models import Organisation, User
from foundation.ui.forms import HarbourForm, LondonDateTimeField, VersionedForm
from missingcases.enums import Ground

ANONYMOUS, KNOWN = "anonymous", "known"
_STAYS = ((ANONYMOUS, "They stay anonymous: keep no name and no number"), (KNOWN, "They say who they are"))
_KEPT = "Kept with the record. The police never see this."


class MailForm(HarbourForm):
    """An answer by e-mail."""

    submit_label = "Send the e-mail"

    form_token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    words = forms.CharField(
        label="Your answer",
        help_text="It goes to the address they wrote from. Others may read along there.",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )


class BeginForm(HarbourForm):
    """The least that is needed to begin; everything else is written while they talk."""

    submit_label = "Begin"

    form_token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    channel = forms.ChoiceField(
        label="How did they turn to us?",
        choices=Channel.choices,
        initial=Channel.CALL,
        widget=forms.RadioSelect,
    )
    caller = forms.ChoiceField(
        label="Who is it?", choices=Caller.choices, initial=Caller.UNKNOWN, widget=forms.RadioSelect
    )
    stays = forms.ChoiceField(
        label="Do they say who they are?", choices=_STAYS, initial=ANONYMOUS, widget=forms.RadioSelect
    )
    name = forms.CharField(label="What do they call themselves?", max_length=120, required=False)
    reach_by = forms.CharField(
        label="Number or address at which we may reach them",
        help_text="Only one that they say is safe.",
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    notes = forms.CharField(
        label="First words, if they wrote",
        help_text="Copy what they wrote. A colleague answers within the hour.",
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def layout(self) -> list[Any]:
        """Name and number are asked only of somebody who gives them."""
        return [
            "form_token",
            Field.radios("channel"),
            Field.radios("caller"),
            ConditionalRadios("stays", _STAYS[0][1], ConditionalQuestion(_STAYS[1][1], "name", "reach_by")),
            Field.textarea("notes", rows=4),
        ]


class NotesForm(VersionedForm):
    """Notes and risk questions: one form, saved as it is typed."""

    submit_label = "Save"

    notes = forms.CharField(
        label="Notes",
        help_text="Saved as you type. Their own words where you can.",
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.attrs["data-autosave"] = "true"

    def answers(self) -> dict[str, str]:
        """The answers to the risk questions."""
        return {name: self.cleaned_data.get(name, "") for name in QUESTIONS}


for _name, _words in QUESTIONS.items():
    NotesForm.base_fields[_name] = forms.ChoiceField(
        label=_words, choices=Answer.choices, required=False, widget=forms.RadioSelect
    )


class EndForm(HarbourForm):
    """They hung up, or have their answer."""

    submit_label = "They were answered"

    call_back_at = LondonDateTimeField(
        label="Did you promise to ring them? When?",
        help_text="Leave this empty if no call was promised.",
        required=False,
        allow_future=True,
    )


class HandOverForm(HarbourForm):
    """To whom."""

    submit_label = "Hand over"

    to = forms.ModelChoiceField(
        queryset=User.objects.none(),
        label="To whom?",
        required=False,
        empty_label="Back to everybody: whoever is free claims it",
    )

    def __init__(self, *args: Any, colleagues: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = colleagues  # type: ignore[attr-defined]


class ThreeWayForm(HarbourForm):
    """A call that was put through."""

    submit_label = "Keep this record"
    warn_unsaved = True

    on_the_line = forms.MultipleChoiceField(
        label="Who spoke with each other?", choices=OnTheLine.choices, widget=forms.CheckboxSelectMultiple
    )
    consented = forms.BooleanField(label="Each of them agreed to the call beforehand", required=False)
    agreed = forms.CharField(
        label="What was agreed?",
        help_text="No names and no telephone numbers: this record must not lead one to the other.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class LinkForm(HarbourForm):
    """With which incident, and why that is right."""

    submit_label = "Link"

    reference = forms.CharField(
        label="Reference of the incident", help_text="For example MI-7F3K9Q2X.", max_length=16
    )
    ground = forms.ChoiceField(
        label="Why is it linked?",
        choices=LinkGround.choices,
        initial=LinkGround.WISH,
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label="If they do not wish it: why is it needed?",
        help_text=f"A manager who is somebody else decides. {_KEPT}",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class DecideLinkForm(HarbourForm):
    """A manager's decision on a link."""

    submit_label = "Decide"

    approve = forms.ChoiceField(
        label="Is the contact linked with the incident?",
        choices=[("yes", "Yes, link it"), ("no", "No")],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label="Why?", help_text=_KEPT, max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


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

    force = forms.ModelChoiceField(
        queryset=Organisation.objects.none(),
        label="Which force?",
        empty_label="Choose a force",
        help_text="If life is in danger now, ring 999 first.",
        required=False,
    )
    ground = forms.ChoiceField(
        label="On what ground is confidence broken?", choices=Ground.choices, widget=forms.RadioSelect
    )

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

    def __init__(self, *args: Any, is_linked: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        forces: Any = self.fields["force"]
        forces.queryset = Organisation.objects.filter(
            kind=OrganisationKind.POLICE_FORCE, is_active=True
        ).order_by("name")
        if is_linked:
            del self.fields["force"]
            self.helper.layout.fields.remove("force")


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
