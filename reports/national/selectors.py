"""Reading the calls that forces entered, and the returns that they sent."""

from __future__ import annotations

from django.db.models import QuerySet

from foundation.accounts.enums import OrganisationKind
from foundation.actors import Actor
from reports.national.models import CallsTaken, SubmittedReturn
from reports.periods import Period
from reports.policies import may_read_figures
from reports.scope import Scope


def calls_of(scope: Scope, year: Period) -> list[CallsTaken]:
    """The newest entry of each force for a year."""
    rows = CallsTaken.objects.filter(year=year.start.year).select_related("force", "entered_by")
    if scope.force_id is not None:
        rows = rows.filter(force_id=scope.force_id)
    return list(rows.order_by("force_id", "-entered_at", "-pk").distinct("force_id"))


def submitted_visible_to(actor: Actor) -> QuerySet[SubmittedReturn]:
    """The returns of one's own force; to the national unit those of every force. Nobody else's."""
    rows = SubmittedReturn.objects.select_related("force", "submitted_by")
    if may_read_figures(actor) is not None:
        return rows.none()
    if actor.organisation_kind == OrganisationKind.NATIONAL_UNIT:
        return rows
    if actor.organisation_kind == OrganisationKind.POLICE_FORCE:
        return rows.filter(force_id=actor.organisation_id or 0)
    return rows.none()
