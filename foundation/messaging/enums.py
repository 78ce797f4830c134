"""Kinds, lanes and states of messages. The words of domain.md section 4."""

from django.db.models import TextChoices


class Channel(TextChoices):
    """By what way a message travels."""

    SMS = "sms", "Text message"
    EMAIL = "email", "E-mail"
    WEBHOOK = "webhook", "Webhook"
    WEB_PUSH = "web_push", "Web push"


class Lane(TextChoices):
    """Queues with a worker process each, the most pressing first."""

    ALERT = "alert", "Alert"
    URGENT = "urgent", "Urgent"
    NORMAL = "normal", "Normal"
    BULK = "bulk", "Bulk"


class MessageStatus(TextChoices):
    """Where a message stands. `unknown`: nobody knows yet whether the provider took it."""

    QUEUED = "queued", "Queued"
    SENDING = "sending", "Sending"
    SENT = "sent", "Sent"
    DELIVERED = "delivered", "Delivered"
    FAILED = "failed", "Failed"
    EXPIRED = "expired", "Expired"
    UNKNOWN = "unknown", "Outcome unknown"
    SUPPRESSED = "suppressed", "Suppressed"
    CANCELLED = "cancelled", "Cancelled"


# These may still be sent, or be looked for by number and text.
UNDER_WAY = frozenset(
    {MessageStatus.QUEUED, MessageStatus.SENDING, MessageStatus.SENT, MessageStatus.UNKNOWN}
)


class Standing(TextChoices):
    """What a provider says about a message, in our words."""

    ACCEPTED = "accepted", "Accepted by the provider"
    DELIVERED = "delivered", "Delivered"
    FAILED = "failed", "Not delivered"
    EXPIRED = "expired", "Not delivered in time"


class AttemptOutcome(TextChoices):
    """What one line of a message's log tells."""

    CLAIMED = "claimed", "Claimed for sending"
    ACCEPTED = "accepted", "Accepted by the provider"
    NOT_ACCEPTED = "not_accepted", "Not accepted, to be tried later"
    REJECTED = "rejected", "Rejected for good"
    REFUSED = "refused", "Stopped by its own check"
    RELEASED = "released", "Put back before the provider was called"
    UNKNOWN = "unknown", "Outcome unknown"
    FOUND = "found", "Found in the provider's list"
    NOT_FOUND = "not_found", "Not in the provider's list"
    UNCLEAR = "unclear", "Left for a person"
    SETTLED = "settled", "Settled by a person"
    SUPPRESSED = "suppressed", "Suppressed"
    CANCELLED = "cancelled", "Cancelled"
    EXPIRED = "expired", "Too late"
    RECEIPT = "receipt", "Receipt"


class RawKind(TextChoices):
    """What a provider called us about."""

    STATUS = "status", "Receipt"
    INBOUND = "inbound", "Inbound text"
    MAIL = "mail", "Inbound e-mail"


class Keyword(TextChoices):
    """A reply that is an instruction."""

    NONE = "", "None"
    STOP = "stop", "Stop"
    START = "start", "Start"


class SuppressionCause(TextChoices):
    """Why a number must not be written to."""

    STOP = "stop", "They replied STOP"
    PROVIDER = "provider", "Opted out at the provider"
    HELPLINE = "helpline", "Asked the helpline"
    COMPLAINT = "complaint", "Complaint"


class BroadcastStatus(TextChoices):
    """Where one text to many people stands."""

    OPEN = "open", "Going out"
    PAUSED = "paused", "Paused"
    DONE = "done", "Done"
    CANCELLED = "cancelled", "Cancelled"


class DeliveryStatus(TextChoices):
    """Where one person's copy of a broadcast stands; the words mean what they mean for a message."""

    QUEUED = "queued", "Queued"
    SENDING = "sending", "Sending"
    SENT = "sent", "Sent"
    DELIVERED = "delivered", "Delivered"
    FAILED = "failed", "Failed"
    EXPIRED = "expired", "Expired"
    UNKNOWN = "unknown", "Outcome unknown"
    SUPPRESSED = "suppressed", "Suppressed"
    CANCELLED = "cancelled", "Cancelled"
