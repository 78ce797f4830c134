"""The safety rules: what sends a request to a person instead of letting it go by rule. Pure.

Source: domain.md section 4. A fact that is not known counts against sending.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from missingcases.enums import FlagKind, Known, PhoneHolder, PhoneKind, PhoneState
from textsafe.enums import Reason, Summary

DAY = timedelta(hours=24)
YOUNGEST_BY_RULE = 10

# Flags, suspected or confirmed, that need a person's judgement.
SAFETY_FLAGS: frozenset[str] = frozenset(
    {
        FlagKind.DOMESTIC_ABUSE,
        FlagKind.HONOUR_BASED_ABUSE,
        FlagKind.TRAFFICKING,
        FlagKind.ABDUCTION,
        FlagKind.KIDNAP,
        FlagKind.TERRORISM,
    }
)


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything the rules look at, as it stands at one moment. Ages in years, times aware."""

    is_open: bool
    starts_held: bool
    age_years: int | None
    flags: frozenset[str]
    vetoed: bool
    opted_out: bool
    last_text_at: datetime | None
    kind: PhoneKind
    is_british: bool
    held_by: PhoneHolder
    verified: Known
    place: PhoneState
    read_by_others: Known
    wants_no_contact: Known
    over_force_cap: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: when it fires, what the screener is told, and whether a person may decide otherwise."""

    reason: Reason
    fires: Callable[[Facts, datetime], bool]
    summary: Summary
    hard: bool = False


def _unanswered(facts: Facts) -> bool:
    given = (facts.held_by, facts.verified, facts.place, facts.read_by_others, facts.wants_no_contact)
    return any(answer.value == "not_known" for answer in given)


def _recent(facts: Facts, now: datetime) -> bool:
    return facts.last_text_at is not None and now - facts.last_text_at < DAY


def _under_ten(facts: Facts) -> bool:
    return facts.age_years is not None and facts.age_years < YOUNGEST_BY_RULE


def _in_other_hands(facts: Facts) -> bool:
    return facts.held_by in _OTHER_HANDS or facts.read_by_others is Known.YES


_OTHER_HANDS = frozenset(PhoneHolder) - {PhoneHolder.PERSON, PhoneHolder.NOT_KNOWN}
_AWAY = frozenset({PhoneState.LEFT_AT_HOME, PhoneState.RECOVERED, PhoneState.SEIZED})

RULES: tuple[Rule, ...] = (
    Rule(Reason.NOT_OPEN, lambda f, _: not f.is_open, Summary.STOPPED, hard=True),
    Rule(Reason.STARTS_HELD, lambda f, _: f.starts_held, Summary.STOPPED, hard=True),
    Rule(Reason.VETO, lambda f, _: f.vetoed, Summary.STOPPED, hard=True),
    Rule(Reason.OPTED_OUT, lambda f, _: f.opted_out, Summary.OPTED_OUT, hard=True),
    Rule(Reason.RECENT_TEXT, _recent, Summary.RECENT, hard=True),
    Rule(Reason.HELD_BY_OTHER, lambda f, _: _in_other_hands(f), Summary.SAFETY),
    Rule(Reason.SAFETY_FLAG, lambda f, _: bool(f.flags & SAFETY_FLAGS), Summary.SAFETY),
    Rule(Reason.NO_CONTACT, lambda f, _: f.wants_no_contact is Known.YES, Summary.SAFETY),
    Rule(Reason.NUMBER_UNVERIFIED, lambda f, _: f.verified is not Known.YES, Summary.NUMBER),
    Rule(Reason.PHONE_NOT_WITH_PERSON, lambda f, _: f.place in _AWAY, Summary.NUMBER),
    Rule(Reason.NOT_A_MOBILE, lambda f, _: f.kind is not PhoneKind.MOBILE, Summary.NUMBER),
    Rule(Reason.FOREIGN_NUMBER, lambda f, _: not f.is_british, Summary.NUMBER),
    Rule(Reason.UNDER_TEN, lambda f, _: _under_ten(f), Summary.AGE),
    Rule(Reason.AGE_UNKNOWN, lambda f, _: f.age_years is None, Summary.AGE),
    Rule(Reason.UNANSWERED, lambda f, _: _unanswered(f), Summary.INCOMPLETE),
    Rule(Reason.FORCE_CAP, lambda f, _: f.over_force_cap, Summary.LIMIT),
)
_BY_REASON = {rule.reason: rule for rule in RULES}
HARD = frozenset(rule.reason for rule in RULES if rule.hard)


def reasons_against(facts: Facts, now: datetime) -> tuple[Reason, ...]:
    """Every rule that fires at `now`, in the table's order; empty means that it may go by rule."""
    return tuple(rule.reason for rule in RULES if rule.fires(facts, now))


def hard_reasons(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """Those that nobody at the charity may set aside."""
    return tuple(reason for reason in reasons if reason in HARD)


def new_reasons(now_firing: Iterable[Reason], accepted: Iterable[str]) -> tuple[Reason, ...]:
    """What fires now and was not before the person who approved: hard ones are never accepted."""
    known = set(accepted)
    return tuple(reason for reason in now_firing if reason in HARD or reason.value not in known)


def summaries(reasons: Iterable[Reason | str]) -> tuple[Summary, ...]:
    """What the screener is told, each once, in the table's order.

    Several kinds of police intelligence share one summary, so that it cannot be told which was meant.
    """
    found = [_BY_REASON[Reason(reason)].summary for reason in reasons]
    return tuple(summary for summary in Summary if summary in found)
