"""What every gateway takes and answers. A gateway never writes to our database.

There are exactly three endings of `send`: `Accepted`; `NotAccepted`, which proves that the provider
did not take the message; and `OutcomeUnknown`, where nobody can say. Only `NotAccepted` with
`permanent=False` may be tried again without asking the provider first (design.md, idea 3).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Protocol, runtime_checkable


@dataclass(frozen=True, slots=True)
class EnclosedPicture:
    """One picture in an e-mail. Its HTML shows it by `cid`; `name`, as which it is saved, names no person."""

    name: str
    content_type: str
    data: bytes = field(repr=False)

    @property
    def cid(self) -> str:
        """What the HTML calls it, after `cid:`."""
        return f"{self.name}@pictures"


@dataclass(frozen=True, slots=True)
class Enclosed:
    """What an e-mail carries beside its text: the same as HTML, and the pictures that it shows."""

    html: str = field(repr=False)
    pictures: tuple[EnclosedPicture, ...] = ()


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message on its way to one address.

    `to` is an E.164 number, an e-mail address, a URL, or a browser's subscription (`web_push`). `sender` is
    what the provider sends from; empty means the gateway's configured one. `validity_seconds` is how long the
    provider may hold the message; None leaves it to the provider. `reference` is ours and names no person.
    `secrets` sign a webhook, `enclosed` goes with an e-mail, `reply_to` is where its answer goes, `leave`
    where one press ends such messages. Address, text and secrets stay out of `repr`: no log line or traceback
    can carry them.
    """

    reference: str
    to: str = field(repr=False)
    body: str = field(repr=False)
    subject: str = field(default="", repr=False)
    status_callback: str = ""
    validity_seconds: int | None = None
    sender: str = ""
    secrets: tuple[str, ...] = field(default=(), repr=False)
    enclosed: Enclosed | None = None
    reply_to: str = ""
    leave: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Accepted:
    """The provider took the message: its own id for it, and when (UTC)."""

    provider_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Found:
    """A message as the provider lists it: its id, the provider's own word for its status, and when.

    `certain` is False where the provider had already redacted what would tell it from another;
    such a find forbids a second sending but is for a person to settle. `code` is the provider's
    error code, empty when there is none.
    """

    provider_id: str
    status: str
    at: datetime
    certain: bool = True
    code: str = ""


@dataclass(frozen=True, slots=True)
class Received:
    """A text to one of our senders, as the provider lists it."""

    provider_id: str
    sender: str = field(repr=False)
    to: str
    body: str = field(repr=False)
    at: datetime


class GatewayError(Exception):
    """Either of the two ways in which a sending does not end in `Accepted`. `reason` is in words."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NotAccepted(GatewayError):
    """The provider certainly did not take it.

    `permanent`: trying again cannot help. Otherwise `retry_after` is the provider's wish, or None
    for our own backoff. `code` is the provider's error code where it gave one.
    """

    def __init__(
        self, reason: str, *, permanent: bool, retry_after: timedelta | None = None, code: str = ""
    ) -> None:
        super().__init__(reason)
        self.permanent = permanent
        self.retry_after = retry_after
        self.code = code


class NotReached(NotAccepted):
    """Not a byte of it left: the provider cannot be reached now. It is no answer to this message."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason, permanent=False)


class AddressGone(NotAccepted):
    """There is no such address any more and never will be: whoever it was for is forgotten."""

    def __init__(self, reason: str, *, code: str) -> None:
        super().__init__(reason, permanent=True, code=code)


class AddressBusy(NotAccepted):
    """The system behind this one address asks to be left alone; it says nothing of the line's others."""

    def __init__(self, reason: str, *, retry_after: timedelta, code: str = "") -> None:
        super().__init__(reason, permanent=False, retry_after=retry_after, code=code)


class OutcomeUnknown(GatewayError):
    """It may or may not have been taken: ask the provider, or a person, before sending again.

    `code` is what our own log has for it.
    """

    def __init__(self, reason: str, *, code: str = "no_answer") -> None:
        super().__init__(reason)
        self.code = code


@runtime_checkable
class Redacts(Protocol):
    """A gateway whose provider keeps the text until it is told to forget it."""

    def unredacted(self, day: date) -> list[str]:
        """Ids of messages, either way, of that day (UTC) whose text is still there and may be blanked.

        Raises `OutcomeUnknown` where the provider cannot be asked now.
        """
        ...

    def redact(self, provider_id: str) -> None:
        """Blank the text of one message. Raises `OutcomeUnknown` if it may not have worked."""
        ...


@dataclass(frozen=True, slots=True)
class Listed:
    """A text that left one of our senders, as the provider lists it: `found`, and whom it went to.

    `to` lacks its last digits, and `body` is empty, where the provider has redacted them. `senders` are
    the number and the messaging service it left from.
    """

    found: Found
    to: str = field(repr=False)
    body: str = field(repr=False)
    senders: frozenset[str] = frozenset()


@runtime_checkable
class ListsSent(Protocol):
    """A gateway whose provider can be asked what it sent for us."""

    def sent(self, since: datetime) -> list[Listed]:
        """Texts from our own senders since `since`. Raises `OutcomeUnknown` where that cannot be asked."""
        ...


@runtime_checkable
class Receives(Protocol):
    """A gateway whose provider can be asked what was sent to us."""

    def received(self, since: datetime) -> list[Received]:
        """Texts to our own senders since `since`. Raises `OutcomeUnknown` where that cannot be asked."""
        ...


@runtime_checkable
class Gateway(Protocol):
    """One channel's way out. Every call has a timeout; none may run inside a transaction."""

    channel: str

    def send(self, outgoing: Outgoing) -> Accepted:
        """Hand the message over. Raises `NotAccepted` or `OutcomeUnknown`, nothing else."""
        ...

    def find(self, *, to: str, body: str, since: datetime) -> list[Found]:
        """Messages the provider took for `to` with this text since `since`, newest first.

        Raises `OutcomeUnknown` where the provider cannot be asked now or keeps no list: an empty
        answer proves absence, silence does not.
        """
        ...

    def fetch(self, provider_id: str) -> Found:
        """One message by the provider's id. Raises `OutcomeUnknown` where that cannot be answered."""
        ...
