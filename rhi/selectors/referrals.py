"""Referrals by who asks: the provider reads them, an authority how they stand, the force dates alone."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from foundation.accounts.enums import Role
from foundation.actors import Actor
from foundation.exceptions import NotVisible
from rhi.enums import ENDED
from rhi.models import AuthorityPolicy, Referral
from rhi.states import ALLOCATORS

_WITH = ("incident", "authority", "host_authority", "provider", "interviewer", "release", "report")


def visible_to(actor: Actor) -> QuerySet[Referral]:
    """The referrals whose content `actor` may read: an interviewer those they were given, whoever shares
    them out all of their provider's. Nobody else, and no police."""
    if actor.organisation_id is None or actor.is_system:
        return Referral.objects.none()
    of_provider = Referral.objects.filter(provider_id=actor.organisation_id).select_related(*_WITH)
    if actor.holds(ALLOCATORS):
        return of_provider
    if actor.holds({Role.RHI_INTERVIEWER}) and actor.user_id is not None:
        return of_provider.filter(interviewer_id=actor.user_id)
    return Referral.objects.none()


def progress_visible_to(actor: Actor) -> QuerySet[Referral]:
    """The referrals of which `actor` may read how they stand and their clocks: an authority's own and
    hosted children, and what is visible to them anyway."""
    content = visible_to(actor)
    if not actor.holds({Role.LOCAL_AUTHORITY}):
        return content
    of_authority = Q(authority_id=actor.organisation_id) | Q(host_authority_id=actor.organisation_id)
    wanted = of_authority | Q(provider_id=actor.organisation_id)
    return Referral.objects.filter(wanted).select_related(*_WITH)


def is_visible(actor: Actor, referral: Referral) -> bool:
    """Whether `actor` may read the content of this referral."""
    return visible_to(actor).filter(pk=referral.pk).exists()


def referral_named(actor: Actor, reference: str) -> Referral:
    """The referral of this reference whose content the actor may read. Raises `NotVisible`."""
    found = visible_to(actor).filter(reference=reference).first()
    if found is None:
        raise NotVisible(reference)
    return found


def running_of(incident_id: int) -> Referral | None:
    """The referral of an incident about which something is still to be done."""
    return Referral.objects.filter(incident_id=incident_id).exclude(status__in=sorted(ENDED)).first()


def earlier_of(referral: Referral) -> QuerySet[Referral]:
    """The same provider's referrals for the child's earlier returns, the newest first."""
    child = referral.incident.person_id
    rows = Referral.objects.filter(incident__person_id=child, provider_id=referral.provider_id)
    return rows.filter(clock_start__lt=referral.clock_start).order_by("-clock_start")


def policy_of(authority_id: int | None) -> AuthorityPolicy | None:
    """What an authority arranged; None where it arranged nothing, or is not known."""
    if authority_id is None:
        return None
    return AuthorityPolicy.objects.select_related("provider").filter(authority_id=authority_id).first()
