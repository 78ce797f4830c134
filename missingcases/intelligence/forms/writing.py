"""Writing an intelligence report, in lines or as a concern on one page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crispy_forms_gds.layout import HTML, Button, Fieldset
from django import forms
from django.utils.html import format_html

from foundation.accounts import selectors as accounts
from foundation.accounts.models import Organisation
from foundation.ui.forms import DatePartsField, LondonDateTimeField, Plain, hints
from missingcases.forms.base import CaseForm, line, narrow, radios, select, words
from missingcases.intelligence.enums import (
    Handling,
    IntelligenceGrade,
    SourceGrade,
    Topic,
    Urgency,
)
from missingcases.intelligence.services import LineDetails, ReportDetails
from missingcases.intelligence.services.writing import LONGEST, MOST_LINES

# The buttons of the form, by which its view tells what was pressed.
ADD, SUBMIT = "add_line", "ask_for_approval"
KNOWN_HOW = {
    IntelligenceGrade.DIRECT: "They saw or heard it themselves",
    IntelligenceGrade.CORROBORATED: "Somebody told them, and something else bears it out",
    IntelligenceGrade.INDIRECT: "Somebody told them",
    IntelligenceGrade.NOT_KNOWN: "It is not clear how they know",
    IntelligenceGrade.FALSE: "I doubt that it is true",
}
TRUSTED = {
    SourceGrade.RELIABLE: "What they told us before was right",
    SourceGrade.UNTESTED: "I cannot tell yet",
    SourceGrade.UNRELIABLE: "What they told us before was wrong",
}
SHARED = {
    Handling.PERMITTED: "Yes, as the law allows",
    Handling.CONDITIONS: "Only on conditions",
}
LINE_PARTS = ("original", "sanitised", "source_grade", "intelligence_grade", "handling", "conditions")


def force_field(**kwargs: Any) -> forms.ModelChoiceField:
    """Which force is to have it."""
    return forms.ModelChoiceField(
        label="Which force is to have it",
        queryset=Organisation.objects.none(),
        empty_label="Choose a force",
        **kwargs,
    )


class _About(forms.Form):
    topic = select(Topic, "What it is about", error_messages={"required": "Choose what it is about"})
    urgency = radios(Urgency, "How urgent it is", initial=Urgency.ROUTINE)
    obtained_at = LondonDateTimeField(label="When it was told", allow_future=False, offer_now=True)
    incident = line(
        "Incident it belongs to",
        max_length=16,
        help_text="Such as MI-7F3K9Q2X. Leave it empty where there is none.",
    )
    mentions = line(
        "Further incidents whose person it is about",
        max_length=200,
        help_text="Their references, with a comma between them. Police read only those of their own force.",
    )
    force = force_field(
        required=False, help_text="Where an incident is named, its own force unless you choose."
    )
    source_code = line(
        "Code of the source, if we had them before",
        max_length=8,
        help_text="Such as S-4F7K. Leave it empty for a new source: a code is made. Never write a name.",
    )
    instructions = words(
        "Handling instructions",
        rows=2,
        required=False,
        max_length=LONGEST,
        help_text="What the force must know before it acts, such as “Do not approach the family about this”.",
    )
    review_on = DatePartsField(
        label="Look again whether it is to be kept on",
        required=False,
        help_text="Leave it empty for a year from when it was told.",
    )


class ReportForm(CaseForm, _About):
    """A report with its lines; the box after the last stays empty, and an emptied line is taken out."""

    # A draft may lack nearly everything: the hints say what is needed before it goes for approval.
    hide_optional = True

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    count = forms.IntegerField(widget=forms.HiddenInput)
    raised = forms.CharField(widget=forms.HiddenInput, required=False, max_length=600)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        data = kwargs.get("data") or {}
        asked = str(data.get("count", "")) or str(kwargs.get("initial", {}).get("count", 1))
        self.places = range(1, min(int(asked) if asked.isdigit() else 1, MOST_LINES) + 1)
        super().__init__(*args, **kwargs)

    def layout(self) -> list[Any]:
        """What it is about, then each line, then what is told beside them."""
        self._add_lines()
        forces: Any = self.fields["force"]
        forces.queryset = accounts.forces().order_by("name")
        self.fields["count"].initial = len(self.places)
        first = ["topic", "urgency", "obtained_at", narrow("incident", "govuk-input--width-10"), "force"]
        return [
            *("version", "count", "raised"),
            *first,
            *(self._line(place) for place in self.places),
            "mentions",
            narrow("source_code", "govuk-input--width-5"),
            "instructions",
            "review_on",
        ]

    def _add_lines(self) -> None:
        for place in self.places:
            for name, field in _line_fields().items():
                self.fields[f"line_{place}_{name}"] = field

    @staticmethod
    def _line(place: int) -> Fieldset:
        names = [f"line_{place}_{name}" for name in LINE_PARTS]
        return Fieldset(*names, legend=f"Line {place}", legend_size="m", css_id=f"line-{place}")

    def _buttons(self) -> list[Any]:
        plain = {"data_prevent_double_click": "true", "css_class": "govuk-button--secondary"}
        return [
            HTML('<div class="govuk-button-group">'),
            Button(SUBMIT, "Save and ask for approval", data_prevent_double_click="true"),
            Button("save", "Save", **plain),
            Button(ADD, "Save and add a line", **plain),
            *([Plain(self._cancel())] if self.cancel_href else []),
            HTML("</div>"),
        ]

    def _cancel(self) -> str:
        return format_html('<a class="govuk-link" href="{}">{}</a>', self.cancel_href, self.cancel_label)

    def clean(self) -> dict[str, Any]:
        """A line needs what was told; conditions are said where there are any."""
        answers: dict[str, Any] = super().clean() or {}
        filled = [place for place in self.places if any(self._said(answers, place))]
        for place in filled:
            told, _, _, _, handling, conditions = self._said(answers, place)
            if not told and f"line_{place}_original" not in self.errors:
                self.add_error(f"line_{place}_original", "Write what was told, as it was told")
            if handling == Handling.CONDITIONS and not conditions:
                self.add_error(f"line_{place}_conditions", "Say the conditions of sharing")
        if not filled:
            self.add_error("line_1_original", "Write what was told, as it was told")
        return answers

    @staticmethod
    def _said(answers: dict[str, Any], place: int) -> tuple[Any, ...]:
        return tuple(answers.get(f"line_{place}_{name}") for name in LINE_PARTS)

    def lines(self) -> list[LineDetails]:
        """Those that hold anything, in order."""
        said = [self._said(self.cleaned_data, place) for place in self.places]
        return [
            LineDetails(one[0], one[1], int(one[2]) if one[2] else None, *one[3:]) for one in said if any(one)
        ]

    def details(self) -> ReportDetails:
        """The rest for the service."""
        return details_of(self.cleaned_data)


def details_of(answers: dict[str, Any]) -> ReportDetails:
    """What either form asks of a report beside its lines."""
    force = answers.get("force")
    return ReportDetails(
        topic=answers.get("topic", Topic.CSE),
        urgency=answers["urgency"],
        obtained_at=answers.get("obtained_at"),
        force_id=force.pk if force else None,
        incident_reference=answers.get("incident", ""),
        mentions=tuple(answers.get("mentions", "").replace(",", " ").split()),
        source_code=answers.get("source_code", ""),
        instructions=answers.get("instructions", ""),
        review_on=answers.get("review_on"),
    )


def _line_fields() -> dict[str, forms.Field]:
    return {
        "original": words(
            "As it was told",
            rows=3,
            required=False,
            max_length=LONGEST,
            help_text="The words themselves. They never leave your organisation.",
        ),
        "sanitised": words(
            "As police are to read it",
            rows=3,
            required=False,
            max_length=LONGEST,
            help_text="Nothing that tells who said it, where you met them or how they wrote to you.",
        ),
        "source_grade": _graded("How far the source can be trusted", SourceGrade.choices),
        "intelligence_grade": _graded("How they know it", IntelligenceGrade.choices),
        "handling": _graded("May the force share it", Handling.choices),
        "conditions": line("Conditions of sharing", max_length=500, help_text="Needed for C alone."),
    }


def _graded(label: str, choices: Sequence[tuple[Any, str]]) -> forms.ChoiceField:
    listed = [("", "Choose"), *((str(value), words) for value, words in choices)]
    return forms.ChoiceField(label=label, choices=listed, required=False)


class ConcernForm(CaseForm):
    """A concern about child sexual exploitation, on one page."""

    submit_label = "Send it for approval"

    raised = forms.CharField(widget=forms.HiddenInput, required=False, max_length=600)
    urgency = radios(Urgency, "Is somebody in danger now?", initial=Urgency.ROUTINE)
    told = words(
        "What you were told",
        max_length=LONGEST,
        help_text="In their words. This stays with your organisation.",
        error_messages={"required": "Write what you were told"},
    )
    what = words(
        "What police are to read",
        max_length=2_000,
        help_text="What happens, and to whom. Nothing that tells who said it or how they reached you.",
        error_messages={"required": "Write what police are to read"},
    )
    who = line("Who is involved", max_length=500, help_text="Names, nicknames, ages, cars, as far as known.")
    where = line("Where", max_length=300)
    when = line("When, and how often", max_length=300)
    obtained_at = LondonDateTimeField(label="When you were told", allow_future=False, offer_now=True)
    known = radios(IntelligenceGrade, "How do they know?")
    trusted = forms.ChoiceField(
        label="How far can they be trusted?",
        choices=[(str(value), words) for value, words in TRUSTED.items()],
        widget=forms.RadioSelect,
        initial=str(SourceGrade.UNTESTED.value),
    )
    handling = radios(Handling, "May the force share it with others?", initial=Handling.PERMITTED)
    conditions = line("The conditions", max_length=500, help_text="Needed where it is shared on conditions.")
    incident = line(
        "Incident it belongs to", max_length=16, help_text="Such as MI-7F3K9Q2X. Empty where there is none."
    )
    force = force_field(
        required=False, help_text="Where an incident is named, its own force unless you choose."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        forces: Any = self.fields["force"]
        forces.queryset = accounts.forces().order_by("name")
        known, handling = self.fields["known"], self.fields["handling"]
        known.choices = list(KNOWN_HOW.items())  # type: ignore[attr-defined]
        handling.choices = list(SHARED.items())  # type: ignore[attr-defined]
        hints(self.fields["urgency"], {Urgency.IMMEDIATE: "Ring 999 first, then send this."})  # type: ignore[arg-type]

    def clean(self) -> dict[str, Any]:
        """It goes for approval at once, so nothing may be missing."""
        answers: dict[str, Any] = super().clean() or {}
        if answers.get("handling") == Handling.CONDITIONS and not answers.get("conditions"):
            self.add_error("conditions", "Say the conditions")
        if not answers.get("incident") and not answers.get("force"):
            self.add_error("force", "Choose the force, or name the incident")
        return answers

    def lines(self) -> list[LineDetails]:
        """The one line of it."""
        answers = self.cleaned_data
        said = (("Who", "who"), ("Where", "where"), ("When", "when"))
        more = [f"{label}: {answers[name]}" for label, name in said if answers[name]]
        return [
            LineDetails(
                answers["told"],
                "\n".join([answers["what"], *more]),
                int(answers["trusted"]),
                answers["known"],
                answers["handling"],
                answers["conditions"],
            )
        ]
