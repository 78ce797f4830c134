"""The publicity record: views, consent, risk, and the verbs that end or hold an appeal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from appeals.enums import (
    LONGEST_VIEW,
    AskedHow,
    ConsentBy,
    ConsentStatus,
    NoPublicity,
    Party,
    Stance,
    WithdrawCause,
)
from appeals.services.takedown import LONGEST_EVIDENCE
from foundation.ui.forms import LondonDateTimeField, hints
from missingcases.forms.base import CaseEditForm, CaseForm, line, radios, ticks
from missingcases.forms.base import words as sentences

LONGEST_REASON = 2_000


class ViewForm(CaseForm):
    """What one party thinks of publicity."""

    submit_label = "Record this view"
    party = radios(Party, "Whose view")
    stance = radios(Stance, "What they think of publicity")
    words = sentences("What they said", required=False, max_length=LONGEST_VIEW)
    given_by = line("Who said so", help_text="Name and role. Leave it empty for your own force's view.")


class ConsentForm(CaseForm):
    """An answer about consent."""

    submit_label = "Record this answer"
    by = radios(ConsentBy, "Who answered")
    status = radios(ConsentStatus, "Their answer")
    covers_photo = forms.BooleanField(label="They agree to the photo", required=False)
    covers_surname = forms.BooleanField(label="They agree to the surname", required=False)
    name = line("Their name", required=True)
    relation = line("What they are to the missing person", max_length=80)
    how = radios(AskedHow, "How they were asked")
    words = sentences("What they said", required=False, max_length=LONGEST_VIEW)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        again = "An appeal that is live is withdrawn everywhere, at once."
        hints(
            self.fields["status"],  # type: ignore[arg-type]
            {ConsentStatus.REFUSED: again, ConsentStatus.WITHDRAWN: again},
        )


class RiskForm(CaseEditForm):
    """What publicity could do to this person, and how it was weighed."""

    submit_label = "Save the risk check"
    warn_unsaved = True
    words = sentences("What could publicity do to this person?", max_length=LONGEST_VIEW)
    balance = sentences("How were the views and the risk weighed?", max_length=LONGEST_VIEW)
    no_publicity = ticks(
        NoPublicity,
        "Reasons against publicity that stand",
        required=False,
        help_text="While one stands, nothing is published. An appeal that is live is withdrawn everywhere.",
    )


class DeclineForm(CaseEditForm):
    """Deciding against publicity."""

    submit_label = "Decide against publicity"
    submit_style = "warning"
    reasons = ticks(NoPublicity, "Reasons")
    reason = sentences("In your words", rows=3, max_length=LONGEST_REASON)


class WhyForm(CaseEditForm):
    """Why, for a verb that asks nothing else."""

    reason = sentences("Why", rows=3, max_length=LONGEST_REASON)

    def __init__(self, *args: Any, submit_label: str, submit_style: str = "", **kwargs: Any) -> None:
        self.submit_label, self.submit_style = submit_label, submit_style
        super().__init__(*args, **kwargs)


class WithdrawForm(CaseForm):
    """Why an appeal ends. It carries no version: nobody's edit may hold a withdrawal up."""

    submit_label = "Withdraw everywhere now"
    submit_style = "warning"
    cause = forms.ChoiceField(label="What happened", widget=forms.RadioSelect)
    reason = sentences("Why", rows=3, max_length=LONGEST_REASON)

    def __init__(self, *args: Any, causes: Sequence[WithdrawCause], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cause"].choices = [(one.value, one.label) for one in causes]  # type: ignore[attr-defined]
        self.fields["cause"].initial = causes[0].value


class AuthoriseForm(CaseEditForm):
    """The version that the supervisor has before them."""

    submit_label = "Authorise this version"
    content_number = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class EvidenceForm(CaseForm):
    """How it is known that an outlet no longer shows an appeal."""

    submit_label = "Record this"
    evidence = sentences(
        "How do you know?",
        max_length=LONGEST_EVIDENCE,
        help_text="Who told you, or what you looked at and when. Do not name the missing person.",
    )


class PublishForm(CaseEditForm):
    """When, on which outlets, and until when partners keep it to themselves."""

    submit_label = "Publish"
    when = forms.ChoiceField(
        label="When",
        choices=[("now", "Now"), ("later", "At a time")],
        initial="now",
        widget=forms.RadioSelect,
    )
    publish_at = LondonDateTimeField(label="Publish at", required=False, allow_past=False)
    embargo_until = LondonDateTimeField(
        label="Media partners keep it to themselves until",
        help_text="They get it when it is published. Our website, social networks, billboards and posters "
        "show it from this time on, by themselves. Leave it empty for no embargo.",
        required=False,
        allow_past=False,
    )
    outlets = forms.MultipleChoiceField(
        label="Outlets",
        help_text="Those that reach the appeal's areas. Take away the tick from any that is not to show it.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one outlet"},
    )

    def __init__(self, *args: Any, outlets: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outlets"].choices = outlets  # type: ignore[attr-defined]
        self.fields["outlets"].initial = [key for key, _ in outlets]

    def clean(self) -> dict[str, Any]:
        """A time where one is wanted, and none left over where not."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("when") == "later" and "publish_at" not in self.errors and not data.get("publish_at"):
            self.add_error("publish_at", "Enter the date and the time, or publish now")
        if data.get("when") == "now":
            data["publish_at"] = None
        return data
