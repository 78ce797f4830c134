"""What other systems can be told of, and how an address of theirs stands. Pure."""

from __future__ import annotations

from django.db.models import TextChoices


class HookType(TextChoices):
    """What a webhook tells of. Its value is the `type` that the receiver reads."""

    REPORTED = "incident.reported", "An incident was reported"
    CHANGED = "incident.changed", "An incident, or what you may see of it, changed"
    LOCATED = "incident.located", "The person was found"
    REOPENED = "incident.reopened", "The person is to be found again"
    CLOSED = "incident.closed", "An incident was closed"
    TEST = "test", "Test"


# What an administrator can choose; a test goes out when they press its button.
CHOICES: tuple[tuple[str, str], ...] = tuple(
    (one.value, str(one.label)) for one in HookType if one is not HookType.TEST
)


class EndpointStatus(TextChoices):
    """Whether anything is sent to an address."""

    ACTIVE = "active", "On"
    OFF = "off", "Turned off"
    STOPPED = "stopped", "Stopped: it did not answer"
    REMOVED = "removed", "Removed"
