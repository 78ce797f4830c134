"""The shapes that services and the switchboard exchange with messaging."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from foundation.access import Refusal
from foundation.accounts.enums import OrganisationKind, Role
from foundation.messaging.enums import Channel, Keyword, MessageStatus
from foundation.messaging.gateways.base import Enclosed

# Reads the owner's present state after the claim; a refusal cancels the message. Missing data: refuse.
Guard = Callable[[int], Refusal | None]


@dataclass(frozen=True, slots=True)
class Settlement:
    """That the message of an owner came to stand at `status` at `at`; told in order for each message."""

    message_id: int
    owner_label: str
    owner_id: int
    status: MessageStatus
    at: datetime


@dataclass(frozen=True, slots=True)
class InboundText:
    """That a text came in. Its words are read by `selectors.inbound_text(inbound_id)`.

    `message_id` is the last text we sent to that number, None for an unknown number. A STOP has
    already been obeyed when this is handed over.
    """

    inbound_id: int
    service: str
    message_id: int | None
    keyword: Keyword
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Cap:
    """At most `count` messages to one recipient within any stretch of `period`."""

    count: int
    period: timedelta


@dataclass(frozen=True, slots=True)
class Signing:
    """How one webhook names and proves itself: the id that stays over retries and replays, and secrets.

    Each secret (``whsec_`` and base64, as Standard Webhooks writes them) gives a signature of its own, so
    that a receiver that has either the old or the new one can verify.
    """

    reference: str
    secrets: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class OtherSide:
    """What a service knows of the systems that its webhooks go to.

    `signing(owner_id)` answers at the sending of each attempt. `heard(owner_id, code)` is told after each
    attempt how it went: None where it was taken, else the answer's code or "" where none came.
    """

    signing: Callable[[int], Signing]
    heard: Callable[[int, str | None], None]


@dataclass(frozen=True, slots=True)
class ServicePolicy:
    """How messaging treats one service's messages; named in the switchboard's POLICIES.

    `cap`: at most so many to one recipient. `kept_by`: the kind of organisation that sees the
    service's message log; None means each organisation sees its own. `stop_always`: any STOP from a
    number suppresses this service for it, whatever service the reply was to. `start_lifts`: START
    lifts a suppression (a subscription; never TextSafe: domain.md section 4). `lifted_by`: who may
    lift one at the person's wish. `words`: what people call the service. `other_side`: whom webhooks go to.
    `enclosed(owner_id)` answers, at the sending of each attempt, what goes with an e-mail beside its text.
    """

    name: str
    cap: Cap | None = None
    kept_by: OrganisationKind | None = None
    stop_always: bool = False
    start_lifts: bool = False
    lifted_by: frozenset[Role] = frozenset()
    max_attempts: int = 6
    words: str = ""
    other_side: OtherSide | None = None
    enclosed: Callable[[int], Enclosed | None] | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of one part of an audience with an id above `first` and up to `last`.

    What a part is, the audience knows: an area and a channel, or an earlier broadcast.
    """

    part: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Audience:
    """Who can be written to in parts; named in the switchboard's AUDIENCES.

    `rows` is one SELECT of (id, recipient_id, "to", to_key), `to` encrypted as our fields are. It has the
    places %(part)s, %(after)s, %(last)s and %(most)s: the rows of a part above `after` up to `last`, in the
    order of their ids, at most so many. An id names one row, in whatever part. It leaves out whoever does not
    want it now: it is asked as each goes out, and again before each is tried again. `leave(recipient_id)`
    gives the address at which one press ends e-mails to them (RFC 8058). `secrets(recipient_ids)` gives what
    webhooks to each are signed with, read as they go out. `forget` is told, each at
    least once, of recipients and the keys of their addresses that were gone: it ends what they get there.
    """

    name: str
    rows: str
    leave: Callable[[int], str] | None = None
    secrets: Callable[[Collection[int]], Mapping[int, tuple[str, ...]]] | None = None
    forget: Callable[[Collection[tuple[int, str]]], None] | None = None


SettlementHandler = Callable[[list[Settlement]], None]
InboundHandler = Callable[[InboundText], None]
# The provider's own number for the text, the words, and when they came; of whom, nobody can say any more.
AnonymousHandler = Callable[[str, str, datetime], None]

__all__ = [
    "AnonymousHandler",
    "Audience",
    "Cap",
    "Channel",
    "Guard",
    "InboundHandler",
    "InboundText",
    "OtherSide",
    "Part",
    "ServicePolicy",
    "Settlement",
    "SettlementHandler",
    "Signing",
]
