"""The clocks of publicity (domain.md section 3). Pure: UTC in, UTC out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from appeals.enums import SightingWait
from foundation.files import signing

# "partners told within minutes and chased, removal confirmed within 24 h" (domain.md section 3).
TELL_WITHIN = timedelta(minutes=5)
CONFIRM_WITHIN = timedelta(hours=24)
# Tried again soon at first, then every quarter of an hour: an outlet may be down for a day.
RETELL_AFTER = (
    timedelta(seconds=5),
    timedelta(seconds=30),
    timedelta(minutes=2),
    timedelta(minutes=5),
    timedelta(minutes=15),
)
# After the outlet was told and has not confirmed: when it is asked again.
CHASE_AFTER = (timedelta(hours=1), timedelta(hours=4), timedelta(hours=12), timedelta(hours=24))
# Longer than any outlet may keep a worker waiting.
LEASE = timedelta(minutes=2)
# A check-in may have been on its way when the appeal was withdrawn. A stuck player is noted once an hour.
STILL_SHOWN_AFTER = timedelta(minutes=2)
STILL_SHOWN_SAID_EVERY = timedelta(hours=1)
# A published appeal is looked at again before it lapses, and asks this long before.
LIVES_FOR = timedelta(days=28)
ASK_BEFORE_EXPIRY = timedelta(days=3)
REVIEW_AFTER = timedelta(days=14)
# "Immediate danger: tell them 999 and pass within 15 min" (domain.md section 3).
PASS_IMMEDIATE_WITHIN = timedelta(minutes=15)
TRIAGE_WITHIN = timedelta(minutes=15)
PASS_ROUTINE_WITHIN = timedelta(hours=4)
ACKNOWLEDGE_IMMEDIATE_WITHIN = timedelta(minutes=15)
ACKNOWLEDGE_ROUTINE_WITHIN = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Calls:
    """When somebody is written to of a sighting that waits, and how much later whoever is above them."""

    first: timedelta
    above: timedelta


_NOW = timedelta(0)
_LAST_MINUTES = timedelta(minutes=5)
# From when it came (to be judged, passed or reviewed), or from when it was passed (to be answered). (P)
CALLS: dict[SightingWait, Calls] = {
    SightingWait.JUDGE_NOW: Calls(_NOW, _LAST_MINUTES),
    SightingWait.JUDGE: Calls(TRIAGE_WITHIN, timedelta(minutes=45)),
    SightingWait.PASS_NOW: Calls(PASS_IMMEDIATE_WITHIN - _LAST_MINUTES, _LAST_MINUTES),
    SightingWait.PASS: Calls(PASS_ROUTINE_WITHIN, timedelta(hours=1)),
    SightingWait.REVIEW: Calls(PASS_ROUTINE_WITHIN, timedelta(hours=1)),
    SightingWait.ANSWER_NOW: Calls(_NOW, ACKNOWLEDGE_IMMEDIATE_WITHIN),
    SightingWait.ANSWER: Calls(_NOW, ACKNOWLEDGE_ROUTINE_WITHIN),
}
# Whoever has just judged a sighting has it before them still: they are not written to meanwhile.
AT_HAND_FOR = timedelta(minutes=2)
# How often a page that carries our fragment is looked at, and after what time without it a person is asked.
FRAGMENT_LOOKED_AT_EVERY = timedelta(hours=1)
FRAGMENT_MISSED_AFTER = timedelta(days=1)
# An address of a picture is good for so long; who asks afterwards has to load its page anew.
PICTURE_ADDRESS_LASTS = signing.LASTS
# A player asks every minute. After so long it is to be dark, and shows what is gone if it is not.
PLAYER_SILENT_AFTER = PICTURE_ADDRESS_LASTS

# A force's feed is read so often; whoever began and said nothing for so long is taken for dead.
READ_FEED_EVERY = timedelta(minutes=5)
FEED_LEASE = timedelta(minutes=10)


def told_by(withdrawn_at: datetime) -> datetime:
    """By when every outlet is to be told."""
    return withdrawn_at + TELL_WITHIN


def confirmed_by(withdrawn_at: datetime) -> datetime:
    """By when every outlet is to have confirmed."""
    return withdrawn_at + CONFIRM_WITHIN


def tell_again_at(tries: int, *, now: datetime) -> datetime:
    """When an outlet that could not be told is tried again, after its `tries`-th try (1 is the first)."""
    return now + RETELL_AFTER[min(max(tries, 1), len(RETELL_AFTER)) - 1]


def chase_at(chased: int, *, told_at: datetime) -> datetime | None:
    """When an outlet that was told and said nothing is asked again; None once a person has to."""
    return told_at + CHASE_AFTER[chased] if chased < len(CHASE_AFTER) else None


def expires_at(published_at: datetime) -> datetime:
    """When a published appeal lapses unless somebody renews it."""
    return published_at + LIVES_FOR


def ask_at(expires: datetime) -> datetime:
    """When staff are asked whether an appeal shall go on."""
    return expires - ASK_BEFORE_EXPIRY


def triage_by(received_at: datetime) -> datetime:
    """By when the charity is to have judged a sighting."""
    return received_at + TRIAGE_WITHIN


def pass_by(received_at: datetime, *, immediate: bool) -> datetime:
    """By when the force is to have a sighting."""
    return received_at + (PASS_IMMEDIATE_WITHIN if immediate else PASS_ROUTINE_WITHIN)


def acknowledge_by(passed_at: datetime, *, immediate: bool) -> datetime:
    """By when the force is to say that it has it."""
    return passed_at + (ACKNOWLEDGE_IMMEDIATE_WITHIN if immediate else ACKNOWLEDGE_ROUTINE_WITHIN)


def call_at(wait: SightingWait, *, since: datetime, now: datetime) -> datetime:
    """When somebody is first written to of a sighting that waits since then."""
    due = since + CALLS[wait].first
    at_hand = wait in {SightingWait.PASS_NOW, SightingWait.PASS, SightingWait.REVIEW}
    return max(due, now + AT_HAND_FOR) if at_hand else due


def call_above_at(wait: SightingWait, *, called_for: datetime) -> datetime:
    """When whoever is above them is written to, the first call having been due at `called_for`."""
    return called_for + CALLS[wait].above


def review_at(decided_at: datetime) -> datetime:
    """When a decision about publicity is looked at again."""
    return decided_at + REVIEW_AFTER


def lease_ends_at(now: datetime) -> datetime:
    """When whoever claimed a placement and said nothing since is taken for dead, and it is claimed anew."""
    return now + LEASE


def feed_read_again_at(read_at: datetime) -> datetime:
    """When a force's feed is read next, whether it could be read or not."""
    return read_at + READ_FEED_EVERY


def feed_lease_ends_at(now: datetime) -> datetime:
    """When the reader of a feed who said nothing since is taken for dead, and somebody else reads it."""
    return now + FEED_LEASE
