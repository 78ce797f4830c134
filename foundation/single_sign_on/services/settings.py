"""An organisation's sign-in, set up by its administrator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from foundation.access import Refusal, Refused, require
from foundation.accounts.models import Organisation
from foundation.accounts.services.signed_in import drop_sessions
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import Stale
from foundation.single_sign_on import policies
from foundation.single_sign_on.models import EmailDomain, Identity, Provider, RoleRule

SECRET_AGAIN = Refusal(
    "secret_again", "Enter the secret again: the one that is kept belongs to the issuer of before."
)
DOMAIN_TAKEN = Refusal("domain_taken", "Another organisation has taken one of these domains just now.")
PASSWORDS_FIRST = Refusal("passwords_first", "Let people use their passwords again first.")


@dataclass(frozen=True, slots=True)
class Connection:
    """How the provider is reached. An empty secret keeps the one there is."""

    issuer: str
    client_id: str
    client_secret: str
    scopes: Sequence[str]
    domains: Sequence[str]


@dataclass(frozen=True, slots=True)
class Rules:
    """Whom it lets in as what: `values` are the claim's values for each role."""

    role_claim: str
    values: Mapping[str, Sequence[str]]
    newcomers: str
    trusted_amr: Sequence[str]
    trusted_acr: Sequence[str]


def own_place(actor: Actor) -> Organisation:
    """The actor's organisation, locked: settings are written one after the other. Raises `Refused`."""
    require(policies.may_configure(actor))
    return Organisation.objects.select_for_update(no_key=True).get(pk=actor.organisation_id or 0)


def provider_at(place: Organisation, version: int) -> Provider | None:
    """Its sign-in, as it was when the form was opened (0: there was none). Raises `Stale`."""
    row = Provider.objects.filter(organisation=place).first()
    if (row.version if row else 0) != version:
        raise Stale
    return row


def set_up(row: Provider | None) -> Provider:
    """It, where there is one. Raises `Refused`."""
    if row is None:
        raise Refused(policies.NOT_SET_UP)
    return row


@transaction.atomic
def save_connection(*, actor: Actor, version: int, given: Connection) -> Provider:
    """Keep how the provider is reached. Raises `Refused` or `Stale`."""
    place = own_place(actor)
    row = provider_at(place, version)
    has_moved = row is None or row.issuer != given.issuer
    require(SECRET_AGAIN if has_moved and not given.client_secret else None)
    for name in given.domains:
        require(policies.may_take_domain(place, name))
    row = row or Provider(organisation=place, version=0)
    row.issuer, row.client_id, row.scopes = given.issuer, given.client_id, list(given.scopes)
    row.client_secret = given.client_secret or row.client_secret
    row.version += 1
    row.save()
    _keep_domains(row, given.domains)
    changed = ["issuer", "client_id", "scopes", "domains"]
    secret = ["client_secret"] if given.client_secret else []
    audit.record(actor=actor, action="single_sign_on.changed", target=row, fields=[*changed, *secret])
    return row


def _keep_domains(row: Provider, names: Sequence[str]) -> None:
    row.domains.all().delete()
    try:
        with transaction.atomic():
            EmailDomain.objects.bulk_create([EmailDomain(provider=row, name=name) for name in names])
    except IntegrityError:
        require(DOMAIN_TAKEN)


@transaction.atomic
def save_rules(*, actor: Actor, version: int, given: Rules) -> Provider:
    """Keep whom it lets in as what. Raises `Refused` or `Stale`."""
    place = own_place(actor)
    row = set_up(provider_at(place, version))
    row.role_claim, row.newcomers = given.role_claim, given.newcomers
    row.trusted_amr, row.trusted_acr = list(given.trusted_amr), list(given.trusted_acr)
    row.version += 1
    row.save()
    row.rules.all().delete()
    RoleRule.objects.bulk_create(
        [RoleRule(provider=row, role=role, value=one) for role, many in given.values.items() for one in many]
    )
    changed = ["role_claim", "rules", "newcomers", "trusted_amr", "trusted_acr"]
    audit.record(actor=actor, action="single_sign_on.changed", target=row, fields=changed)
    return row


@transaction.atomic
def switch(*, actor: Actor, on: bool) -> Provider:
    """Offer it on the sign-in page, or no more. Raises `Refused`.

    Whoever came in by it is signed out with it: they could not prove again that it is them.
    """
    place = own_place(actor)
    row = set_up(Provider.objects.filter(organisation=place).first())
    require(policies.may_switch_on(row) if on else None)
    require(PASSWORDS_FIRST if not on and not place.takes_passwords else None)
    row.is_on = on
    row.version += 1
    row.save(update_fields=["is_on", "version", "changed_at"])
    if not on:
        for user_id in set(Identity.objects.filter(organisation=place).values_list("user_id", flat=True)):
            drop_sessions(user_id)
    action = "single_sign_on.switched_on" if on else "single_sign_on.switched_off"
    audit.record(actor=actor, action=action, target=row, fields=["is_on"])
    return row


@transaction.atomic
def untie(*, actor: Actor, identity_id: int) -> None:
    """Forget that somebody at the provider is that person, and sign the person out. Raises `Refused`."""
    place = own_place(actor)
    row = Identity.objects.get(pk=identity_id, organisation=place)
    audit.record(actor=actor, action="identity.untied", target=row)
    drop_sessions(row.user_id)
    row.delete()
