"""Reading claims: what a provider's administrator chose to put in, wherever they put it."""

from __future__ import annotations

from typing import Any

from foundation.accounts.enums import ROLES_OF_KIND, OrganisationKind, Role
from foundation.single_sign_on.models import Provider
from foundation.single_sign_on.tokens import Claims


def values_at(claims: dict[str, Any], path: str) -> frozenset[str]:
    """The texts at `path`: a claim of that very name, else step by step (`realm_access.roles`)."""
    found: Any = claims.get(path)
    if found is None:
        found = claims
        for step in path.split("."):
            found = found.get(step) if isinstance(found, dict) else None
    if isinstance(found, str):
        return frozenset({found})
    return frozenset(one for one in found if isinstance(one, str)) if isinstance(found, list) else frozenset()


def roles_of(provider: Provider, claims: Claims) -> frozenset[Role]:
    """The roles that the claims give; never one that the organisation's kind has not."""
    values = values_at(claims.all, provider.role_claim)
    allowed = ROLES_OF_KIND[OrganisationKind(provider.organisation.kind)]
    given = {Role(rule.role) for rule in provider.rules.all() if rule.value in values}
    return frozenset(given & allowed)


def has_trusted_factor(provider: Provider, claims: Claims) -> bool:
    """Whether the provider says that a second factor was given, in a way the organisation trusts."""
    methods = values_at(claims.all, "amr") & frozenset(provider.trusted_amr)
    level = values_at(claims.all, "acr") & frozenset(provider.trusted_acr)
    return bool(methods or level)


def name_in(claims: Claims) -> str:
    """The person's name, empty where the provider does not say."""
    whole = claims.all.get("name")
    if isinstance(whole, str) and whole.strip():
        return whole.strip()[:150]
    parts = [claims.all.get(one) for one in ("given_name", "family_name")]
    return " ".join(one.strip() for one in parts if isinstance(one, str))[:150].strip()


def email_in(claims: Claims) -> str:
    """The address the provider says the person has, in lower case; it proves nothing."""
    found = claims.all.get("email")
    return found.strip().lower()[:254] if isinstance(found, str) else ""
