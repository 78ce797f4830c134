"""What somebody may ask for: a scope they may read, a period that has begun and ends within this year."""

from __future__ import annotations

from datetime import date

from foundation.access import require
from foundation.accounts.enums import OrganisationKind
from foundation.accounts.models import Organisation
from foundation.accounts.selectors import forces
from foundation.actors import Actor
from foundation.exceptions import NotVisible
from foundation.places import selectors as places
from foundation.places.models import Area, AreaKind
from reports import periods
from reports.periods import Period
from reports.policies import may_read_figures, may_read_figures_of
from reports.scope import Scope

FIRST_YEAR = 2010
_AREAS = frozenset({AreaKind.BOROUGH, AreaKind.DISTRICT, AreaKind.COMMAND_UNIT, AreaKind.COUNTY})


def scope_for(actor: Actor, *, force: str = "", area: str = "") -> Scope:
    """The scope of a force's code and an area's code. Raises `Refused`, or `NotVisible` for another force."""
    require(may_read_figures(actor))
    if actor.organisation_kind == OrganisationKind.POLICE_FORCE:
        force = force or _own(actor).code
    found = forces().filter(code=force).first() if force else None
    where = Area.objects.filter(code=area).first() if area else None
    scope = Scope(found.pk if found else None, where.pk if where else None)
    is_unknown = (force and found is None) or (area and where is None)
    if is_unknown or may_read_figures_of(actor, scope) is not None:
        raise NotVisible("scope")
    return scope


def forces_for(actor: Actor) -> list[Organisation]:
    """The forces whose figures one may ask for, by name: one's own, or every one."""
    if actor.organisation_kind == OrganisationKind.POLICE_FORCE:
        return [_own(actor)]
    return list(forces().order_by("name"))


def _own(actor: Actor) -> Organisation:
    return Organisation.objects.get(pk=actor.organisation_id or 0)


def areas(*, on: date) -> list[tuple[str, str]]:
    """Code and label of the areas that figures are told for, by name."""
    rows = Area.objects.filter(places.running_on(on), kind__in=_AREAS).order_by("name", "kind")
    return [(one.code, places.label(one)) for one in rows]


def area_ids(scope: Scope, *, on: date) -> tuple[int, ...] | None:
    """The areas that count within the scope's; None for everywhere."""
    if scope.area_id is None:
        return None
    within = places.descendants(scope.area_id, on=on).values_list("pk", flat=True)
    return tuple(sorted({scope.area_id, *within}))


def offered_periods(today: date) -> list[tuple[str, str]]:
    """Codes and words of the periods that a list offers, the newest first."""
    year = today.year
    months = [
        periods.month(year - (today.month <= back), (today.month - 1 - back) % 12 + 1) for back in range(13)
    ]
    latest = periods.financial_year_of(today).start.year
    quarters = [periods.quarter(one, part) for one in range(year, year - 3, -1) for part in (4, 3, 2, 1)]
    offered: list[Period] = [
        *months,
        *(one for one in quarters if one.start <= today),
        *(periods.financial_year(one) for one in range(latest, FIRST_YEAR - 1, -1)),
        *(periods.calendar_year(one) for one in range(year, FIRST_YEAR - 1, -1)),
    ]
    return [(one.code, str(one)) for one in offered]


def period_for(code: str, *, today: date) -> Period:
    """The period of a code; without one the last financial year that is over.

    Raises `ValueError`, in words for whoever asked: of what is no period, or has not begun, or ends later
    than both this year and this financial year.
    """
    if not code:
        return periods.financial_year(periods.financial_year_of(today).start.year - 1)
    found = periods.parse(code)
    if found.start > today or found.start.year < FIRST_YEAR - 1:
        raise ValueError("Choose a period that has begun, no earlier than 2010.")
    latest = max(periods.financial_year_of(today).last, periods.calendar_year(today.year).last)
    if found.last > latest:
        raise ValueError(f"Choose a period that ends no later than {latest:%-d %B %Y}.")
    return found
