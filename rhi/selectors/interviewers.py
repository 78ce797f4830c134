"""Who could interview a child: suggested by load, language, area and whom the child would rather see."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from foundation.access import Refusal
from foundation.accounts.enums import Role
from foundation.accounts.models import User
from foundation.accounts.selectors import people_holding
from foundation.actors import Actor
from rhi.enums import AWAITED, GenderPreference
from rhi.independence import why_not_independent
from rhi.models import InterviewerProfile, Referral
from rhi.states import ALLOCATORS


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One interviewer for one child. `refusal` stands against them for good; the rest is for weighing."""

    person: User
    load: int
    capacity: int
    is_available: bool
    speaks: bool
    is_near: bool
    is_wished_for: bool
    refusal: Refusal | None

    @property
    def is_full(self) -> bool:
        """Whether they have as many children as they can take."""
        return self.load >= self.capacity

    @property
    def rank(self) -> tuple[bool, bool, bool, bool, bool, bool, float, str]:
        """The order in which they are shown, the best first."""
        return (
            self.refusal is not None,
            not self.is_available,
            not self.speaks,
            not self.is_wished_for,
            self.is_full,
            not self.is_near,
            self.load / max(self.capacity, 1),
            self.person.full_name,
        )


def interviewers_of(actor: Actor) -> QuerySet[User]:
    """The interviewers of the actor's own organisation, for whoever shares out its referrals."""
    if actor.organisation_id is None or not actor.holds(ALLOCATORS):
        return User.objects.none()
    return people_holding(actor.organisation_id, {Role.RHI_INTERVIEWER}).order_by("full_name", "pk")


def suggestions(actor: Actor, referral: Referral) -> list[Suggestion]:
    """Every interviewer of the provider with what speaks for and against them, the best first.

    Four queries, however many there are.
    """
    people = list(interviewers_of(actor))
    profiles = profiles_of(referral.provider_id)
    loads = loads_of(referral.provider_id)
    knowing = set(referral.known_to.values_list("pk", flat=True))
    found = [
        _suggest(
            referral, person, profiles.get(person.pk), loads.get(person.pk, 0), knows=person.pk in knowing
        )
        for person in people
    ]
    return sorted(found, key=lambda one: one.rank)


def profiles_of(provider_id: int) -> dict[int, InterviewerProfile]:
    """The profiles of a provider's interviewers by user id, with their areas and former employers."""
    rows = InterviewerProfile.objects.filter(organisation_id=provider_id)
    return {row.user_id: row for row in rows.prefetch_related("areas", "worked_for")}


def loads_of(provider_id: int) -> dict[int, int]:
    """How many children each interviewer has to see, by user id."""
    rows = Referral.objects.filter(provider_id=provider_id, status__in=sorted(AWAITED))
    counted = rows.filter(interviewer__isnull=False).order_by().values_list("interviewer_id")
    return dict(counted.annotate(Count("pk")))


def refusal_of(referral: Referral, user_id: int) -> Refusal | None:
    """What stands against this interviewer for this child, for good."""
    profile = InterviewerProfile.objects.filter(organisation_id=referral.provider_id, user_id=user_id).first()
    knows = referral.known_to.filter(pk=user_id).exists()
    return _refusal(referral, profile, knows=knows)


def _refusal(referral: Referral, profile: InterviewerProfile | None, *, knows: bool) -> Refusal | None:
    return why_not_independent(
        authority_ids={one for one in (referral.authority_id, referral.host_authority_id) if one},
        cared_for_by=referral.cared_for_by,
        worked_for_ids=[one.pk for one in profile.worked_for.all()] if profile else (),
        care_providers=profile.care_providers if profile else (),
        knows_the_child=knows,
    )


def _suggest(
    referral: Referral, person: User, profile: InterviewerProfile | None, load: int, *, knows: bool
) -> Suggestion:
    known = profile or InterviewerProfile(user=person, organisation_id=referral.provider_id)
    near = {one.pk for one in profile.areas.all()} if profile else set()
    where = referral.host_authority_id or referral.authority_id
    return Suggestion(
        person=person,
        load=load,
        capacity=known.capacity,
        is_available=known.is_available,
        speaks=_speaks(referral.language, known.languages),
        is_near=where in near,
        is_wished_for=referral.gender_preference in {GenderPreference.NONE, known.gender},
        refusal=_refusal(referral, profile, knows=knows),
    )


def _speaks(wanted: str, languages: list[str]) -> bool:
    """English is everybody's; another language is one that they named."""
    plain = wanted.strip().casefold()
    return plain in {"", "english"} or plain in {one.strip().casefold() for one in languages}
