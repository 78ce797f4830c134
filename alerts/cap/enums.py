"""The values of CAP messages that we send and take (domain.md section 5; OASIS CAP 1.2, section 3.2)."""

from __future__ import annotations

from django.db.models import TextChoices


class Direction(TextChoices):
    """Which way a message went."""

    OUT = "out", "Sent"
    IN = "in", "Received"


class CapStatus(TextChoices):
    """How a message is meant. Only `Actual` is about somebody."""

    ACTUAL = "Actual", "Actual"
    EXERCISE = "Exercise", "Exercise"
    SYSTEM = "System", "System"
    TEST = "Test", "Test"
    DRAFT = "Draft", "Draft"


class MsgType(TextChoices):
    """What a message does. `Ack` and `Error` are only ever read, and never treated as an alert."""

    ALERT = "Alert", "Alert"
    UPDATE = "Update", "Update"
    CANCEL = "Cancel", "Cancel"
    ACK = "Ack", "Acknowledgement"
    ERROR = "Error", "Error"


class Severity(TextChoices):
    """How bad it is; an alert about a child is never less."""

    EXTREME = "Extreme", "Extreme"
    SEVERE = "Severe", "Severe"


class Certainty(TextChoices):
    """How sure it is."""

    OBSERVED = "Observed", "Observed"
    LIKELY = "Likely", "Likely"


class Result(TextChoices):
    """What a message that came in was taken as. Only the first two wait for somebody."""

    PROPOSAL = "proposal", "Alert to look at"
    EXERCISE = "exercise", "Exercise to look at"
    LINKED = "linked", "Belongs to an alert received before"
    UNLINKED = "unlinked", "Refers to nothing received before"
    EXPIRED = "expired", "Expired before it was read"
    OTHER_EVENT = "other_event", "About something else"
    NO_ALERT = "no_alert", "Not an alert: test, draft, acknowledgement or error"
    SENT = "sent", "Sent by us"


class ArrivalResult(TextChoices):
    """What came of one call, beside the message that was kept of it."""

    READ = "read", "Read"
    KNOWN = "known", "Received before"
    CHANGED = "changed", "Received before with other content"
    FORGED = "forged", "Signature not valid"
    UNREADABLE = "unreadable", "Not a CAP 1.2 message"
    EARLY = "early", "Sent in the future, by its own clock"
    OLD = "old", "Too old to be new"


class ProposalStatus(TextChoices):
    """How far an alert that came in is looked at."""

    WAITING = "waiting", "Waits to be looked at"
    TAKEN = "taken", "Taken up"
    DISMISSED = "dismissed", "Dismissed"
    WITHDRAWN = "withdrawn", "Cancelled by its sender"


class TargetStatus(TextChoices):
    """Whether a partner's system is told."""

    ACTIVE = "active", "On"
    OFF = "off", "Off"
    REMOVED = "removed", "Removed"
