"""Reading accounts."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from foundation.accounts.enums import OrganisationKind, Role
from foundation.accounts.models import Invitation, Membership, Organisation, Session, Team, User
from foundation.accounts.opened import Opened
from foundation.accounts.policies import is_platform_administrator
from foundation.actors import Actor
from foundation.prepared import fetch_all

# Asked at every request.
_HELD = """
    SELECT held.organisation_id, place.kind, held.role, held.team_id, place.takes_passwords
    FROM accounts_membership held JOIN accounts_organisation place ON place.id = held.organisation_id
    WHERE held.user_id = %(user)s AND held.ended_at IS NULL AND place.is_active ORDER BY held.id
"""


def actor_for(
    user: User,
    *,
    organisation_id: int | None = None,
    opened: Opened | None = None,
    source: str = "",
    request_id: str = "",
) -> Actor:
    """The actor `user` is in the named organisation, or in the first they belong to.

    Somebody inactive, or without a running membership, is nobody. `opened` leaves out the organisations
    for which their session was not opened.
    """
    held = fetch_all(_HELD, {"user": user.pk}) if user.is_active else []
    rows = [
        (place_id, kind, role, team_id)
        for place_id, kind, role, team_id, takes_passwords in held
        if opened is None or opened.admits(place_id, takes_passwords)
    ]
    if not rows:
        return Actor.nobody(source)
    chosen_id, chosen_kind, *_ = next((row for row in rows if row[0] == organisation_id), rows[0])
    own = [row for row in rows if row[0] == chosen_id]
    return Actor(
        organisation_id=chosen_id,
        organisation_kind=OrganisationKind(chosen_kind),
        roles=frozenset(Role(role) for _, _, role, _ in own),
        user_id=user.pk,
        team_ids=frozenset(team_id for _, _, _, team_id in own if team_id is not None),
        source=source,
        request_id=request_id,
    )


def running_memberships(user_id: int) -> QuerySet[Membership]:
    """The roles a person holds now, oldest first, with organisation and team."""
    return (
        Membership.objects.filter(user_id=user_id, ended_at=None, organisation__is_active=True)
        .select_related("organisation", "team")
        .order_by("pk")
    )


def factors_of(user_id: int) -> QuerySet[Authenticator]:
    """A person's second factors and recovery codes, for showing when each was used."""
    rows: QuerySet[Authenticator] = Authenticator.objects.filter(user_id=user_id).order_by("pk")
    return rows


def session_count(user_id: int) -> int:
    """In how many browsers a person is signed in."""
    return Session.objects.filter(user_id=user_id, expire_date__gt=timezone.now()).count()


def people_holding(organisation_id: int, roles: Iterable[Role]) -> QuerySet[User]:
    """Active people who hold any of `roles` in that organisation now (whom to tell of something)."""
    held = Membership.objects.filter(
        user_id=OuterRef("pk"), organisation_id=organisation_id, role__in=list(roles), ended_at=None
    )
    return User.objects.filter(Exists(held), is_active=True)


def people_visible_to(actor: Actor) -> QuerySet[User]:
    """The people an administrator sees: those who hold, or held, a role in their own organisation."""
    if actor.organisation_id is None or not actor.holds({Role.ADMINISTRATOR}):
        return User.objects.none()
    held = Membership.objects.filter(user_id=OuterRef("pk"), organisation_id=actor.organisation_id)
    return User.objects.filter(Exists(held)).order_by("full_name", "pk")


def people_page(actor: Actor, *, after: str, size: int) -> list[User]:
    """One page of people by name, from behind the person with reference `after`, and one more if any."""
    rows = people_visible_to(actor)
    last = rows.filter(reference=after).first() if after else None
    if last is not None:
        rows = rows.filter(Q(full_name__gt=last.full_name) | Q(full_name=last.full_name, pk__gt=last.pk))
    own = Membership.objects.filter(organisation_id=actor.organisation_id or 0, ended_at=None)
    held = Prefetch("memberships", queryset=own.order_by("pk"), to_attr="running_here")
    return list(rows.prefetch_related(held)[: size + 1])


def memberships_visible_to(actor: Actor) -> QuerySet[Membership]:
    """The roles, past ones too, in the actor's own organisation; what people do elsewhere is not shown."""
    if actor.organisation_id is None or not actor.holds({Role.ADMINISTRATOR}):
        return Membership.objects.none()
    rows = Membership.objects.filter(organisation_id=actor.organisation_id)
    return rows.select_related("organisation", "team", "user").order_by("pk")


def invitations_visible_to(actor: Actor) -> QuerySet[Invitation]:
    """Invitations into the actor's own organisation; for the platform's administrators also those to
    other organisations' first administrators that they sent."""
    if actor.organisation_id is None or not actor.holds({Role.ADMINISTRATOR}):
        return Invitation.objects.none()
    wanted = Q(organisation_id=actor.organisation_id)
    if is_platform_administrator(actor):
        wanted |= Q(sent_for_id=actor.organisation_id)
    return Invitation.objects.filter(wanted).select_related("organisation", "invited_by", "team")


def organisations_visible_to(actor: Actor) -> QuerySet[Organisation]:
    """Every organisation for the platform's administrators, one's own for everybody else."""
    if is_platform_administrator(actor):
        return Organisation.objects.all()
    if actor.organisation_id is None:
        return Organisation.objects.none()
    return Organisation.objects.filter(pk=actor.organisation_id)


def forces() -> QuerySet[Organisation]:
    """The police forces that work here now: those that something may be offered to or asked of."""
    return Organisation.objects.filter(kind=OrganisationKind.POLICE_FORCE, is_active=True)


def the_charity() -> Organisation:
    """The charity that runs this installation. Raises `Organisation.DoesNotExist` where none is set up."""
    return Organisation.objects.filter(kind=OrganisationKind.CHARITY, is_active=True).order_by("pk")[:1].get()


def teams_visible_to(actor: Actor) -> QuerySet[Team]:
    """The teams of an administrator's own organisation, open ones first."""
    if actor.organisation_id is None or not actor.holds({Role.ADMINISTRATOR}):
        return Team.objects.none()
    return Team.objects.filter(organisation_id=actor.organisation_id).order_by("-is_active", "name")


def with_administrators(rows: QuerySet[Organisation]) -> QuerySet[Organisation]:
    """Each organisation with `is_administered`: whether somebody active administers it."""
    held = Membership.objects.filter(
        organisation_id=OuterRef("pk"), role=Role.ADMINISTRATOR, ended_at=None, user__is_active=True
    )
    return rows.annotate(is_administered=Exists(held))


def digest(token: str) -> str:
    """What is kept of an invitation's token."""
    return sha256(token.encode()).hexdigest()


def invitation_by_digest(token_hash: str) -> Invitation | None:
    """The invitation a link's token belongs to, by the token's digest, whatever has become of it."""
    rows = Invitation.objects.select_related("organisation", "team")
    return rows.filter(token_hash=token_hash).first()
