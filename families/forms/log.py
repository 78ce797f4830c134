"""Questions about a contact: short enough for one hand, with a phone in the other."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms

from families.enums import (
    ContactChannel,
    Direction,
    Feeling,
    Finding,
    Need,
    PointKind,
    Risk,
    ToldFrom,
)
from families.models import ContactPoint, FamilyMember
from foundation.ui.forms import LondonDateTimeField
from missingcases.forms.base import CaseForm, line, radios, select, ticks
from missingcases.forms.base import words as sentences

ONE_HAND = (5, 10, 15, 20, 30, 45, 60)


class Token(forms.Form):
    """One filled-in form is one entry, however often it is posted."""

    form_token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"form_token": uuid4()} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)


class _Member(forms.Form):
    member = forms.ModelChoiceField(
        label="With whom?",
        queryset=FamilyMember.objects.none(),
        required=False,
        empty_label="Somebody not listed",
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, members: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["member"]
        field.queryset = members
        field.label_from_instance = lambda one: one.name


class _Heard(forms.Form):
    words = sentences(
        "What was said?", rows=4, max_length=5000, error_messages={"required": "Write a sentence on it"}
    )
    feeling = select(Feeling, "How were they?", required=False)
    needs = ticks(Need, "What do they need?", required=False)
    risk = radios(Risk, "Is anybody at risk?", initial=Risk.NONE)
    risk_words = sentences(
        "What is the risk?", rows=2, required=False, max_length=1000, help_text="A colleague acts on this."
    )
    call_back_at = LondonDateTimeField(
        label="Did you promise to ring again? When?", required=False, allow_past=False
    )


class FinishForm(_Heard, CaseForm):
    """What was heard in a call whose timer runs."""

    submit_label = "Stop the timer and save"
    warn_unsaved = True
    ended_at = LondonDateTimeField(
        label="When did it end?",
        required=False,
        allow_future=False,
        help_text="Leave it empty if it ended now.",
    )


class LogForm(Token, _Member, _Heard, CaseForm):
    """A contact that is over, in full."""

    submit_label = "Save"
    warn_unsaved = True
    field_order = ("member", "channel", "direction", "started_at", "minutes")
    channel = radios(ContactChannel, "How?", initial=ContactChannel.CALL)
    direction = radios(Direction, "Who began it?", initial=Direction.IN)
    started_at = LondonDateTimeField(label="When did it begin?", allow_future=False)
    minutes = forms.IntegerField(label="How many minutes?", min_value=0, max_value=1440, initial=10)


class QuickForm(Token, _Member, CaseForm):
    """The least that has to be put down, with one hand: it ended now."""

    submit_label = "Save"
    warn_unsaved = True
    field_order = ("member", "minutes", "words", "risk", "risk_words")
    minutes = forms.TypedChoiceField(
        label="How long did it take?",
        coerce=int,
        choices=[(count, f"{count} minutes") for count in ONE_HAND],
        widget=forms.RadioSelect,
        initial=10,
    )
    words = sentences(
        "What was said?", rows=3, max_length=5000, error_messages={"required": "Write a sentence on it"}
    )
    risk = radios(Risk, "Is anybody at risk?", initial=Risk.NONE)
    risk_words = sentences("What is the risk?", rows=2, required=False, max_length=1000)


class WriteForm(Token, CaseForm):
    """A text or e-mail."""

    submit_label = "Send it"
    warn_unsaved = True
    point = forms.ModelChoiceField(
        label="To", queryset=ContactPoint.objects.none(), empty_label=None, widget=forms.RadioSelect
    )
    subject = line("Subject, for an e-mail", help_text="Others may see it: say nothing of anybody missing.")
    words = sentences(
        "Message",
        rows=5,
        max_length=5000,
        help_text="Somebody may read over their shoulder. A text has room for 459 characters.",
    )

    def __init__(self, *args: Any, member: FamilyMember, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["point"]
        field.queryset = member.points.filter(
            kind__in=[PointKind.SMS, PointKind.EMAIL], is_unsafe=False, ended_at__isnull=True
        )
        field.label_from_instance = lambda one: one.value


class TellForm(Token, CaseForm):
    """What they were told."""

    submit_label = "Record what they were told"
    warn_unsaved = True
    words = sentences("What were they told?", rows=4, max_length=3000)
    finding = radios(Finding, "Does it say that the person was found?", initial=Finding.NOTHING)
    source = radios(
        ToldFrom,
        "Where does it come from?",
        only=set(ToldFrom) - {ToldFrom.MESSAGE},
        initial=ToldFrom.OWN,
    )
    source_reference = line("Reference of the release or appeal", max_length=16)
    channel = radios(ContactChannel, "How were they told?", initial=ContactChannel.CALL)


class CorrectForm(CaseForm):
    """Put an entry right."""

    submit_label = "Add the correction"
    words = sentences("What is right?", rows=4, max_length=5000, help_text="The first entry stays as it is.")
