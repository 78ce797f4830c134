"""The directory, and whom to refer somebody to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from foundation.actors import Actor
from foundation.clock import in_london
from foundation.exceptions import NotVisible
from foundation.places.selectors import ancestors
from missingcases.agreements.enums import AgreementStatus
from missingcases.agreements.models import Agreement
from missingcases.enums import ReleaseKind
from partners.models import Profile
from partners.policies import may_edit_directory, may_read_directory


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A partner that takes something somewhere. `is_open`: now, by its opening times; None: none given."""

    profile: Profile
    is_open: bool | None
    serves_everywhere: bool


def directory_visible_to(actor: Actor) -> QuerySet[Profile]:
    """The partners that `actor` may read of; those that take nothing now, for whoever keeps the directory."""
    if may_read_directory(actor) is not None:
        return Profile.objects.none()
    rows = Profile.objects.select_related("organisation").prefetch_related("areas", "opening_times")
    if may_edit_directory(actor) is None:
        return rows
    return rows.filter(is_active=True, organisation__is_active=True)


def profile_named(actor: Actor, reference: str) -> Profile:
    """One of them. Raises `NotVisible`."""
    found = directory_visible_to(actor).filter(reference=reference).first()
    if found is None:
        raise NotVisible(reference)
    return found


def profile_of(organisation_id: int) -> Profile | None:
    """What the directory says of one organisation."""
    return Profile.objects.select_related("organisation").filter(organisation_id=organisation_id).first()


def narrowed(rows: QuerySet[Profile], *, takes: str = "", area_id: int | None = None) -> QuerySet[Profile]:
    """Of these partners those that take this and serve this area, one that it lies in, or everywhere."""
    if takes:
        rows = rows.filter(takes__contains=[takes])
    if area_id is not None:
        wanted = [area_id, *ancestors(area_id, on=_today()).values_list("pk", flat=True)]
        rows = rows.filter(Q(areas__in=wanted) | Q(areas__isnull=True)).distinct()
    return rows


def partners_for(takes: str, area_id: int | None, *, now: datetime | None = None) -> list[Suggestion]:
    """Whom to refer somebody to for this: who serves the area by name first, then who is open now."""
    rows = Profile.objects.select_related("organisation").prefetch_related("areas", "opening_times")
    active = rows.filter(is_active=True, organisation__is_active=True)
    moment = now or timezone.now()
    found = [
        Suggestion(profile, is_open_at(profile, moment), not profile.areas.all())
        for profile in narrowed(active, takes=takes, area_id=area_id)
    ]
    return sorted(
        found, key=lambda one: (one.serves_everywhere, one.is_open is not True, str(one.profile.organisation))
    )


def agreement_with(organisation_id: int, profile: Profile) -> Agreement | None:
    """The sharing agreement by which this organisation refers to this partner, if one is in force."""
    rows = Agreement.objects.filter(
        from_organisation_id=organisation_id,
        to_organisation_id=profile.organisation_id,
        flow=ReleaseKind.PARTNER_REFERRAL,
        status=AgreementStatus.IN_FORCE,
    )
    return rows.order_by("-review_on", "-pk").first()


def is_open_at(profile: Profile, moment: datetime) -> bool | None:
    """Whether the partner is open then, London time; None where it names no opening times."""
    times = list(profile.opening_times.all())
    if not times:
        return None
    local = in_london(moment)
    wall = local.time()
    return any(row.weekday == local.weekday() and row.opens <= wall < row.closes for row in times)


def _today() -> date:
    return in_london(timezone.now()).date()
