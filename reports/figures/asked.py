"""What somebody asked for, from its codes to its words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from foundation.accounts.models import Organisation
from foundation.actors import Actor
from foundation.places.models import Area
from foundation.places.selectors import label
from reports import asking
from reports.periods import Period
from reports.scope import Scope


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose figures and when, with the words and codes of it. `problem` says why a period was not taken."""

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
    return Asked(scope, period, force, area, problem)


def period_of(given: Mapping[str, str], *, today: date) -> Period:
    """The period that was chosen, or that of two dates, the last of them included. Raises `ValueError`."""
    first, last = given.get("from", "").strip(), given.get("to", "").strip()
    if not first and not last:
        return asking.period_for(given.get("period", ""), today=today)
    try:
        code = f"{date.fromisoformat(first)}..{date.fromisoformat(last)}"
    except ValueError:
        raise ValueError("Give both dates, the first and the last day.") from None
    try:
        return asking.period_for(code, today=today)
    except ValueError:
        raise ValueError("The last day lies before the first, or the period has not begun.") from None
