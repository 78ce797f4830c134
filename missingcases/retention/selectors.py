"""What is kept how long, what is due, and what is held.

A legal hold is its organisation's own: it keeps what that organisation answers for.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from django.apps import apps
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.contributions import Retention, retention
from foundation.exceptions import NotVisible
from missingcases.enums import IncidentStatus
from missingcases.keeping import SIX_YEARS
from missingcases.models import Incident
from missingcases.retention.enums import Came, RunStatus
from missingcases.retention.models import LegalHold, Period, Run, RunItem
from missingcases.retention.policies import may_read

INCIDENTS = "missingcases.Incident"
ENDED = (IncidentStatus.CLOSED, IncidentStatus.CANCELLED)
# Police records: never shorter than this (domain.md section 8).
LEAST_DAYS = SIX_YEARS.days
SAMPLE = 10
CAP = 10_000
STALLED = timedelta(minutes=2)


def standing_holds() -> QuerySet[LegalHold]:
    """Holds that nobody has lifted."""
    return LegalHold.objects.filter(lifted_at__isnull=True)


def holds_of(actor: Actor) -> QuerySet[LegalHold]:
    """The holds of the actor's organisation, lifted ones too."""
    rows = LegalHold.objects.select_related("incident", "person", "placed_by", "lifted_by")
    return rows.none() if may_read(actor) else rows.filter(organisation_id=actor.organisation_id or 0)


def hold_named(actor: Actor, reference: str) -> LegalHold:
    """The hold of this reference. Raises `NotVisible`."""
    found = holds_of(actor).filter(reference=reference).first()
    if found is None:
        raise NotVisible(reference)
    return found


def held_among(one: Retention, ids: Collection[int]) -> set[int]:
    """Which of these rows of a rule's model stand under a legal hold of whoever answers for them."""
    path = _path_to_incident(one)
    if not standing_holds().exists() or (path is None and not one.whose):
        return set()
    holds = standing_holds()
    if one.whose:
        holds = holds.filter(organisation=OuterRef(one.whose))
    rows = apps.get_model(one.model)._default_manager.filter(pk__in=list(ids))
    if path is None:
        # No incident stands behind it: what keeps everything of the organisation keeps it too.
        holds = holds.filter(incident__isnull=True, person__isnull=True)
        return set(rows.filter(Exists(holds)).values_list("pk", flat=True))
    # An incident is reached by way of its own person where the rule is the incidents' own.
    incident = Q(incident=OuterRef(path or "pk"))
    person = Q(person=OuterRef(f"{path}__person" if path else "person"))
    everything = Q(incident__isnull=True, person__isnull=True)
    return set(rows.filter(Exists(holds.filter(incident | person | everything))).values_list("pk", flat=True))


def _path_to_incident(one: Retention) -> str | None:
    """The query path from a rule's model to its incident: empty for the incident itself, None without one."""
    if one.model == INCIDENTS:
        return ""
    target = apps.get_model(one.model)._meta.get_field(one.key).related_model
    label = target._meta.label  # type: ignore[union-attr]
    if label == INCIDENTS:
        return one.key
    for other in retention():
        if other.model == label and other.model != one.model:
            further = _path_to_incident(other)
            if further:
                return f"{one.key}__{further}"
    return None


def period_in_force(organisation_id: int, kind: str = INCIDENTS) -> Period | None:
    """What the organisation set; None where the rule of the house stands."""
    return Period.objects.filter(organisation_id=organisation_id, kind=kind).select_related("set_by").first()


def periods_of(actor: Actor) -> QuerySet[Period]:
    """What the actor's organisation set, and before, the newest first."""
    rows = Period.objects.select_related("set_by")
    return rows.none() if may_read(actor) else rows.filter(organisation_id=actor.organisation_id or 0)


def keep_days(organisation_id: int, rule: Retention | None = None) -> int:
    """How long the organisation keeps an incident that has ended, or what the rule's schedule is of."""
    found = period_in_force(organisation_id, rule.model if rule else INCIDENTS)
    if found is not None:
        return found.keep_days
    return rule.schedule.keep.days if rule and rule.schedule else LEAST_DAYS


