"""The learning review of a year, as a page and as files."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from foundation import access
from foundation.accounts.enums import OrganisationKind
from foundation.accounts.models import Organisation
from foundation.actors import Actor
from foundation.clock import in_london
from foundation.requests import actor_of
from foundation.table_files import FILES
from foundation.tables import Cell, spoken
from missingcases.enums import Harm
from reports.learning import services
from reports.learning.listing import listed
from reports.learning.outcomes import SERIOUS_HARM
from reports.learning.review import FEWEST, Review, review
from reports.periods import Period, financial_year, financial_year_of
from reports.policies import NATIONAL, OF_A_FORCE, may_drill_down, may_read_figures_of, sees_small_numbers
from reports.rules import year_step
from reports.scope import Scope
from reports.together import LEARNING, hidden_of

readers = access.roles(OF_A_FORCE, NATIONAL)
YEARS_OFFERED = 12


@readers
@never_cache
@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """The tables; and for a force the incidents themselves that this person may open."""
    actor = actor_of(request)
    scope, period = _asked(request)
    found = review(scope, period, away=_away(actor, scope, period))
    context = _framed(actor, scope, period, found)
    if may_drill_down(actor, scope) is None:
        lines = listed(actor, scope, period)
        if lines.lines:
            services.record_listed(actor=actor, incident_ids=[one.incident.pk for one in lines.lines])
        context |= {"listed": lines}
    return render(request, "reports/learning/review.html", context)


@readers
@never_cache
@require_GET
def as_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The tables as a file; no incident of anybody is in it."""
    if kind not in FILES:
        raise Http404
    actor = actor_of(request)
    scope, period = _asked(request)
    away = _away(actor, scope, period)
    found = review(scope, period, away=away)
    about: list[list[Cell]] = [
        ["Learning review", _whose(scope)],
        ["Incidents reported", str(period)],
        ["Counted at", spoken(timezone.now())],
    ]
    if away is not None and year_step(scope) > 1:
        about.append([f"Of all forces together numbers are told to the nearest {year_step(scope)}."])
    about += [[one] for one in found.sentences]
    services.record_exported(actor=actor)
    content_type, write = FILES[kind]
    answer = HttpResponse(write(about, found.tables), content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="learning-{period.code}.{kind}"'
    return answer


def _away(actor: Actor, scope: Scope, period: Period) -> frozenset[Hashable] | None:
    return None if sees_small_numbers(actor, scope) else hidden_of(LEARNING, scope, period)


def _asked(request: HttpRequest) -> tuple[Scope, Period]:
    actor = actor_of(request)
    scope = Scope(force_id=_force(request, actor))
    if may_read_figures_of(actor, scope) is not None:
        raise Http404
    return scope, _year(request.GET.get("year", ""))


def _force(request: HttpRequest, actor: Actor) -> int | None:
    """A force's own; to the national unit that of the code it asks for, else all."""
    if actor.organisation_kind is OrganisationKind.POLICE_FORCE:
        return actor.organisation_id
    code = request.GET.get("force", "")
    if not code:
        return None
    found = Organisation.objects.filter(kind=OrganisationKind.POLICE_FORCE, code=code).first()
    if found is None:
        raise Http404
    return found.pk


def _years() -> list[Period]:
    current = financial_year_of(in_london(timezone.now()).date())
    return [financial_year(current.start.year - back) for back in range(YEARS_OFFERED)]


def _year(raw: str) -> Period:
    """The financial year that begins in the April asked for; the present one where it is none of those."""
    years = _years()
    return next((one for one in years if raw == str(one.start.year)), years[0])


def _whose(scope: Scope) -> str:
    if scope.force_id is None:
        return "Every force"
    return Organisation.objects.values_list("name", flat=True).get(pk=scope.force_id)


def _framed(actor: Actor, scope: Scope, period: Period, found: Review) -> dict[str, Any]:
    is_national = actor.organisation_kind is OrganisationKind.NATIONAL_UNIT
    forces = Organisation.objects.filter(kind=OrganisationKind.POLICE_FORCE).order_by("name")
    return {
        "review": found,
        "period": period,
        "years": [(str(one.start.year), str(one)) for one in _years()],
        "year": str(period.start.year),
        "forces": list(forces.values("pk", "code", "name")) if is_national else [],
        "scope": scope,
        "whose": _whose(scope),
        "fewest": 0 if sees_small_numbers(actor, scope) else FEWEST,
        "step": year_step(scope),
        "serious": [str(Harm(one).label) for one in SERIOUS_HARM],
        "now": timezone.now(),
    }
