"""What an interview can be, and what can come of it (domain.md section 6)."""

from django.db.models import TextChoices


class InterviewStatus(TextChoices):
    """From the first word to the second look."""

    DRAFT = "draft", "Being written"
    COMPLETED = "completed", "Completed"
    APPROVED = "approved", "Approved"


class AgeBand(TextChoices):
    """Whom the questions speak to."""

    UNDER_12 = "under_12", "Under 12"
    TEENAGE = "12_to_15", "12 to 15"
    OLDER = "16_to_17", "16 or 17"


class Said(TextChoices):
    """An answer that needs no words. What was not asked is empty."""

    YES = "yes", "Yes"
    NO = "no", "No"
    RATHER_NOT = "rather_not", "Would rather not say"


class Sharing(TextChoices):
    """What the child says about passing on what they told. Wishes stand beside the lawful basis."""

    ALL = "all", "It may be passed on in my words"
    SUMMARY = "summary", "The gist may be passed on, not my words"
    NOTHING = "nothing", "I do not want it passed on"


class OutcomeKind(TextChoices):
    """What an interview can lead to."""

    NO_FURTHER_ACTION = "no_further_action", "No further action"
    EARLY_HELP = "early_help", "Early help"
    S17 = "s17", "Child in need (section 17)"
    S47 = "s47", "Child protection enquiry (section 47)"
    STRATEGY_MEETING = "strategy_meeting", "Strategy meeting"
    NRM = "nrm", "Trafficking referral (NRM)"
    CAWN = "cawn", "Child abduction warning notice"
    POLICE_INTELLIGENCE = "police_intelligence", "Intelligence for the police"
    HEALTH = "health", "Health"
    CARE_PLAN_REVIEW = "care_plan_review", "Review of the care plan"
    EXPLOITATION_PANEL = "exploitation_panel", "Exploitation panel"


class OutcomeStatus(TextChoices):
    """What the form proposes the interviewer decides; then somebody does it."""

    CONFIRMED = "confirmed", "To be done"
    DROPPED = "dropped", "Not needed"
    DONE = "done", "Done"


class Ground(TextChoices):
    """Why something is passed on: the child agrees, or it always is."""

    AGREED = "agreed", "The child agrees"
    SERIOUS_HARM = "serious_harm", "Serious harm"
    CRIME_AGAINST_CHILD = "crime_against_child", "A crime against a child"
    RISK_TO_OTHERS = "risk_to_others", "A risk to others"


# Passed on whatever the child wishes; they were told so before they began.
ALWAYS = frozenset({Ground.SERIOUS_HARM, Ground.CRIME_AGAINST_CHILD, Ground.RISK_TO_OTHERS})


class PhoneEnd(TextChoices):
    """Why an interview is not on a phone any more."""

    FINISHED = "finished", "Sent and finished"
    EXPIRED = "expired", "Its time was over"
    TAKEN_BACK = "taken_back", "Taken back"
