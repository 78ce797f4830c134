"""The records behind a figure, for whoever may go on to them: those of the force's own that they may open."""

from __future__ import annotations

from dataclasses import dataclass

from foundation.access import require
from foundation.actors import Actor
from foundation.exceptions import NotVisible
from missingcases.models import Incident
from missingcases.selectors import records_visible_to
from reports.asking import area_ids
from reports.cells import reading
from reports.figures.asked import Asked
from reports.figures.catalogue import FIGURES
from reports.figures.declared import ALL_AGES, Figure, Key, Part, Reach
from reports.policies import may_drill_down

MOST = 200
_FAMILY = {
    "people_flagged": "flags",
    "individuals": "incidents",
    "trafficked_children_in_care": "incidents_of_trafficked_children_in_care",
}
_FOLLOWED = frozenset({"incidents", "flags", "outcome", "incidents_of_trafficked_children_in_care"})


@dataclass(frozen=True, slots=True)
class Listed:
    """The newest of the records, how many there are in all, and how many the actor may not open."""

    figure: Figure
    part: Part
    rows: list[Incident]
    count: int
    kept_back: int


def leads_on(figure: Figure, part: Part) -> bool:
    """Whether this line of a figure can be followed to incidents: nothing taken up in confidence ever is."""
    return figure.reach is Reach.POLICE and _names(part.key) is not None


def code_of(figure: Figure, part: Part) -> str:
    """How an address names one line of a figure."""
    return f"{figure.key}.{figure.parts.index(part)}"


def line_of(code: str) -> tuple[Figure, Part]:
    """The figure and line of a code that leads on. Raises `NotVisible`."""
    for figure in FIGURES:
        for part in figure.parts:
            if code_of(figure, part) == code and leads_on(figure, part):
                return figure, part
    raise NotVisible("figure")


def records(actor: Actor, asked: Asked, code: str) -> Listed:
    """Raises `Refused` for whoever reads figures added up, `NotVisible` for what leads to no record."""
    require(may_drill_down(actor, asked.scope))
    figure, part = line_of(code)
    family, values = _names(part.key) or ("", ())
    ids = reading.records(
        family,
        values,
        period=asked.period,
        force_id=asked.scope.force_id,
        areas=area_ids(asked.scope, on=asked.area_on),
    )
    seen = records_visible_to(actor).filter(pk__in=ids)
    rows = list(seen.order_by("-reported_at", "-pk")[:MOST])
    return Listed(figure, part, rows, len(ids), len(ids) - seen.order_by().count())


def _names(key: Key) -> tuple[str, tuple[str | None, ...]] | None:
    """The family of cells and the values (None: any) of the records that a key counts."""
    family, *values = (str(one) for one in key)
    family = _FAMILY.get(family, family)
    if family not in _FOLLOWED:
        return None
    open_values = tuple(None if one == ALL_AGES else one for one in values)
    return family, (*open_values, None) if family == "flags" and len(open_values) == 1 else open_values
