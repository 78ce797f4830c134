"""Every component on one page, with made-up people. Outside production only; the axe test reads it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from crispy_forms_gds.layout import Field
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from foundation import access
from foundation.access import Refusal
from foundation.ui.forms import DatePartsField, HarbourForm, LondonDateTimeField, PartialDateField, hints

RISKS = [("high", "High"), ("medium", "Medium"), ("low", "Low"), ("no_apparent", "No apparent risk")]
FLAGS = [
    ("suicide", "Suicide"),
    ("dementia", "Dementia"),
    ("cse", "Sexual exploitation"),
    ("none", "None of these"),
]


class SampleForm(HarbourForm):
    """One question of every kind."""

    submit_label = "Save the sample"
    cancel_href = "/_components/"

    name = forms.CharField(label="Name", help_text="As they are known.", max_length=60)
    phone = forms.CharField(label="Mobile number", widget=forms.TextInput(attrs={"type": "tel"}))
    age = forms.IntegerField(label="Estimated age", min_value=0, max_value=120, required=False)
    born = PartialDateField(label="Date of birth", help_text="As much as is known.", required=False)
    missing_since = LondonDateTimeField(label="Last seen", allow_future=False, offer_now=True)
    review_on = DatePartsField(label="Review on", required=False)
    risk = forms.ChoiceField(label="Risk", choices=RISKS, widget=forms.RadioSelect)
    flags = forms.MultipleChoiceField(
        label="Flags", choices=FLAGS, widget=forms.CheckboxSelectMultiple, required=False
    )
    force = forms.ChoiceField(
        label="Force", choices=[("", "Choose"), ("kent", "Kent"), ("met", "Metropolitan")]
    )
    note = forms.CharField(label="Note", widget=forms.Textarea)
    photo = forms.FileField(label="Photo", widget=forms.FileInput, required=False)
    password = forms.CharField(label="Password", widget=forms.PasswordInput, required=False)
    agreed = forms.BooleanField(label="The person has agreed")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hints(self.fields["risk"], {"high": "Serious harm is very likely"})  # type: ignore[arg-type]
        hints(self.fields["flags"], {"cse": "Suspected or confirmed"}, exclusive=("none",))  # type: ignore[arg-type]

    def layout(self) -> list[Any]:
        """The fields in their order, the note counted."""
        names = [name for name in self.fields if name != "note"]
        return [*names[:8], Field.textarea("note", rows=4, max_characters=500), *names[8:]]


class SampleFilter(HarbourForm):
    """Filters beside a list."""

    form_tag = False
    hide_optional = True
    state = forms.MultipleChoiceField(
        label="State",
        choices=[("open", "Open"), ("closed", "Closed")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


@access.public
@require_http_methods(["GET", "POST"])
def components(request: HttpRequest) -> HttpResponse:
    """Show every component; a post shows the form with its errors, or a message."""
    form = SampleForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST":
        status = 200 if form.is_valid() else 422
        if form.is_valid():
            messages.success(request, "The sample was saved.")
    context = {"form": form, "filter_form": SampleFilter(request.GET or None), **_sample()}
    return render(request, "staff/components.html", context, status=status)


@access.public
@require_safe
def progress(request: HttpRequest) -> HttpResponse:
    """The polled fragment of the progress sample: half way, for ever."""
    return render(
        request,
        "components/progress.html",
        {"poll": request.path, "label": "Importing rows", "value": 50, "maximum": 100},
    )


def _sample() -> dict[str, Any]:
    now = timezone.now()
    hours = lambda number: now - timedelta(hours=number)  # noqa: E731
    return {
        "now": now,
        "times": [now, hours(0.7), hours(3), hours(30), hours(24 * 9), hours(24 * 400)],
        "deadlines": [hours(-3), hours(-0.6), hours(2), hours(50)],
        "statuses": [
            "reported",
            "missing",
            "located",
            "closed",
            "delivered",
            "failed",
            "high",
            "medium",
            "unknown",
        ],
        "refusal": Refusal("located", "This person has been found: no text is sent any more."),
        "crumbs": [{"label": "Incidents", "href": "/"}, {"label": "H26-000123"}],
        "parts": [
            {"label": "Overview", "href": "#", "current": True},
            {"label": "Record", "href": "#"},
            {"label": "Services", "href": "#", "count": 2},
            {"label": "Timeline", "href": "#"},
        ],
        "facts": [{"label": "Age", "value": "15"}, {"label": "Missing", "value": "since 18:40 yesterday"}],
        "actions": [{"label": "Send a TextSafe", "href": "#"}, {"label": "Record as found", "href": "#"}],
        "rows": [
            {"key": "Height", "value": "160 cm", "href": "#"},
            {"key": "Clothing", "value": "Red coat\nBlue jeans", "href": "#"},
            {"key": "Eyes", "value": "Not recorded"},
        ],
        "columns": [{"label": "Reference"}, {"label": "State"}, {"label": "Texts", "numeric": True}],
        "cells": [
            [{"text": "H26-000123", "href": "#"}, "Missing", {"text": 0, "numeric": True}],
            [{"text": "H26-000124", "href": "#"}, "Located", {"text": 12, "numeric": True}],
        ],
        "chosen": [{"group": "State", "label": "Open", "href": "#"}],
        "entries": [
            {
                "title": "Risk raised to high",
                "at": hours(1),
                "by": "Sgt R. Mistry",
                "body": "Medication left at home.",
            },
            {
                "title": "Reported missing",
                "at": hours(5),
                "by": "PC A. Okafor",
                "href": "#",
                "link": "Read the report",
            },
        ],
        "talk": [
            {
                "sent": True,
                "sender": "The charity",
                "at": hours(26),
                "body": "Need to talk? Reply any time.",
                "note": "Delivered",
            },
            {"sent": False, "sender": "Them", "at": hours(2), "body": "is this really private"},
            {
                "sent": True,
                "sender": "The charity",
                "at": hours(1.9),
                "body": "Yes. You decide what happens.",
                "note": "Sent",
            },
        ],
        "tasks": [
            {"title": "Circumstances", "href": "#", "done": True},
            {
                "title": "Description",
                "href": "#",
                "status": "Incomplete",
                "hint": "Height and hair are missing",
            },
            {"title": "Prevention interview", "status": "Cannot start yet", "tone": "neutral"},
        ],
        "conflicts": [{"label": "Clothing", "theirs": "Red coat", "yours": "Blue coat"}],
        "tabs": [
            {"id": "past-day", "label": "Past day", "html": "3 incidents"},
            {"id": "past-week", "label": "Past week", "html": "12 incidents"},
        ],
    }
