"""Questions about a member of a family and how they can be reached."""

from __future__ import annotations

from typing import Any

from django import forms

from families.enums import (
    Bond,
    CheckMethod,
    Consent,
    CounsellingStatus,
    MemberRole,
    PointKind,
    Relationship,
    Wish,
)
from families.models import ContactPoint, FamilyMember
from missingcases.forms.base import CaseEditForm, CaseForm, line, radios, select, words


class _Who(forms.Form):
    name = line("Name", required=True, error_messages={"required": "Give their name"})
    relationship = select(Relationship, "What are they to the missing person?")
    role = radios(MemberRole, "Their part", initial=MemberRole.OTHER)
    consent = radios(Consent, "Did they agree to be supported?", initial=Consent.NOT_ASKED)
    consent_scope = words(
        "What did they agree to, with what limits?", rows=2, required=False, max_length=1000
    )
    languages = line("Languages", max_length=100)
    needs_interpreter = forms.BooleanField(label="Needs an interpreter", required=False)
    safe_hours = line("When is it safe to ring?", help_text="Such as weekdays from nine to three.")
    contact_wish = radios(Wish, "Do they wish to hear from us?", initial=Wish.NOT_ASKED)


class AddMemberForm(_Who, CaseForm):
    """Add somebody who is supported."""

    submit_label = "Add them"


class ChangeMemberForm(_Who, CaseEditForm):
    """Change what is known of them."""


class CodeWordForm(CaseForm):
    """Agree a code word."""

    submit_label = "Save the code word"
    word = line(
        "Code word",
        max_length=60,
        required=True,
        help_text="Agree it with them alone. It is compared when they ring, and shown only when asked for.",
    )


class CheckForm(CaseForm):
    """Make certain who they are."""

    submit_label = "Record the check"
    method = radios(CheckMethod, "How do you know that it is them?")
    word = line(
        "The word they said", max_length=60, help_text="Type what you hear. A wrong word is recorded."
    )
    point = forms.ModelChoiceField(
        label="The number you rang back", queryset=ContactPoint.objects.none(), required=False,
        empty_label="Choose",
    )  # fmt: skip

    def __init__(self, *args: Any, member: FamilyMember, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["point"]
        field.queryset = member.points.filter(
            kind__in=["sms", "phone"], is_unsafe=False, ended_at__isnull=True
        )
        field.label_from_instance = lambda one: one.value


class PointForm(CaseForm):
    """A way to reach them."""

    submit_label = "Add it"
    kind = radios(PointKind, "What is it?")
    value = line("Number or address", required=True, max_length=300)
    is_preferred = forms.BooleanField(label="They prefer this one", required=False)
    unsafe_why = words(
        "Is it unsafe? Then say why",
        rows=2,
        required=False,
        max_length=1000,
        help_text="It is kept so that nobody uses it. Nothing goes to it and it is no link.",
    )


class BondForm(CaseForm):
    """What two members are to each other."""

    submit_label = "Save"
    first = forms.ModelChoiceField(label="Who", queryset=FamilyMember.objects.none(), empty_label="Choose")
    second = forms.ModelChoiceField(label="And", queryset=FamilyMember.objects.none(), empty_label="Choose")
    kind = radios(Bond, "What are they to each other?")
    in_conflict = forms.BooleanField(
        label="They are in conflict: neither may learn anything of the other from us", required=False
    )
    why = words("What is the conflict? For colleagues only", rows=2, required=False, max_length=1000)

    def __init__(self, *args: Any, members: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("first", "second"):
            field: Any = self.fields[name]
            field.queryset = members
            field.label_from_instance = lambda one: one.name


class CounsellingForm(CaseForm):
    """Refer them to a counsellor."""

    submit_label = "Record the referral"
    to = line("Who are they referred to?", required=True)
    agreed = words("What did they agree to have passed on?", rows=2, max_length=1000)
    has_agreed = forms.BooleanField(label="They agreed to be referred", required=False)


class CounsellingOutcomeForm(CaseForm):
    """What came of a referral."""

    submit_label = "Save"
    status = radios(
        CounsellingStatus,
        "What came of it?",
        only=set(CounsellingStatus) - {CounsellingStatus.REFERRED},
    )
    outcome = words("In a sentence", rows=2, required=False, max_length=1000)
