"""The ranks that may say yes for a force (domain.md section 5: superintendent or gold, configurable)."""

from __future__ import annotations

from django.conf import settings

from foundation.accounts.enums import POLICE_RANKS, Role, at_least, words_for

# Lower than an inspector nobody puts a child before a million people, unless the installation says so.
_LOWEST = POLICE_RANKS.index(Role.POLICE_INSPECTOR)
RANKS: list[tuple[str, str]] = [(one.value, one.label) for one in POLICE_RANKS]


def default_rank() -> str:
    """Of a force that has said nothing: the installation's."""
    return str(settings.ALERT_AUTHORISING_RANK)


def offered() -> tuple[Role, ...]:
    """What a force may choose."""
    lowest = min(_LOWEST, POLICE_RANKS.index(Role(default_rank())))
    return POLICE_RANKS[lowest:]


def authorisers(rank: str) -> frozenset[Role]:
    """The roles that may say yes where this is the lowest rank."""
    return at_least(Role(rank))


def ranks_met_by(roles: frozenset[Role]) -> list[str]:
    """The lowest ranks that somebody with these roles satisfies."""
    return [one.value for one in POLICE_RANKS if authorisers(one) & roles]


def in_words(rank: str) -> str:
    """Who authorises, for a sentence: "a superintendent", "an inspector or above"."""
    words = words_for(authorisers(rank)).removeprefix("police ")
    return f"{'an' if words[0] in 'aeiou' else 'a'} {words}"
