"""Freezing a report, saying where it was published, and noting what left or was listed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone

from foundation.access import require
from foundation.accounts.models import Organisation
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import Invalid
from missingcases.models import Incident
from reports import frozen
from reports.figures import freezing
from reports.figures.asked import Asked
from reports.figures.report import report_for
from reports.models import Snapshot
from reports.policies import may_read_figures_of
from reports.selectors import snapshot_named


@transaction.atomic
def freeze(*, actor: Actor, asked: Asked) -> Snapshot:
    """Keep the report as the actor is told it now. Raises `Refused`."""
    require(may_read_figures_of(actor, asked.scope))
    report = report_for(actor, asked)
    content = freezing.content_of(report)
    kept = Snapshot.objects.create(
        organisation_id=actor.organisation_id,  # type: ignore[misc]
        made_by_id=actor.user_id,  # type: ignore[misc]
        made_at=report.made_at,
        title=f"{asked.whose}, {asked.period}"[:200],
        query=asked.query,
        definitions=freezing.definitions(),
        code_version=frozen.code_version(),
        content=content,
        digest=frozen.digest(content),
    )
    audit.record(actor=actor, action="figures.frozen", target=kept)
    return kept


@transaction.atomic
def say_published(*, actor: Actor, reference: str, where: str, on: date) -> Snapshot:
    """Say, once, where a frozen report was published. Raises `NotVisible` or `Invalid`."""
    named = snapshot_named(actor, reference)
    kept = Snapshot.objects.select_for_update().get(pk=named.pk)
    if kept.published_in:
        raise Invalid({"where": "It says already where it was published. Freeze another for another place."})
    if on > timezone.localdate():
        raise Invalid({"on": "That day has not come yet."})
    kept.published_in, kept.published_on, kept.published_by_id = where, on, actor.user_id
    kept.save(update_fields=["published_in", "published_on", "published_by"])
    audit.record(
        actor=actor, action="figures.said_published", target=kept, fields=["published_in", "published_on"]
    )
    return kept


@transaction.atomic
def record_exported(*, actor: Actor, what: str) -> None:
    """A report left as a file."""
    audit.record(
        actor=actor,
        action="figures.exported",
        target=Organisation,
        target_id=actor.organisation_id,
        fields=[what],
    )


@transaction.atomic
def record_listed(*, actor: Actor, figure: str, incident_ids: Iterable[int]) -> None:
    """The records behind a figure were listed."""
    audit.record(
        actor=actor, action="figures.listed", target=Incident, target_ids=incident_ids, fields=[figure]
    )
