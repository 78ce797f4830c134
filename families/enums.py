"""The words of family support (domain.md section 7). Pure."""

from __future__ import annotations

from django.db.models import TextChoices


class CaseStatus(TextChoices):
    """How a support case stands."""

    OPEN = "open", "Open"
    AFTERCARE = "aftercare", "Aftercare"
    CLOSED = "closed", "Closed"


class Nation(TextChoices):
    """Whose law the signposts go by."""

    ENGLAND_WALES = "england_wales", "England and Wales"
    SCOTLAND = "scotland", "Scotland"
    NORTHERN_IRELAND = "northern_ireland", "Northern Ireland"


class Wish(TextChoices):
    """Whether somebody wishes to hear from us."""

    NOT_ASKED = "not_asked", "Not asked yet"
    YES = "yes", "Yes"
    NO = "no", "No"


class Relationship(TextChoices):
    """What somebody is to the missing person."""

    PARENT = "parent", "Parent or step-parent"
    PARTNER = "partner", "Partner"
    FORMER_PARTNER = "former_partner", "Former partner"
    CHILD = "child", "Child"
    SIBLING = "sibling", "Brother or sister"
    GRANDPARENT = "grandparent", "Grandparent"
    OTHER_RELATIVE = "other_relative", "Another relative"
    CARER = "carer", "Carer or foster carer"
    FRIEND = "friend", "Friend"
    OTHER = "other", "Somebody else"


class MemberRole(TextChoices):
    """The part somebody has in the case."""

    NEXT_OF_KIN = "next_of_kin", "Next of kin"
    REPORTER = "reporter", "Reported them missing"
    OTHER = "other", "Other"


class Consent(TextChoices):
    """Whether somebody agreed to be supported, and how much of it may be kept."""

    NOT_ASKED = "not_asked", "Not asked yet"
    GIVEN = "given", "Agreed"
    LIMITED = "limited", "Agreed, with limits"
    REFUSED = "refused", "Refused"


class Bond(TextChoices):
    """What two members are to each other."""

    MARRIED = "married", "Married or living together"
    SEPARATED = "separated", "Separated"
    PARENT_CHILD = "parent_child", "Parent and child"
    SIBLINGS = "siblings", "Brothers or sisters"
    FRIENDS = "friends", "Friends"
    OTHER = "other", "Other"


class PointKind(TextChoices):
    """A way to be reached."""

    SMS = "sms", "Mobile, calls and texts"
    PHONE = "phone", "Phone, calls only"
    EMAIL = "email", "E-mail"
    POST = "post", "Post"


DIALLED = frozenset({PointKind.SMS, PointKind.PHONE})


class CheckMethod(TextChoices):
    """How it was made certain who somebody is."""

    CODE_WORD = "code_word", "They said the code word"
    CALL_BACK = "call_back", "We rang them on a number we knew"
    IN_PERSON = "in_person", "We met them and know them"


class ContactChannel(TextChoices):
    """By what way we were in touch."""

    CALL = "call", "Call"
    TEXT = "text", "Text"
    EMAIL = "email", "E-mail"
    IN_PERSON = "in_person", "In person"
    LETTER = "letter", "Letter"


class Direction(TextChoices):
    """Who began it."""

    IN = "in", "They contacted us"
    OUT = "out", "We contacted them"


class Feeling(TextChoices):
    """How somebody was, as the worker heard it."""

    CALM = "calm", "Calm"
    ANXIOUS = "anxious", "Anxious"
    DISTRESSED = "distressed", "Distressed"
    ANGRY = "angry", "Angry"
    HOPELESS = "hopeless", "Hopeless"
    NUMB = "numb", "Numb or shut off"
    NOT_KNOWN = "not_known", "Could not tell"


class Need(TextChoices):
    """Kinds of support (domain.md section 7)."""

    EMOTIONAL = "emotional", "Emotional support"
    PRACTICAL = "practical", "Practical help"
    POLICE_ROLE = "police_role", "Explaining the police's role"
    MEDIA = "media", "Media advice"
    PUBLICITY = "publicity", "Publicity"
    COUNSELLING = "counselling", "Counselling"
    FINANCIAL_LEGAL = "financial_legal", "Money and law"
    PEER_SUPPORT = "peer_support", "Meeting other families"
    LOST_CONTACT = "lost_contact", "Lost contact"


class Risk(TextChoices):
    """Whether somebody of the family is at risk."""

    NONE = "none", "No risk heard"
    CONCERN = "concern", "A concern to keep an eye on"
    AT_RISK = "at_risk", "At risk: a colleague must know"
    IMMEDIATE = "immediate", "In danger now"


OPEN_RISKS = frozenset({Risk.AT_RISK, Risk.IMMEDIATE})


class TaskKind(TextChoices):
    """What is owed to a family."""

    ACTION = "action", "Action"
    CALL_BACK = "call_back", "Promised call"
    RISK = "risk", "Risk to look after"


class TaskStatus(TextChoices):
    """Whether it was done."""

    OPEN = "open", "To do"
    DONE = "done", "Done"
    DROPPED = "dropped", "Not needed any more"


class FollowUpStatus(TextChoices):
    """Where one planned contact stands."""

    PLANNED = "planned", "Planned"
    PAUSED = "paused", "Paused"
    DONE = "done", "Done"
    STOPPED = "stopped", "Stopped"


class Finding(TextChoices):
    """Whether something told says that the person was found."""

    NOTHING = "nothing", "Nothing about them being found"
    SAFE_AND_WELL = "safe_and_well", "That they were found, or are safe and well"
    WHEREABOUTS = "whereabouts", "Where they are or were found"


class ToldFrom(TextChoices):
    """Where what was told came from."""

    OWN = "own", "What we know ourselves"
    RELEASE = "release", "Released to us by the police"
    APPEAL = "appeal", "A publicity appeal"
    MESSAGE = "message", "A message home from the missing person"


class CounsellingStatus(TextChoices):
    """What became of a referral to a counsellor."""

    REFERRED = "referred", "Referred, no answer yet"
    ACCEPTED = "accepted", "Accepted"
    WAITING_LIST = "waiting_list", "On a waiting list"
    COMPLETED = "completed", "Completed"
    DECLINED = "declined", "Declined by the counsellor"
    ENDED = "ended", "Ended at their wish"
