"""Trying settings before anybody depends on them, and saying in words what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from secrets import token_urlsafe

from foundation.access import require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.single_sign_on import discovery, policies, tokens
from foundation.single_sign_on.discovery import Metadata
from foundation.single_sign_on.exceptions import SignInProblem
from foundation.single_sign_on.exchange import ask_for_token
from foundation.single_sign_on.fetching import checked
from foundation.single_sign_on.flow import callback_address
from foundation.single_sign_on.models import Provider


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was tried: whether it is well, and what it means."""

    is_well: bool
    words: str


def check_settings(*, actor: Actor, trial: Provider) -> list[Finding]:
    """Try the unsaved settings in `trial` against the provider itself. Raises `Refused`."""
    require(policies.may_configure(actor))
    audit.record(actor=actor, action="single_sign_on.checked", target=Provider, target_id=trial.pk)
    try:
        metadata = discovery.discover(trial.issuer, afresh=True)
    except SignInProblem as problem:
        return [Finding(False, f"The issuer cannot be used. {problem.words}")]
    found = [Finding(True, "The provider was found and calls itself by this issuer.")]
    for look in (_addresses, _keys, _ways):
        found += look(metadata)
    found += _scopes(metadata, trial)
    found += _secret(metadata, trial)
    return found


def _addresses(metadata: Metadata) -> Iterator[Finding]:
    named = {
        "The page where people sign in": metadata.authorization_endpoint,
        "Its token address": metadata.token_endpoint,
        "The address of its keys": metadata.jwks_uri,
    }
    for what, url in named.items():
        finding = _tried(lambda url=url: checked(url), what)  # type: ignore[misc]
        if finding:
            yield finding


def _tried(do: Callable[[], object], what: str) -> Finding | None:
    try:
        do()
    except SignInProblem as problem:
        return Finding(False, f"{what} cannot be used. {problem.words}")
    return None


def _keys(metadata: Metadata) -> Iterator[Finding]:
    try:
        keys = discovery.keys_of(metadata, afresh=True)
    except SignInProblem as problem:
        yield Finding(False, f"Its keys cannot be read. {problem.words}")
        return
    fit = [one for one in keys if any(tokens.fits(one, name) for name in tokens.ALGORITHMS)]
    yield (
        Finding(True, "It publishes keys that can be used.")
        if fit
        else Finding(
            False, "It publishes no key for RS256 or ES256. Choose one of them for this client there."
        )
    )


def _ways(metadata: Metadata) -> Iterator[Finding]:
    if metadata.algorithms and not set(metadata.algorithms) & set(tokens.ALGORITHMS):
        yield Finding(False, "It signs with neither RS256 nor ES256. Others are not accepted.")
    if metadata.challenges and "S256" not in metadata.challenges:
        yield Finding(False, "It does not take PKCE with S256, which is always asked for.")


def _scopes(metadata: Metadata, trial: Provider) -> Iterator[Finding]:
    unknown = sorted(set(trial.scopes) - set(metadata.scopes)) if metadata.scopes else []
    if unknown:
        yield Finding(False, f"It does not offer these scopes: {', '.join(unknown)}.")


def _secret(metadata: Metadata, trial: Provider) -> Iterator[Finding]:
    """Offer it a code that it never gave: a known client hears that the code is wrong, not who it is."""
    try:
        answer = ask_for_token(
            provider=trial,
            metadata=metadata,
            code=token_urlsafe(16),
            verifier=token_urlsafe(48),
            redirect_uri=callback_address(trial.organisation.code),
        )
        said = answer.told().get("error")
    except SignInProblem as problem:
        yield Finding(False, f"Its token address cannot be used. {problem.words}")
        return
    if said == "invalid_grant":
        yield Finding(True, "It knows the client id and the secret.")
    elif said in {"invalid_client", "unauthorized_client"}:
        yield Finding(False, "It does not know this client id with this secret. Copy both again.")
    else:
        yield Finding(
            False,
            f"Its token address answered {answer.status} to a trial, so the secret could not be tried. "
            "Sign in once to see whether it works.",
        )
