"""Which incidents a cohort would hold: of those alone that the actor may know of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from django.db.models import Count, F, Func, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from foundation.accounts.enums import OrganisationKind
from foundation.accounts.models import Organisation
from foundation.actors import Actor
from foundation.clock import london_to_utc
from foundation.places.models import Area
from foundation.places.selectors import descendants, label
from missingcases.deadlines import CHILD_UNTIL
from missingcases.enums import ACTIVE_FLAG, IncidentStatus
from missingcases.models import FlagSnapshot, Incident
from missingcases.selectors import released_to
from missingcases.selectors.opening import KnownTo, RecordSeenBy
from reports.cohorts.choosing import Chosen, in_words
from reports.cohorts.enums import AgeGroup
from reports.cohorts.models import ListVersion, Review
from reports.cohorts.selectors.searching import notes_with

_TEEN_FROM = 13
AGES: dict[str, dict[str, object]] = {
    AgeGroup.CHILD: {"age_at_report__lt": CHILD_UNTIL},
    AgeGroup.YOUNG: {"age_at_report__lt": _TEEN_FROM},
    AgeGroup.TEEN: {"age_at_report__gte": _TEEN_FROM, "age_at_report__lt": CHILD_UNTIL},
    AgeGroup.ADULT: {"age_at_report__gte": CHILD_UNTIL},
    AgeGroup.UNKNOWN: {"age_at_report__isnull": True},
}


def matching(actor: Actor, chosen: Chosen, versions: Sequence[ListVersion]) -> QuerySet[Incident]:
    """The incidents a cohort is made of: a force's of its own, the charity's of what was released to it.

    The charity may not learn by choosing what was not released to it, so only releases are asked; nor which
    incidents are of one person, so it does not choose by how many somebody has. What was cancelled, a
    duplicate mostly, is no case.
    """
    of_charity = actor.organisation_kind == OrganisationKind.CHARITY
    rows = _released(actor, chosen) if of_charity else _recorded(actor, chosen)
    rows = rows.exclude(status=IncidentStatus.CANCELLED)
    if chosen.mentioned:
        rows = rows.filter(pk__in=notes_with(actor, versions).order_by().values("incident_id"))
    if chosen.incidents_at_least > 1 and not of_charity:
        often = rows.order_by().values("person_id").annotate(held=Count("pk"))
        often = often.filter(held__gte=chosen.incidents_at_least)
        rows = rows.filter(person_id__in=often.values("person_id"))
    return rows


def _recorded(actor: Actor, chosen: Chosen) -> QuerySet[Incident]:
    start, end = _moments(chosen)
    rows = Incident.objects.filter(
        RecordSeenBy(actor),
        owner_id=actor.organisation_id,
        reported_at__gte=start,
        reported_at__lt=end,
    )
    if chosen.area_id is not None:
        within = descendants(chosen.area_id, on=timezone.localdate()).values_list("pk", flat=True)
        rows = rows.filter(last_seen_area_id__in=[chosen.area_id, *within])
    if chosen.age:
        rows = rows.filter(**AGES[chosen.age])
    if chosen.looked_after:
        rows = rows.filter(looked_after=chosen.looked_after)
    if chosen.outcomes:
        rows = rows.filter(outcome__in=chosen.outcomes)
    if chosen.flags:
        marked = FlagSnapshot.objects.filter(kind__in=chosen.flags, status__in=sorted(ACTIVE_FLAG))
        rows = rows.filter(pk__in=marked.values("incident_id"))
    return rows


def _released(actor: Actor, chosen: Chosen) -> QuerySet[Incident]:
    start, end = _moments(chosen)
    releases = released_to(actor).filter(decided_at__gte=start, decided_at__lt=end)
    if chosen.force_id is not None:
        releases = releases.filter(from_organisation_id=chosen.force_id)
    ids = releases.order_by().values("incident_id")
    return Incident.objects.filter(KnownTo(actor), pk__in=ids)


def _moments(chosen: Chosen) -> tuple[datetime, datetime]:
    """From the first moment of the first day until that of the day after the last, at most of today."""
    midnight = time(0)
    after = min(chosen.until, timezone.localdate()) + timedelta(days=1)
    return london_to_utc(chosen.since, midnight), london_to_utc(after, midnight)


def by_lot(rows: QuerySet[Incident], lot: str) -> QuerySet[Incident]:
    """In an order drawn by lot: the same for the same `lot`, and told by nothing of the incident."""
    drawn = Func(Concat(Value(f"{lot}:"), Cast("pk", TextField())), function="md5", output_field=TextField())
    return rows.annotate(drawn=drawn).order_by("drawn", "pk")


def size_of(rows: QuerySet[Incident]) -> tuple[int, int]:
    """How many incidents, and how many people have them."""
    found = rows.order_by().aggregate(incidents=Count("pk"), people=Count(F("person_id"), distinct=True))
    return found["incidents"], found["people"]


def force_code(force_id: int | None) -> str:
    """The code of a force that a cohort was chosen by; empty for none."""
    return "" if force_id is None else Organisation.objects.get(pk=force_id).code


def area_label(area_id: int | None) -> str:
    """The label of an area that a cohort was chosen by; empty for none."""
    return "" if area_id is None else label(Area.objects.get(pk=area_id))


def said_choice(review: Review) -> list[tuple[str, str]]:
    """How a review's cohort is chosen, in words."""
    chosen = Chosen.from_stored(review.chosen)
    force = "" if chosen.force_id is None else Organisation.objects.get(pk=chosen.force_id).name
    of_charity = review.organisation.kind == OrganisationKind.CHARITY
    return in_words(chosen, of_charity=of_charity, force=force, area=area_label(chosen.area_id))
