"""What has to be done about an incident: reviews, actions, transfers (domain.md 1, 2)."""

from django.db.models import TextChoices


class ReviewKind(TextChoices):
    """The clocks that run on an open incident."""

    ABSENT = "absent", "Review of absence"
    LOW = "low", "Low-risk review"
    SUPERVISOR = "supervisor", "Supervisor review"
    INSPECTOR = "inspector", "Inspector review"
    SHIFT = "shift", "Review each shift"
    OTHER_FORCES = "other_forces", "Circulate to other forces (48 hours)"
    UKMPU = "ukmpu", "Tell the UK Missing Persons Unit (72 hours)"
    DAY_28 = "day_28", "28-day review"
    MONTH_3 = "month_3", "3-month review"
    MONTH_6 = "month_6", "6-month review"
    MONTH_12 = "month_12", "12-month review"
    YEARLY = "yearly", "Yearly review"
    SIGNIFICANT = "significant", "Review on significant information"


# After one of these somebody may be declared long-term missing.
LONG_TERM_REVIEWS: frozenset[str] = frozenset(
    {
        ReviewKind.DAY_28,
        ReviewKind.MONTH_3,
        ReviewKind.MONTH_6,
        ReviewKind.MONTH_12,
        ReviewKind.YEARLY,
        ReviewKind.SIGNIFICANT,
    }
)


class ActionKind(TextChoices):
    """What a trigger of domain.md section 2 asks of somebody."""

    STRATEGY_DISCUSSION = "strategy_discussion", "Strategy discussion"
    TELL_LOCAL_AUTHORITY = "tell_local_authority", "Tell the local authority first"
    NRM_REFERRAL = "nrm_referral", "Refer to the National Referral Mechanism through a first responder"
    NRM_CONSENT = "nrm_consent", "Ask for consent to a referral, else notify"
    MASH_REFERRAL = "mash_referral", "Refer to the multi-agency safeguarding hub"
    COUNTER_TERRORISM = "counter_terrorism", "Tell counter-terrorism liaison"
    CRIME_RECORD = "crime_record", "Record the crime"
    CONSIDER_ALERT = "consider_alert", "Consider a Child Rescue Alert"
    PORT_ALERT = "port_alert", "Port alert"
    GRADE_AGAIN = "grade_again", "Grade the incident again"
    HIGH_RISK_RESPONSE = "high_risk_response", "High-risk response"
    ACKNOWLEDGE_RELEASE = "acknowledge_release", "Acknowledge a threat to life"
    ANSWER_TRANSFER = "answer_transfer", "Answer an offered transfer"
    TASK = "task", "Task"


class ActionStatus(TextChoices):
    """Where an action stands."""

    OPEN = "open", "To do"
    DONE = "done", "Done"
    NOT_NEEDED = "not_needed", "No longer needed"


class Trigger(TextChoices):
    """What sets a rule off."""

    REPEAT_COUNT = "repeat_count", "A number of incidents within days"
    LONG_ABSENCE = "long_absence", "Missing for longer than"
    ABSENT_LIMIT = "absent_limit", "Absent for longer than"
    FLAG = "flag", "A flag becomes active"
    RISK = "risk", "Graded at this risk"


class AppliesTo(TextChoices):
    """Whom a rule is about."""

    CHILD = "child", "Children"
    ADULT = "adult", "Adults"
    ANYONE = "anyone", "Everyone"


class ActionOwner(TextChoices):
    """Whose task a rule makes."""

    OWNER_FORCE = "owner_force", "Owner force"
    PLACING_AUTHORITY = "placing_authority", "Placing authority (else host, else owner force)"
    HOST_AUTHORITY = "host_authority", "Host authority (else placing, else owner force)"


class TransferStatus(TextChoices):
    """Where a transfer between forces stands."""

    OFFERED = "offered", "Offered"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Withdrawn"


class ScanStatus(TextChoices):
    """What the scan of an uploaded file said."""

    WAITING = "waiting", "Waiting for the scan"
    CLEAN = "clean", "Nothing found"
    REFUSED = "refused", "Refused"