def rules_of(actor: Actor) -> list[Retention]:
    """The rules whose period the actor's organisation sets for records that it keeps."""
    kind = actor.organisation_kind
    return [one for one in retention() if one.schedule is not None and kind in one.schedule.kinds]


def rule_named(actor: Actor, key: str) -> Retention:
    """The rule whose schedule has this key. Raises `NotVisible`."""
    found = next((one for one in rules_of(actor) if one.schedule and one.schedule.key == key), None)
    if found is None:
        raise NotVisible(key)
    return found


def rule_of_kind(kind: str) -> Retention | None:
    """The rule that a run of this kind goes by; None for ended incidents, which have a way of their own."""
    return next((one for one in retention() if one.schedule is not None and one.model == kind), None)


def due_rows(rule: Retention, organisation_id: int, before: datetime) -> list[int]:
    """The organisation's rows whose period was over before then."""
    return list(rule.schedule.ended(organisation_id, before)) if rule.schedule else []


def preview_rows(actor: Actor, rule: Retention, before: datetime) -> tuple[int, list[str]]:
    """How many rows are due (at most `CAP` are counted), with a sample of references; audited."""
    ids = due_rows(rule, actor.organisation_id or 0, before)
    model = apps.get_model(rule.model)
    sample = model._default_manager.filter(pk__in=ids[:SAMPLE]).order_by("pk")
    audit.record(actor=actor, action="retention.previewed", target=model, target_ids=ids[:SAMPLE])
    return min(len(ids), CAP), [str(row) for row in sample]


def due_incidents(organisation_id: int, before: datetime) -> QuerySet[Incident]:
    """Incidents of that owner that ended before then, of people who have no other that has not.

    A person is kept whole or not at all: a later disappearance keeps the earlier ones. An incident that is
    unresolved has not ended, so that it, and its person, never fall due.
    """
    still = Incident.objects.filter(person=OuterRef("person")).exclude(
        status__in=ENDED, closed_at__lte=before
    )
    done = RunItem.objects.filter(row_id=OuterRef("pk"), came=Came.DONE, run__kind=INCIDENTS)
    rows = Incident.objects.filter(owner_id=organisation_id, status__in=ENDED, closed_at__lte=before)
    return rows.filter(~Exists(still), ~Exists(done)).order_by("pk")


def preview(actor: Actor, before: datetime, kind: str = INCIDENTS) -> tuple[int, list[str]]:
    """How many incidents, or records of another kind, are due (`CAP` at most), with a sample; audited."""
    rule = rule_of_kind(kind)
    if rule is not None:
        return preview_rows(actor, rule, before)
    rows = due_incidents(actor.organisation_id or 0, before)
    sample = list(rows.values_list("pk", "reference")[:SAMPLE])
    audit.record(
        actor=actor, action="retention.previewed", target=Incident, target_ids=[pk for pk, _ in sample]
    )
    return rows.values("pk")[:CAP].count(), [reference for _, reference in sample]


def runs_of(actor: Actor) -> QuerySet[Run]:
    """The runs of the actor's organisation, the newest first."""
    rows = Run.objects.select_related("proposed_by", "started_by")
    return rows.none() if may_read(actor) else rows.filter(organisation_id=actor.organisation_id or 0)


def run_named(actor: Actor, reference: str) -> Run:
    """The run of this reference; audited. Raises `NotVisible`."""
    found = runs_of(actor).filter(reference=reference).first()
    if found is None:
        raise NotVisible(reference)
    audit.record(actor=actor, action="retention.run_read", target=found)
    return found


def report_of(run: Run) -> dict[str, int]:
    """How many records came to what."""
    counted = dict(run.items.order_by().values_list("came").annotate(Count("pk")))
    return {came.value: counted.get(came.value, 0) for came in Came}


def stalled(now: datetime) -> list[int]:
    """Runs whose worker is gone."""
    rows = Run.objects.filter(status=RunStatus.RUNNING, updated_at__lt=now - STALLED)
    return list(rows.values_list("pk", flat=True))
