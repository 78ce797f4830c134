"""The words of a 3x5x2 intelligence report (domain.md section 8)."""

from django.db.models import IntegerChoices, TextChoices


class ReportStatus(TextChoices):
    """From the first words to what came of it."""

    DRAFT = "draft", "Being written"
    WAITING = "waiting", "Waiting for approval"
    RETURNED = "returned", "Returned to its author"
    APPROVED = "approved", "Approved, not sent yet"
    SENT = "sent", "Sent"
    ACKNOWLEDGED = "acknowledged", "Acknowledged"
    OUTCOME = "outcome", "Outcome given"
    WITHDRAWN = "withdrawn", "Withdrawn"


# Whoever writes may still change these; afterwards every word stays as it was approved.
WRITABLE = (ReportStatus.DRAFT, ReportStatus.RETURNED)
WITH_FORCE = (ReportStatus.SENT, ReportStatus.ACKNOWLEDGED, ReportStatus.OUTCOME)


class SourceGrade(IntegerChoices):
    """How far the source can be trusted."""

    RELIABLE = 1, "1: reliable"
    UNTESTED = 2, "2: untested"
    UNRELIABLE = 3, "3: not reliable"


class IntelligenceGrade(TextChoices):
    """How the source came to know it."""

    DIRECT = "A", "A: known directly to the source"
    CORROBORATED = "B", "B: known indirectly, and corroborated"
    INDIRECT = "C", "C: known indirectly to the source"
    NOT_KNOWN = "D", "D: not known"
    FALSE = "E", "E: suspected to be false"


class Handling(TextChoices):
    """Whether the force may share it further."""

    PERMITTED = "P", "P: lawful sharing permitted"
    CONDITIONS = "C", "C: sharing permitted with conditions"


class Topic(TextChoices):
    """What a report is about, for figures."""

    CSE = "cse", "Child sexual exploitation"
    CCE = "cce", "Child criminal exploitation or county lines"
    TRAFFICKING = "trafficking", "Trafficking or modern slavery"
    WHEREABOUTS = "whereabouts", "Where a missing person is"
    ABUSE = "abuse", "Abuse or violence"
    TERRORISM = "terrorism", "Terrorism or travel to a conflict"
    OTHER = "other", "Something else"


class Urgency(TextChoices):
    """How soon the force is to have it."""

    IMMEDIATE = "immediate", "Immediate: somebody may be in danger"
    ROUTINE = "routine", "Routine"


class Origin(TextChoices):
    """Where the charity has it from. The force is never told."""

    INTERVIEW = "interview", "Return Home Interview"
    CONVERSATION = "conversation", "Conversation by text"
    FAMILY_CONTACT = "family_contact", "Contact with a family"
    HELPLINE = "helpline", "Contact with the helpline"
    SIGHTING = "sighting", "Sighting"
    SAY_SOMETHING = "say_something", "Say Something"
    STAFF = "staff", "Told to staff in another way"


class ReportOutcome(TextChoices):
    """What the force says came of it."""

    USEFUL = "useful", "Useful"
    LED_TO_ACTION = "led_to_action", "Led to action"
    NO_FURTHER_ACTION = "no_further_action", "No further action"
    NOT_CREDIBLE = "not_credible", "Not credible"
