"""What partners take, and what a referral to one can be, and why (domain.md sections 2, 8 and 10)."""

from __future__ import annotations

from django.db.models import TextChoices


class Takes(TextChoices):
    """What somebody is referred for."""

    TRACING = "tracing", "Tracing"
    LOST_CONTACT = "lost_contact", "Lost contact"
    TRAFFICKING_SUPPORT = "trafficking_support", "Trafficking support"
    COUNSELLING = "counselling", "Counselling"
    MENTAL_HEALTH = "mental_health", "Mental health"
    LEGAL = "legal", "Legal advice"


# They look for the person, so there is nothing to do once they are found.
SEARCHES: frozenset[str] = frozenset({Takes.TRACING, Takes.LOST_CONTACT})


class WorksBy(TextChoices):
    """How a partner works with us."""

    ACCOUNT = "account", "Its people sign in here"
    LINK = "link", "By links in e-mails"
    API = "api", "Its own system, by the API"


class ReferralStatus(TextChoices):
    """Where a referral stands. It is nobody's but the sender's until the partner has accepted it."""

    DRAFT = "draft", "Draft"
    SENT = "sent", "Sent, not answered"
    ACCEPTED = "accepted", "Accepted"
    IN_PROGRESS = "in_progress", "In progress"
    COMPLETED = "completed", "Completed"
    REJECTED = "rejected", "Not taken"
    WITHDRAWN = "withdrawn", "Withdrawn"
    RETURNED = "returned", "Returned"


_S = ReferralStatus
# The partner holds the work.
HELD: frozenset[str] = frozenset({_S.ACCEPTED, _S.IN_PROGRESS})
# The partner reads it.
SHOWN: frozenset[str] = HELD | {_S.SENT}
OPEN: frozenset[str] = SHOWN | {_S.DRAFT}
ENDED: frozenset[str] = frozenset({_S.COMPLETED, _S.REJECTED, _S.WITHDRAWN, _S.RETURNED})
# It came back without an outcome: the sender chooses another partner, or says that none is needed.
CAME_BACK: frozenset[str] = frozenset({_S.REJECTED, _S.RETURNED})


class RejectReason(TextChoices):
    """Why a partner does not take a referral (P)."""

    NO_CAPACITY = "no_capacity", "No capacity now"
    NOT_OURS = "not_ours", "Not what we do"
    OUTSIDE_AREA = "outside_area", "Outside our area"
    NOT_ENOUGH = "not_enough", "Not enough to work with"
    CONFLICT = "conflict", "A conflict of interest"
    RISK = "risk", "It might put somebody at risk"
    OTHER = "other", "Another reason"


class WithdrawReason(TextChoices):
    """Why the sender takes a referral back (P)."""

    WRONG_PARTNER = "wrong_partner", "Another partner fits better"
    NOT_NEEDED = "not_needed", "No longer needed"
    PERSON_OBJECTS = "person_objects", "The person or their family does not want it"
    RISK = "risk", "It might put somebody at risk"
    IN_ERROR = "in_error", "Made in error"
    # Ours to set.
    STOPPED = "stopped", "The person is no longer missing"
    MERGED = "merged", "The incident was a duplicate"
    RESTORED = "restored", "It had ended before a restore"


# What a person can choose.
BY_HAND: tuple[WithdrawReason, ...] = (
    WithdrawReason.WRONG_PARTNER,
    WithdrawReason.NOT_NEEDED,
    WithdrawReason.PERSON_OBJECTS,
    WithdrawReason.RISK,
    WithdrawReason.IN_ERROR,
)


class ReturnReason(TextChoices):
    """Why a referral came back to its sender."""

    UNANSWERED = "unanswered", "Nobody answered in time"
    GIVEN_BACK = "given_back", "The partner could not go on"
    RESTORED = "restored", "It had ended before a restore: ask the partner how"


class ReferralOutcome(TextChoices):
    """What a partner's work came to (P)."""

    TRACED = "traced", "Traced: the force was told how to confirm it"
    CONTACT_MADE = "contact_made", "Contact made"
    NOT_TRACED = "not_traced", "Looked for and not traced"
    SUPPORTED = "supported", "Support given"
    SUPPORT_GOES_ON = "support_goes_on", "Support goes on with the partner"
    DECLINED = "declined", "The person did not want it"
    UNREACHED = "unreached", "The person could not be reached"
    ADVISED = "advised", "Advice given"


_O = ReferralOutcome
_SUPPORT = (_O.SUPPORTED, _O.SUPPORT_GOES_ON, _O.DECLINED, _O.UNREACHED)
OUTCOMES_OF: dict[str, tuple[ReferralOutcome, ...]] = {
    Takes.TRACING: (_O.TRACED, _O.NOT_TRACED),
    Takes.LOST_CONTACT: (_O.CONTACT_MADE, _O.TRACED, _O.NOT_TRACED, _O.DECLINED),
    Takes.TRAFFICKING_SUPPORT: _SUPPORT,
    Takes.COUNSELLING: _SUPPORT,
    Takes.MENTAL_HEALTH: _SUPPORT,
    Takes.LEGAL: (_O.ADVISED, _O.SUPPORT_GOES_ON, _O.DECLINED, _O.UNREACHED),
}


class HoldsBecause(TextChoices):
    """Why somebody came to hold a referral."""

    WRITTEN = "written", "Wrote it"
    ACCEPTED = "accepted", "Accepted it"
    REJECTED = "rejected", "Not taken: back with the sender"
    RETURNED = "returned", "Returned: back with the sender"
    WITHDRAWN = "withdrawn", "Taken back by the sender"
    COMPLETED = "completed", "Done: back with the sender"
    TAKEN_OVER = "taken_over", "Taken over from a colleague"
