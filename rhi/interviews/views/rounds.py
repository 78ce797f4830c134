"""A child's interviews side by side: what pushed, what pulled, what changed. Codes alone, nobody's words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from foundation import access
from rhi.interviews import selectors
from rhi.interviews.enums import Said
from rhi.interviews.form import SECTIONS, Kind, Section
from rhi.interviews.models import Theme
from rhi.interviews.selectors import Round
from rhi.interviews.views.common import opened
from rhi.states import WORKERS

_ALWAYS, _NEW, _GONE = "Each time", "New", "Not this time"


@dataclass(frozen=True, slots=True)
class Line:
    """One theme or question over the interviews, the oldest first."""

    label: str
    marks: tuple[str, ...]
    change: str


@access.roles(WORKERS)
@require_GET
def rounds(request: HttpRequest, reference: str) -> HttpResponse:
    """The table for each section that has codes."""
    _, interview = opened(request, reference, "interview.rounds_read")
    found = selectors.rounds_of(interview)
    labels = dict(Theme.objects.values_list("code", "label"))
    tables = [(section, _lines(section, found, labels)) for section in SECTIONS if section.coded]
    context = {"interview": interview, "rounds": found, "tables": [one for one in tables if one[1]]}
    return render(request, "interviews/rounds.html", context)


def _lines(section: Section, found: list[Round], labels: dict[str, str]) -> list[Line]:
    codes = sorted({code for one in found for code in one.codes.get(section.key, ())}, key=labels.__getitem__)
    themes = [
        _line(labels[code], ["Yes" if code in one.codes.get(section.key, ()) else "" for one in found])
        for code in codes
    ]
    questions = [
        _line(question.label, [_said(one.choices.get(question.key, "")) for one in found])
        for question in section.questions
        if question.kind is Kind.SAID
    ]
    return [line for line in (*themes, *questions) if any(line.marks)]


def _said(choice: str) -> str:
    return str(Said(choice).label) if choice in Said.values else ""


def _line(label: str, marks: Iterable[str]) -> Line:
    shown = tuple(marks)
    return Line(label, shown, _change(shown))


def _change(marks: tuple[str, ...]) -> str:
    if len(marks) < 2:
        return ""
    was, now = (any(mark == "Yes" for mark in marks[:-1]), marks[-1] == "Yes")
    if was and now:
        return _ALWAYS if all(mark == "Yes" for mark in marks) else "Again"
    return _NEW if now else _GONE if was else ""
