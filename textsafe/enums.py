"""The words of TextSafe (domain.md section 4). Pure."""

from __future__ import annotations

from django.db.models import TextChoices


class AgeGroup(TextChoices):
    """Whose wording is used. A child is anybody under 18."""

    CHILD = "child", "Child (under 18)"
    ADULT = "adult", "Adult"


class Language(TextChoices):
    """Languages a wording can be kept in; one without an approved wording cannot be sent."""

    ENGLISH = "en", "English"
    WELSH = "cy", "Welsh"
    POLISH = "pl", "Polish"
    ROMANIAN = "ro", "Romanian"
    VIETNAMESE = "vi", "Vietnamese"
    ALBANIAN = "sq", "Albanian"


class Origin(TextChoices):
    """Who asked for the text."""

    OFFICER = "officer", "An officer"
    SYSTEM = "system", "A system of the force"
    AUTOMATION = "automation", "The force's automatic policy"


class RequestStatus(TextChoices):
    """Where a request stands, as the charity knows it. The police never read this: see `officer`."""

    REQUESTED = "requested", "Waiting for screening"
    APPROVED = "approved", "Approved, waiting to be sent"
    REFUSED = "refused", "Refused"
    QUEUED = "queued", "In the queue"
    SENDING = "sending", "Being sent"
    SENT = "sent", "Sent"
    DELIVERED = "delivered", "Delivered"
    FAILED = "failed", "Failed"
    EXPIRED = "expired", "Expired"
    UNKNOWN = "unknown", "Outcome not known"
    SUPPRESSED = "suppressed", "Suppressed"
    CANCELLED = "cancelled", "Cancelled"


class OfficerStatus(TextChoices):
    """All that the police side ever learns of a request."""

    WAITING = "waiting", "Waiting"
    SENT = "sent", "Sent"
    DELIVERED = "delivered", "Delivered"
    NOT_SENT = "not_sent", "Not sent"


class Reason(TextChoices):
    """Why a request goes to a person instead of being sent by rule. Never shown to either side as it is."""

    NOT_OPEN = "not_open", "The incident is not open"
    STARTS_HELD = "starts_held", "The incident was imported and is not confirmed"
    OPTED_OUT = "opted_out", "The number opted out"
    RECENT_TEXT = "recent_text", "A text went to the number in the last 24 hours"
    VETO = "veto", "An officer asked that no text be sent"
    HELD_BY_OTHER = "held_by_other", "The phone may be shared or in dangerous hands"
    SAFETY_FLAG = "safety_flag", "A flag on the person"
    NO_CONTACT = "no_contact", "The person may not want contact"
    NUMBER_UNVERIFIED = "number_unverified", "The number is not verified"
    PHONE_NOT_WITH_PERSON = "phone_not_with_person", "The phone was recovered, left at home or seized"
    NOT_A_MOBILE = "not_a_mobile", "The number is not known to be a mobile"
    FOREIGN_NUMBER = "foreign_number", "The number is foreign"
    UNDER_TEN = "under_ten", "The child is under 10"
    AGE_UNKNOWN = "age_unknown", "The age is not known"
    UNANSWERED = "unanswered", "A screening question is not answered"
    FORCE_CAP = "force_cap", "The force's daily limit is reached"


class Summary(TextChoices):
    """What the charity's screener is told: enough to decide, nothing of the police's intelligence."""

    STOPPED = "stopped", "The request no longer stands."
    OPTED_OUT = "opted_out", "This number has asked for no more texts."
    RECENT = "recent", "This number had a text in the last 24 hours."
    SAFETY = "safety", "Ring the force before you send: there may be a risk in texting this number."
    NUMBER = "number", "It is not certain that this number reaches the person."
    AGE = "age", "The person is under 10, or their age is not known."
    INCOMPLETE = "incomplete", "Not every screening question was answered."
    LIMIT = "limit", "The force has reached its limit of automatic texts for today."


class RefusalCode(TextChoices):
    """Why the charity refused. Kept on the charity's side only."""

    UNSAFE = "unsafe", "It could put the person at risk"
    WRONG_NUMBER = "wrong_number", "The number does not look like theirs"
    ALREADY_IN_TOUCH = "already_in_touch", "We are already in touch with them"
    NO_CONTACT = "no_contact", "They asked us not to get in touch"
    OTHER = "other", "Another reason"


class WordingStatus(TextChoices):
    """A wording is drafted by one person and approved by another."""

    DRAFT = "draft", "Draft"
    ACTIVE = "active", "In use"
    RETIRED = "retired", "No longer used"


class ConversationStatus(TextChoices):
    """Who owes whom an answer."""

    UNCLAIMED = "unclaimed", "Nobody has it yet"
    CLAIMED = "claimed", "Somebody is answering"
    WAITING = "waiting", "Waiting for the person"
    CLOSED = "closed", "Closed"


class Direction(TextChoices):
    """Which way a message of a conversation went."""

    IN = "in", "From the person"
    OUT = "out", "From us"
    NOTE = "note", "Note for colleagues"


class TriageStatus(TextChoices):
    """A text from a number that we never wrote to."""

    NEW = "new", "New"
    OPENED = "opened", "Opened as a conversation"
    SET_ASIDE = "set_aside", "Set aside"


class EscalationStatus(TextChoices):
    """A safeguarding concern put before the duty manager."""

    RAISED = "raised", "Waiting for the duty manager"
    TAKEN = "taken", "With the duty manager"
    RELEASED = "released", "Passed to the force"
    KEPT = "kept", "Kept confidential"
