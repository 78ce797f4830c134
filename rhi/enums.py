"""What a referral for a Return Home Interview can be, and why (domain.md section 6)."""

from django.db.models import TextChoices


class Origin(TextChoices):
    """How a referral came about."""

    RETURN = "return", "By itself, at the return"
    SYSTEM = "system", "Asked for by a system"
    HAND = "hand", "By hand"


class ReferralStatus(TextChoices):
    """Where a referral stands. The provider's; the force reads `Standing`."""

    REFERRED = "referred", "Referred"
    ALLOCATED = "allocated", "Allocated"
    OFFERED = "offered", "Offered"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    DECLINED_BUT_TALKED = "declined_but_talked", "Declined, but talked"
    CARER_ONLY = "carer_only", "Carer only"
    UNABLE = "unable", "Could not be offered"
    MISSING_AGAIN = "missing_again", "Missing again"
    COMPLETED = "completed", "Interview held"
    REPORTED = "reported", "Reported"
    CLOSED = "closed", "Closed"
    WITHDRAWN = "withdrawn", "Withdrawn"
    DECEASED = "deceased", "Stopped: the child has died"


_S = ReferralStatus
# Nothing more is to be done about these.
ENDED: frozenset[str] = frozenset({_S.MISSING_AGAIN, _S.CLOSED, _S.WITHDRAWN, _S.DECEASED})
# No answer yet, or an interview still to be held: what the 72 hours run for.
AWAITED: frozenset[str] = frozenset({_S.REFERRED, _S.ALLOCATED, _S.OFFERED, _S.ACCEPTED})
# It is settled whether there was an interview, and the authority is owed a report.
SETTLED: frozenset[str] = frozenset(
    {_S.COMPLETED, _S.DECLINED, _S.DECLINED_BUT_TALKED, _S.CARER_ONLY, _S.UNABLE}
)
# What the child or the carer can have said to an offer.
ANSWERS: frozenset[str] = frozenset({_S.ACCEPTED, _S.DECLINED, _S.DECLINED_BUT_TALKED, _S.CARER_ONLY})
NOT_HELD: frozenset[str] = frozenset({_S.DECLINED, _S.DECLINED_BUT_TALKED, _S.CARER_ONLY, _S.UNABLE})


class DeclineReason(TextChoices):
    """Why there was no interview (P; the last [45])."""

    DOES_NOT_CONSIDER_MISSING = "does_not_consider_missing", "Does not consider themself to have been missing"
    NO_TRUST = "no_trust", "Does not trust us, or what becomes of it"
    TOO_MANY_INTERVIEWS = "too_many_interviews", "Too many interviews"
    WANTS_KNOWN_PERSON = "wants_known_person", "Wants to talk to somebody they know"
    TOLD_NOT_TO = "told_not_to", "Was told not to talk"
    CARER_REFUSED = "carer_refused", "The carer refused"
    CANNOT_CONTACT = "cannot_contact", "Could not be reached"
    MISSING_AGAIN = "missing_again", "Missing again"
    MOVED = "moved", "Has moved"
    IN_CUSTODY = "in_custody", "In custody"
    UNWELL = "unwell", "Unwell"
    COERCION_SUSPECTED = "coercion_suspected", "Somebody may be forcing them"


class BreachReason(TextChoices):
    """Why a time was missed (P)."""

    TOLD_LATE = "told_late", "We were told of the return late"
    NO_AUTHORITY = "no_authority", "It was not known which authority is responsible"
    NO_INTERVIEWER = "no_interviewer", "No interviewer was free"
    CHILD_ASKED_LATER = "child_asked_later", "The child asked for a later time"
    CHILD_UNWELL = "child_unwell", "The child was unwell or in hospital"
    CHILD_IN_CUSTODY = "child_in_custody", "The child was in custody"
    CANNOT_CONTACT = "cannot_contact", "Could not be reached"
    OUT_OF_AREA = "out_of_area", "The child is placed far away"
    INTERPRETER = "interpreter", "An interpreter had to be found"
    WRITING_UP = "writing_up", "The report took longer to write"
    OTHER = "other", "Another reason"


class Gender(TextChoices):
    """As whom an interviewer wants to be known when children may choose; they need not say."""

    NOT_SAID = "", "Rather not say"
    WOMAN = "woman", "A woman"
    MAN = "man", "A man"


class GenderPreference(TextChoices):
    """By whom the child would rather be seen; asked, never guessed."""

    NONE = "none", "No preference, or not asked"
    WOMAN = "woman", "A woman"
    MAN = "man", "A man"


class OfferedTo(TextChoices):
    """Which returned children an authority has interviews offered to."""

    EVERY_CHILD = "every_child", "Every child who returns"
    LOOKED_AFTER = "looked_after", "Looked-after children only"


class EndedBy(TextChoices):
    """What ended a referral before its report."""

    PERSON = "person", "Somebody withdrew it"
    FINDING_TAKEN_BACK = "finding_taken_back", "The finding was taken back"
    MISSING_AGAIN = "missing_again", "Missing again"
    DECEASED = "deceased", "The child has died"
    MERGED = "merged", "The incident was a duplicate"


class Standing(TextChoices):
    """All that the force is told of how a referral stands: nothing that a child said or refused to say."""

    OPEN = "open", "Being arranged"
    HELD = "held", "Interview held"
    NOT_HELD = "not_held", "No interview"
    MISSING_AGAIN = "missing_again", "Missing again"
    WITHDRAWN = "withdrawn", "Withdrawn"


class ContactChannel(TextChoices):
    """How somebody was, or could not be, reached."""

    CALL = "call", "Telephone call"
    TEXT = "text", "Text"
    EMAIL = "email", "E-mail"
    LETTER = "letter", "Letter"
    VISIT = "visit", "Visit"
    OTHER = "other", "Another way"


class Contacted(TextChoices):
    """Whom an attempt was meant for."""

    CHILD = "child", "The child"
    CARER = "carer", "A parent or carer"
    SOCIAL_WORKER = "social_worker", "A social worker"
    SCHOOL = "school", "School or college"
    OTHER = "other", "Somebody else"


class ContactOutcome(TextChoices):
    """What came of an attempt."""

    TALKED = "talked", "Talked"
    ARRANGED = "arranged", "A time was agreed"
    NO_ANSWER = "no_answer", "No answer"
    LEFT_WORD = "left_word", "Left a message"
    NOT_SAFE = "not_safe", "Not safe to talk"
    WRONG = "wrong", "Wrong number or address"


class ConcernKind(TextChoices):
    """What is put before whoever shares out the interviews, to be settled with words."""

    COERCION = "coercion", "Somebody may be forcing the child to decline"
