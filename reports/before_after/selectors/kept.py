"""Analyses by who reads them: whoever reads figures, of the organisation that asked."""

from __future__ import annotations

from django.db.models import QuerySet

from foundation.actors import Actor
from foundation.exceptions import NotVisible
from reports.before_after.models import Analysis
from reports.policies import may_read_figures


def analyses_visible_to(actor: Actor) -> QuerySet[Analysis]:
    """The newest first."""
    if may_read_figures(actor) is not None or actor.organisation_id is None:
        return Analysis.objects.none()
    rows = Analysis.objects.filter(organisation_id=actor.organisation_id)
    return rows.select_related("force", "asked_by", "organisation")


def analysis_named(actor: Actor, reference: str) -> Analysis:
    """The analysis of this reference. Raises `NotVisible`."""
    found = analyses_visible_to(actor).filter(reference=reference).first()
    if found is None:
        raise NotVisible(reference)
    return found
