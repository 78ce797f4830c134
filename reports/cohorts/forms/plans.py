"""Choosing a cohort, and who reads it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from foundation.accounts.enums import OrganisationKind
from foundation.accounts.models import User
from foundation.accounts.selectors import forces
from foundation.actors import Actor
from foundation.places.forms import AreaField
from foundation.ui.forms import DatePartsField, VersionedForm
from missingcases.enums import FlagKind, Known, Outcome
from missingcases.forms.base import KeptOnFailure, leave_out, line, select, ticks, words
from reports.cohorts import selectors
from reports.cohorts.choosing import MOST_CASES, Chosen
from reports.cohorts.enums import AgeGroup
from reports.cohorts.models import BookVersion, ListVersion, Review
from reports.cohorts.services import Plan

_OF_THE_RECORD = ("area", "age", "looked_after", "flags", "outcomes", "incidents_at_least")


class _ListChoice(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.concept_list.name} (version {obj.number})"


class _BookChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.book.name} (version {obj.number})"


class _ReaderChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.full_name)


class PlanForm(KeptOnFailure, VersionedForm):
    """What a review is to be. The charity is not asked what only a record tells."""

    submit_label = "Save and see how many there are"

    name = line("Name of the review", max_length=80, required=True, help_text="Name nobody in it.")
    question = words("What is it to answer?", rows=2, max_length=1000)
    since = DatePartsField(label="From", help_text="The first day.", allow_future=False)
    until = DatePartsField(label="To", help_text="The last day.", allow_future=False)
    force: Any = forms.ModelChoiceField(
        label="Force", queryset=None, required=False, empty_label="Every force", to_field_name="code"
    )
    area = AreaField(
        label="Last seen in", help_text="A borough, district or command unit. Empty: everywhere."
    )
    age = select(AgeGroup, "Age at report", required=False)
    looked_after = select(Known, "Looked after", required=False)
    flags = ticks(FlagKind, "Any of these flags, suspected or confirmed", required=False)
    outcomes = ticks(Outcome, "Outcome", required=False)
    incidents_at_least = forms.IntegerField(
        label="Incidents of the same person among these, at least",
        min_value=1,
        max_value=500,
        initial=1,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-3"}),
    )
    lists = _ListChoice(label="Concept lists to look for", queryset=None, widget=forms.CheckboxSelectMultiple)
    mentioned = forms.BooleanField(
        label="Take only incidents where a note has a word of these lists",
        required=False,
        help_text="The cohort then cannot tell how common the theme is among all incidents.",
    )
    sample = forms.IntegerField(
        label="Draw this many by lot",
        required=False,
        min_value=1,
        max_value=MOST_CASES,
        help_text=f"Empty: all of them, at most {MOST_CASES:,}.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-5"}),
    )
    book = _BookChoice(label="Code book", queryset=None, empty_label="Choose")
    first_reader = _ReaderChoice(label="First reader", queryset=None, empty_label="Choose")
    second_reader = _ReaderChoice(
        label="Second reader",
        queryset=None,
        empty_label="Choose",
        help_text="Neither sees what the other codes until both have finished. "
        "A case that one of them may not see is left out.",
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        of_charity = actor.organisation_kind == OrganisationKind.CHARITY
        leave_out(self, *(_OF_THE_RECORD if of_charity else ("force",)))
        super().__init__(*args, **kwargs)
        found: dict[str, Any] = {
            "lists": selectors.newest_lists(actor),
            "book": selectors.newest_books(actor),
            "first_reader": selectors.may_read(actor.organisation_id or 0).order_by("full_name"),
            "second_reader": selectors.may_read(actor.organisation_id or 0).order_by("full_name"),
        }
        if of_charity:
            found["force"] = forces().order_by("name")
            self.fields["since"].label, self.fields["until"].label = (
                "Released to us from",
                "Released to us to",
            )
        else:
            self.fields["since"].label, self.fields["until"].label = "Reported from", "Reported to"
            # What was cancelled is never taken.
            ended = [(one.value, one.label) for one in Outcome if one != Outcome.CANCELLED]
            self.fields["outcomes"].choices = ended  # type: ignore[attr-defined]
        for name, rows in found.items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]

    def plan(self) -> Plan:
        """What was asked for, once it is valid."""
        given = self.cleaned_data
        force, area = given.get("force"), given.get("area")
        chosen = Chosen(
            since=given["since"],
            until=given["until"],
            force_id=force.pk if force else None,
            area_id=area.pk if area else None,
            age=given.get("age", ""),
            looked_after=given.get("looked_after", ""),
            flags=tuple(given.get("flags", ())),
            outcomes=tuple(given.get("outcomes", ())),
            incidents_at_least=given.get("incidents_at_least", 1),
            mentioned=given["mentioned"],
        )
        lists: list[ListVersion] = list(given["lists"])
        book: BookVersion = given["book"]
        first: User = given["first_reader"]
        second: User = given["second_reader"]
        return Plan(
            name=given["name"],
            question=given["question"],
            chosen=chosen,
            list_ids=[version.pk for version in lists],
            book_id=book.pk,
            first_reader_id=first.pk,
            second_reader_id=second.pk,
            sample=given["sample"],
        )


def a_new_plan(actor: Actor) -> dict[str, Any]:
    """What the form begins with: children, the year up to yesterday, the actor as first reader."""
    yesterday = timezone.localdate() - timedelta(days=1)
    return {
        "version": 0,
        "since": _a_year_before(yesterday),
        "until": yesterday,
        "age": AgeGroup.CHILD,
        "first_reader": actor.user_id,
    }


def _a_year_before(day: date) -> date:
    return day - timedelta(days=364)


def plan_of(review: Review) -> dict[str, Any]:
    """What the form begins with for a review that is being set up."""
    chosen = Chosen.from_stored(review.chosen)
    named = ("since", "until", "age", "looked_after", "incidents_at_least", "mentioned")
    return {
        "version": review.version,
        "name": review.name,
        "question": review.question,
        **{name: getattr(chosen, name) for name in named},
        "flags": list(chosen.flags),
        "outcomes": list(chosen.outcomes),
        "force": selectors.force_code(chosen.force_id),
        "area": selectors.area_label(chosen.area_id),
        "lists": list(review.lists.values_list("pk", flat=True)),
        "sample": review.sample,
        "book": review.book_id,
        "first_reader": review.first_reader_id,
        "second_reader": review.second_reader_id,
    }
