"""Reading how organisations sign in."""

from __future__ import annotations

from django.db.models import QuerySet

from foundation.accounts.enums import Role
from foundation.accounts.models import Membership, Organisation, User
from foundation.actors import Actor
from foundation.single_sign_on.models import BreakGlass, Identity, Provider


def provider_visible_to(actor: Actor) -> Provider | None:
    """The sign-in of an administrator's own organisation, if it has one."""
    if actor.organisation_id is None or not actor.holds({Role.ADMINISTRATOR}):
        return None
    return (
        Provider.objects.filter(organisation=actor.organisation_id)
        .select_related("organisation")
        .prefetch_related("domains", "rules")
        .first()
    )


def break_glass_visible_to(actor: Actor) -> QuerySet[User]:
    """The people of an administrator's own organisation who keep their password."""
    if actor.organisation_id is None or not actor.holds({Role.ADMINISTRATOR}):
        return User.objects.none()
    named = BreakGlass.objects.filter(organisation=actor.organisation_id)
    return User.objects.filter(pk__in=named.values("user")).order_by("full_name", "pk")


def ties_visible_to(actor: Actor) -> QuerySet[Identity]:
    """Who is tied to the sign-in of an administrator's own organisation, last used first."""
    if actor.organisation_id is None or not actor.holds({Role.ADMINISTRATOR}):
        return Identity.objects.none()
    rows = Identity.objects.filter(organisation=actor.organisation_id)
    return rows.select_related("user").order_by("-last_used_at", "-pk")


def provider_on(code: str) -> Provider | None:
    """The sign-in of the organisation with that code, if it is offered now."""
    return _on().filter(organisation__code=code).first()


def provider_on_of(organisation_id: int) -> Provider | None:
    """The same by the organisation's id."""
    return _on().filter(organisation=organisation_id).first()


def provider_for_address(email: str) -> Provider | None:
    """The sign-in that addresses of this domain are led to, whether or not there is an account."""
    return _on().filter(domains__name__iexact=email.rpartition("@")[2].strip()).first()


def provider_of_person(user: User) -> Provider | None:
    """A sign-in that lets that person in, where they should use one."""
    held = Membership.objects.filter(user=user, ended_at=None)
    return _on().filter(organisation__in=held.values("organisation")).order_by("pk").first()


def person_at(provider: Provider, issuer: str, subject: str) -> User | None:
    """The person here who is that subject of that issuer."""
    rows = Identity.objects.filter(
        organisation=provider.organisation_id, issuer=issuer, subject=subject
    ).select_related("user")
    found = rows.first()
    return found.user if found else None


def is_any_on() -> bool:
    """Whether any organisation offers its own sign-in."""
    return _on().exists()


def _on() -> QuerySet[Provider]:
    rows = Provider.objects.filter(is_on=True, organisation__is_active=True)
    return rows.select_related("organisation").prefetch_related("rules", "domains")


def glass_of(user_id: int) -> list[Organisation]:
    """The organisations that take no passwords but this person's."""
    named = BreakGlass.objects.filter(user=user_id)
    held = Membership.objects.filter(user=user_id, ended_at=None)
    places = Organisation.objects.filter(pk__in=named.values("organisation"), takes_passwords=False)
    return list(places.filter(pk__in=held.values("organisation")))
