"""Entering calls, and noting who read which records and who took the return away."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from foundation.access import require
from foundation.accounts.models import Organisation
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.clock import in_london
from foundation.exceptions import Invalid
from missingcases.models import Incident
from reports import frozen
from reports.national import freezing
from reports.national.models import CallsTaken, SubmittedReturn
from reports.national.policies import may_enter_calls, may_submit
from reports.national.returning import national_return
from reports.periods import Period, financial_year_of
from reports.scope import Scope

FIRST_YEAR = 2010


@transaction.atomic
def enter_calls(*, actor: Actor, year: int, calls: int, source: str) -> CallsTaken:
    """Enter the calls of the actor's own force in a year from April. Raises `Refused`, `Invalid`."""
    require(may_enter_calls(actor))
    now = timezone.now()
    problems: dict[str, str] = {}
    if not FIRST_YEAR <= year <= financial_year_of(in_london(now).date()).start.year:
        problems["year"] = "Choose a year that has begun."
    if calls < 0:
        problems["calls"] = "Enter 0 or more."
    if not source.strip():
        problems["source"] = "Say which system counted them, and by which rule."
    if problems:
        raise Invalid(problems)
    row = CallsTaken.objects.create(
        force_id=actor.organisation_id or 0,
        year=year,
        calls=calls,
        source=source.strip(),
        entered_by_id=actor.user_id or 0,
        entered_at=now,
    )
    audit.record(actor=actor, action="national.calls_entered", target=row, fields=["calls", "source"])
    return row


@transaction.atomic
def submit(*, actor: Actor, year: Period) -> SubmittedReturn:
    """Keep the return of the actor's own force as it is sent, to the digit. Raises `Refused`."""
    now = timezone.now()
    require(may_submit(actor, year, now=now))
    content = freezing.content_of(national_return(Scope(actor.organisation_id), year))
    kept = SubmittedReturn.objects.create(
        force_id=actor.organisation_id or 0,
        year=year.start.year,
        submitted_by_id=actor.user_id or 0,
        submitted_at=now,
        content=content,
        digest=frozen.digest(content),
        code_version=frozen.code_version(*freezing.COUNTED_BY),
    )
    audit.record(actor=actor, action="national.submitted", target=kept)
    return kept


@transaction.atomic
def record_listed(*, actor: Actor, check: str, incident_ids: Iterable[int]) -> None:
    """One entry for a list of records that want something."""
    audit.record(
        actor=actor, action="national.listed", target=Incident, target_ids=incident_ids, fields=[check]
    )


@transaction.atomic
def record_exported(*, actor: Actor, kind: str) -> None:
    """The return left as a file."""
    audit.record(
        actor=actor,
        action="national.exported",
        target=Organisation,
        target_id=actor.organisation_id,
        fields=[kind],
    )
