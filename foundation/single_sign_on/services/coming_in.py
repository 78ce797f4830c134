"""Somebody comes back from their organisation's sign-in: who they are here, and as what."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from foundation.access import Refusal, Refused
from foundation.accounts import services as accounts
from foundation.accounts.enums import Role
from foundation.accounts.models import Membership, Organisation, User
from foundation.accounts.policies import may_accept
from foundation.accounts.selectors import invitation_by_digest
from foundation.accounts.services.signed_in import drop_sessions
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.single_sign_on import policies, reading
from foundation.single_sign_on.enums import Newcomers, Proof
from foundation.single_sign_on.models import Identity, Provider
from foundation.single_sign_on.tokens import Claims

SOURCE = "single_sign_on"
READ_ONLY = Refusal(
    "read_only", "Harbour can only be read for now, so nobody comes in for the first time. Try again later."
)


@dataclass(frozen=True, slots=True)
class Arrival:
    """Exactly one of three: somebody who comes in, why not, or neither: nobody we know yet."""

    user: User | None = None
    refusal: Refusal | None = None
    has_factor: bool = False

    @property
    def is_unknown(self) -> bool:
        """Whether they must first show which account is theirs."""
        return self.user is None and self.refusal is None


def machine(organisation_id: int, source: str = SOURCE) -> Actor:
    """Our machinery doing what an organisation's sign-in says, in that organisation's trail."""
    return Actor(organisation_id=organisation_id, roles=frozenset({Role.SYSTEM}), source=source)


@transaction.atomic
def come_in(*, provider: Provider, claims: Claims, invitation: str, source: str) -> Arrival:
    """Let somebody in as what their claims say. `invitation` is the digest of a link they opened, if any.

    Roles that went are ended, and sessions with them, also where the person is then refused: so this
    answers and does not raise.
    """
    place = Organisation.objects.select_for_update(no_key=True).get(pk=provider.organisation_id)
    known = _identity(provider, claims)
    roles = reading.roles_of(provider, claims)
    arrival = _known(provider, known, roles) if known else _new(provider, claims, roles, invitation, source)
    if arrival.refusal is not None:
        actor = machine(place.pk, source)
        target = {"target": arrival.user} if arrival.user else {"target": provider}
        audit.record(actor=actor, action="sign_in.refused", to_state=arrival.refusal.code[:40], **target)
        return Arrival(refusal=arrival.refusal)
    return Arrival(arrival.user, None, reading.has_trusted_factor(provider, claims))


def _identity(provider: Provider, claims: Claims) -> Identity | None:
    rows = Identity.objects.select_for_update(of=("self",), no_key=True).select_related("user")
    return rows.filter(
        organisation=provider.organisation_id, issuer=claims.issuer, subject=claims.subject
    ).first()


def _known(provider: Provider, known: Identity, roles: Collection[Role]) -> Arrival:
    user = User.objects.select_for_update(no_key=True).get(pk=known.user_id)
    follow_claims(provider=provider, user=user, roles=roles)
    refusal = policies.may_come_in(user) or (None if roles else no_role(provider.organisation))
    if refusal is not None:
        return Arrival(user, refusal)
    known.last_used_at = timezone.now()
    known.save(update_fields=["last_used_at"])
    return Arrival(user)


def _new(
    provider: Provider, claims: Claims, roles: Collection[Role], invitation: str, source: str
) -> Arrival:
    if not roles:
        return Arrival(refusal=no_role(provider.organisation))
    if settings.READ_ONLY:
        return Arrival(refusal=READ_ONLY)
    row = invitation_by_digest(invitation) if invitation else None
    if row is not None and row.organisation_id == provider.organisation_id and may_accept(row) is None:
        name = reading.name_in(claims)
        if not User.objects.filter(email__iexact=row.email).exists() and name:
            user = accounts.accept_as_new(invitation_id=row.pk, full_name=name, password=None, source=source)
            return _first(provider, claims, roles, user, Proof.INVITATION)
    if provider.newcomers == Newcomers.EVERYBODY:
        return _make(provider, claims, roles)
    return Arrival()


def _make(provider: Provider, claims: Claims, roles: Collection[Role]) -> Arrival:
    """An account for somebody new; an address that has one already proves nothing about whose it is."""
    email, name = reading.email_in(claims), reading.name_in(claims)
    domains = {one.name.lower() for one in provider.domains.all()}
    if not name or email.count("@") != 1 or email.partition("@")[2] not in domains:
        return Arrival(refusal=_too_little(provider.organisation))
    if User.objects.filter(email__iexact=email).exists():
        return Arrival()
    user = User.objects.create_user(email, None, full_name=name)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    audit.record(actor=machine(provider.organisation_id), action="user.made", target=user)
    return _first(provider, claims, roles, user, Proof.FIRST)


def _first(provider: Provider, claims: Claims, roles: Collection[Role], user: User, proof: Proof) -> Arrival:
    _tie(provider.organisation_id, claims.issuer, claims.subject, user, proof, used=True)
    follow_claims(provider=provider, user=user, roles=roles)
    return Arrival(user)


@transaction.atomic
def tie(*, provider: Provider, issuer: str, subject: str, user: User) -> None:
    """Somebody who has just signed in here with their own password says that they are that subject.

    Raises `Refused`. Whoever is tied already stays so: the first proof counts.
    """
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    refusal = policies.may_tie(user, provider.organisation)
    if refusal is None and issuer != provider.issuer:
        refusal = Refusal("issuer", "Your organisation's sign-in was changed meanwhile. Start again.")
    if refusal is not None:
        raise Refused(refusal)
    _tie(provider.organisation_id, issuer, subject, user, Proof.PASSWORD)


def _tie(
    organisation_id: int, issuer: str, subject: str, user: User, proof: Proof, *, used: bool = False
) -> None:
    row, made = Identity.objects.get_or_create(
        organisation_id=organisation_id,
        issuer=issuer,
        subject=subject,
        defaults={"user": user, "proof": proof, "last_used_at": timezone.now() if used else None},
    )
    if made:
        audit.record(actor=machine(organisation_id), action="identity.tied", target=row, to_state=proof.value)


def follow_claims(*, provider: Provider, user: User, roles: Collection[Role]) -> None:
    """Give the roles that the claims give, and end those that they no longer do, with the person's sessions.

    A role that no rule speaks of is the administrator's to give and is left alone, but for somebody
    suspended nothing is given.
    """
    actor = machine(provider.organisation_id)
    ruled = {rule.role for rule in provider.rules.all()}
    held = Membership.objects.select_for_update(no_key=True).filter(
        user=user, organisation=provider.organisation_id, ended_at=None
    )
    lost = [row for row in held if row.role in ruled and row.role not in roles]
    for row in lost:
        row.ended_at = timezone.now()
        row.save(update_fields=["ended_at"])
        audit.record(actor=actor, action="membership.ended", target=row, from_state=row.role)
    if lost:
        drop_sessions(user.pk)
    for role in sorted(roles if user.is_active else ()):
        row, made = Membership.objects.get_or_create(
            user=user, organisation_id=provider.organisation_id, role=role, ended_at=None
        )
        if made:
            audit.record(actor=actor, action="membership.granted", target=row, to_state=role)


def no_role(place: Organisation) -> Refusal:
    """Somebody whom the sign-in gives no role here."""
    return Refusal(
        "no_role",
        f"{place.name}'s sign-in knows you but gives you no role here. Ask the people who look after your "
        "computer account to put you into the right group, or the administrator of Harbour at "
        f"{place.name} which group that is.",
    )


def _too_little(place: Organisation) -> Refusal:
    return Refusal(
        "too_little",
        f"{place.name}'s sign-in did not tell your name and an e-mail address of {place.name}, so no account "
        "can be made. Ask the administrator there for an invitation.",
    )
