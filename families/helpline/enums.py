"""Words of a contact with the helpline."""

from django.db.models import TextChoices


class Channel(TextChoices):
    """How somebody turned to us first."""

    CALL = "call", "Telephone call"
    TEXT = "text", "Text"
    EMAIL = "email", "E-mail"
    WEB = "web", "Website or chat"
    IN_PERSON = "in_person", "In person"


# They are there while it is written down; whoever wrote waits for an answer instead.
LIVE = frozenset({Channel.CALL, Channel.IN_PERSON})


class Caller(TextChoices):
    """Who it is, as far as they say."""

    MISSING_PERSON = "missing_person", "Somebody who is missing, or thinks of going"
    RELATIVE = "relative", "A relative"
    FRIEND = "friend", "A friend, or somebody who is worried"
    PROFESSIONAL = "professional", "A professional"
    UNKNOWN = "unknown", "They did not say"


class ContactStatus(TextChoices):
    """In whose hands it is."""

    UNCLAIMED = "unclaimed", "Nobody has it yet"
    CLAIMED = "claimed", "With a colleague"
    CLOSED = "closed", "Closed"


class Answer(TextChoices):
    """An answer to a risk question."""

    YES = "yes", "Yes"
    NO = "no", "No"
    NOT_ASKED = "", "Not asked, or not clear"


class LinkGround(TextChoices):
    """Why a contact is put with an incident: the caller's wish, or a ground that a manager approves."""

    WISH = "wish", "The caller wishes it"
    THREAT_TO_LIFE = "threat_to_life", "Threat to life"
    SERIOUS_HARM = "serious_harm", "Serious harm"
    CHILD_ABUSE = "child_abuse", "Abuse of a child"
    COURT_ORDER = "court_order", "Order of a court"
    TERRORISM = "terrorism", "Terrorism"


class LinkStatus(TextChoices):
    """How a link with an incident stands."""

    ASKED = "asked", "Waiting for a manager"
    LINKED = "linked", "Linked"
    REFUSED = "refused", "Not linked"
    ENDED = "ended", "Link ended"


class ConcernStatus(TextChoices):
    """A safeguarding concern put before the duty manager."""

    RAISED = "raised", "Waiting for the duty manager"
    TAKEN = "taken", "With the duty manager"
    RELEASED = "released", "Passed to the force"
    KEPT = "kept", "Kept confidential"


class OnTheLine(TextChoices):
    """Who speaks in a three-way call: what they are, never their name or number."""

    MISSING_PERSON = "missing_person", "The missing person"
    RELATIVE = "relative", "A relative"
    FRIEND = "friend", "A friend"
    POLICE = "police", "A police officer"
    SOCIAL_WORKER = "social_worker", "A social worker"
    HEALTH = "health", "Somebody of the health service"
    SHELTER = "shelter", "A shelter or hostel"
    OTHER = "other", "Somebody else"
