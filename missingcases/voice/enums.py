"""Words of their own voice: what people who returned, and families, say of how it was."""

from django.db.models import TextChoices


class Respondent(TextChoices):
    """Who is asked; nothing finer is kept of them."""

    ADULT = "adult", "An adult who returned"
    CHILD = "child", "A child who returned"
    FAMILY = "family", "A family member"


RETURNED: frozenset[str] = frozenset({Respondent.ADULT, Respondent.CHILD})


class Service(TextChoices):
    """What they were helped by."""

    TEXTSAFE = "textsafe", "TextSafe"
    HELPLINE = "helpline", "The helpline"
    INTERVIEW = "interview", "A Return Home Interview"
    FAMILY = "family", "Family support"


class AskedBy(TextChoices):
    """In what they said yes to being asked."""

    CALL = "call", "On the telephone"
    IN_PERSON = "in_person", "In person"
    TEXT = "text", "In a text of theirs"
    EMAIL = "email", "In an e-mail of theirs"


class Language(TextChoices):
    """In what the text and the page speak."""

    ENGLISH = "en", "English"
    WELSH = "cy", "Welsh"


class InvitationStatus(TextChoices):
    """Where an invitation stands."""

    ASKED = "asked", "They said yes"
    SENT = "sent", "Link sent"
    SHOWN = "shown", "Link shown"
    ANSWERED = "answered", "Answered"
    EXPIRED = "expired", "Time is over"
    WITHDRAWN = "withdrawn", "Taken back"


# Somebody may still answer. With a link, its holder may; else a colleague who writes it down for them.
LIVE: frozenset[str] = frozenset({InvitationStatus.ASKED, InvitationStatus.SENT, InvitationStatus.SHOWN})
LINKED: frozenset[str] = frozenset({InvitationStatus.SENT, InvitationStatus.SHOWN})
