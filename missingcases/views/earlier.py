"""Intake finds the person: earlier records that are likely, while the officer writes and on asking."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from foundation import access
from foundation.accounts.enums import POLICE
from foundation.actors import Actor
from foundation.requests import actor_of
from missingcases.forms.report import QuickReportForm
from missingcases.matching.selectors import Found, Wanted, likely_people
from missingcases.merging.selectors import people_visible_to
from missingcases.selectors import KnownPerson, person_known

# Names of what the officer presses or ticks beside the form.
LOOK, TAKE, APART = "look", "take", "apart"
SHOWN = 8
SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One earlier record of the force, why it is thought to be the person's, and how it stands."""

    known: KnownPerson
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look has found. `asked` is False while too little is written to look for anybody."""

    asked: bool
    suggestions: tuple[Suggestion, ...]
    elsewhere: tuple[Any, ...]
    apart: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many lines there are to look at."""
        return len(self.suggestions) + len(self.elsewhere)


def look(actor: Actor, form: QuickReportForm, apart: list[str]) -> Looked:
    """Earlier records of whoever the half-filled form describes; the look is audited as a search."""
    wanted = _wanted(form)
    told = people_visible_to(actor).filter(reference__in=apart[:50])
    ids = dict(told.values_list("pk", "reference"))
    if not _is_enough(wanted):
        return Looked(False, (), (), tuple(ids.values()))
    found: Found = likely_people(actor, wanted, but=ids, most=SHOWN)
    known = [(person_known(actor, one.person.reference), one.reasons) for one in found.people]
    own = tuple(Suggestion(who, reasons) for who, reasons in known if who is not None)
    return Looked(True, own, tuple(found.elsewhere), tuple(ids.values()))


def _is_enough(wanted: Wanted) -> bool:
    named = len(wanted.given_names) >= SHORTEST and len(wanted.family_name) >= SHORTEST
    half = len(wanted.given_names + wanted.family_name) >= SHORTEST
    return named or bool(wanted.phones) or (half and wanted.date_of_birth is not None)


def _wanted(form: QuickReportForm) -> Wanted:
    """What of the half-filled form can be read; the rest is not known yet."""
    phone = _read(form, "phone_number")
    return Wanted(
        given_names=_read(form, "given_names") or "",
        family_name=_read(form, "family_name") or "",
        date_of_birth=_read(form, "date_of_birth"),
        age=_read(form, "estimated_age"),
        sex=_read(form, "sex") or "",
        phones=(phone,) if phone else (),
    )


def _read(form: QuickReportForm, name: str) -> Any:
    if name not in form.fields:
        return None
    bound = form[name]
    try:
        return form.fields[name].clean(bound.data)
    except ValidationError:
        return None


@access.roles(POLICE)
@require_POST
def earlier(request: HttpRequest) -> HttpResponse:
    """The suggestions alone, asked for as the officer writes; posted, so that no address holds a name."""
    actor = actor_of(request)
    form = QuickReportForm(request.POST, actor=actor, known=None, find=lambda answers: [])
    looked = look(actor, form, request.POST.getlist(APART))
    return render(request, "missingcases/_earlier.html", {"looked": looked, "is_alone": True})
