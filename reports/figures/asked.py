"""What somebody asked for, from its codes to its words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from foundation.accounts.models import Organisation
from foundation.actors import Actor
from foundation.places.models import Area
from foundation.places.selectors import label
from reports import asking
from reports.periods import Period
from reports.scope import Scope


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose figures and when, with the words and codes of it. `problem` says why a period was not taken, or
    why nothing of the area can be found in it."""

    scope: Scope
    period: Period
    force: Organisation | None
    area: Area | None
    problem: str = ""

    @property
    def whose(self) -> str:
        """In words: "Metropolitan Police, in Lambeth (borough)"."""
        force = self.force.name if self.force else "All forces"
        return f"{force}, in {label(self.area)}" if self.area else force

    @property
    def area_on(self) -> date:
        """The day by which it is known what lies within the area: the first of the period that it was one."""
        begins = self.area.starts_on if self.area else None
        if begins is None or begins >= self.period.end:
            return self.period.start
        return max(self.period.start, begins)

    def area_in_part(self, periods: Sequence[Period]) -> list[str]:
        """What must be known of an area that began or ended within these periods."""
        said: list[str] = []
        if self.area is None:
            return said
        begins, ends, name = self.area.starts_on, self.area.ends_on, label(self.area)
        if begins is not None and begins > min(one.start for one in periods):
            said.append(
                f"{name} is an area from {begins:%-d %B %Y}. Before that day the areas that were put into it "
                "are counted in its place."
            )
        if ends is not None and ends < max(one.end for one in periods):
            said.append(
                f"{name} was an area until {ends - timedelta(days=1):%-d %B %Y}. What was recorded later, "
                "under what came in its place, is not counted."
            )
        return said

    @property
    def query(self) -> dict[str, str]:
        """The codes by which it is asked for again."""
        given = {"force": self.force.code if self.force else "", "area": self.area.code if self.area else ""}
        return {"period": self.period.code} | {name: code for name, code in given.items() if code}


def asked_for(actor: Actor, given: Mapping[str, str], *, today: date) -> Asked:
    """Raises `NotVisible` for a scope that is not the actor's, `Refused` where they read no figures."""
    scope = asking.scope_for(actor, force=given.get("force", ""), area=given.get("area", ""))
    problem = ""
    try:
        period = period_of(given, today=today)
    except ValueError as wrong:
        period, problem = asking.period_for("", today=today), str(wrong)
    force = Organisation.objects.filter(pk=scope.force_id or 0).first()
    area = Area.objects.filter(pk=scope.area_id or 0).first()
    return Asked(scope, period, force, area, problem or _no_area_then(area, period))


def _no_area_then(area: Area | None, period: Period) -> str:
    """Why nothing of an area is found in a period: records name an area of their own day."""
    if area is None:
        return ""
    if area.starts_on is not None and area.starts_on >= period.end:
        begins = f"{area.starts_on:%-d %B %Y}"
        return f"{label(area)} is an area from {begins}. Choose a later period or another area."
    if area.ends_on is not None and area.ends_on <= period.start:
        return f"{label(area)} is no area any more. Choose an earlier period or what came in its place."
    return ""


def period_of(given: Mapping[str, str], *, today: date) -> Period:
    """The period that was chosen, or that of two dates, the last of them included. Raises `ValueError`."""
    first, last = given.get("from", "").strip(), given.get("to", "").strip()
    if not first and not last:
        return asking.period_for(given.get("period", ""), today=today)
    try:
        begins, ends = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        raise ValueError("Give both dates, the first and the last day.") from None
    if ends < begins:
        raise ValueError("The last day lies before the first.")
    return asking.period_for(f"{begins}..{ends}", today=today)
