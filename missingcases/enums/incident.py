"""The incident: status, risk and who may see it (domain.md section 1)."""

from django.db.models import TextChoices


class IncidentStatus(TextChoices):
    """Where an incident stands (domain.md section 1)."""

    REPORTED = "reported", "Reported"
    ABSENT = "absent", "Absent"
    MISSING = "missing", "Missing"
    LONG_TERM = "long_term", "Long-term missing"
    LOCATED = "located", "Located"
    PREVENTION_DONE = "prevention_done", "Prevention interview done"
    CLOSED = "closed", "Closed"
    CANCELLED = "cancelled", "Cancelled"
    REOPENED = "reopened", "Reopened"


# The person is still to be found: services may run for them.
OPEN: frozenset[str] = frozenset(
    {
        IncidentStatus.REPORTED,
        IncidentStatus.ABSENT,
        IncidentStatus.MISSING,
        IncidentStatus.LONG_TERM,
        IncidentStatus.REOPENED,
    }
)
# Nothing follows any more, unless somebody reopens it.
ENDED: frozenset[str] = frozenset({IncidentStatus.CLOSED, IncidentStatus.CANCELLED})
UNENDED: frozenset[str] = frozenset(IncidentStatus) - ENDED
FOUND: frozenset[str] = frozenset(
    {IncidentStatus.LOCATED, IncidentStatus.PREVENTION_DONE, IncidentStatus.CLOSED}
)


class RiskLevel(TextChoices):
    """The level of risk; its wording follows the force's scheme (`missingcases.schemes`)."""

    NO_APPARENT = "no_apparent", "No apparent risk"
    LOW = "low", "Low risk"
    MEDIUM = "medium", "Medium risk"
    HIGH = "high", "High risk"


MISSING_RISKS: frozenset[str] = frozenset({RiskLevel.LOW, RiskLevel.MEDIUM, RiskLevel.HIGH})
# For sorting, most urgent last; an ungraded report stands beside medium until somebody has looked.
RISK_RANK: dict[str, int] = {
    RiskLevel.NO_APPARENT: 0,
    RiskLevel.LOW: 1,
    "": 2,
    RiskLevel.MEDIUM: 2,
    RiskLevel.HIGH: 3,
}


class Scheme(TextChoices):
    """The vocabulary a force follows from a date."""

    ACPO2013 = "acpo2013", "ACPO 2013"
    APP2016 = "app2016", "Authorised Professional Practice 2016"
    APP_CURRENT = "app_current", "Authorised Professional Practice, current"


class Audience(TextChoices):
    """Who, of those who may know of the incident, sees an entry or a note."""

    OWNER = "owner", "The owner force"
    AUTHORITY = "authority", "The owner force and responsible authorities"
    CHARITY = "charity", "The charity"
    EVERYONE = "everyone", "Everyone who sees the incident"
    NAMED = "named", "Named people"


class AudienceKind(TextChoices):
    """What gave an organisation or a person sight of an incident."""

    OWNER = "owner", "Owner force"
    PLACING_AUTHORITY = "placing_authority", "Placing authority"
    HOST_AUTHORITY = "host_authority", "Host authority"
    TRANSFER = "transfer", "Offered the incident"
    NAMED = "named", "Named person"
    RELEASE = "release", "Holds a release"


# These see the record; a release shows its own named fields and nothing else.
RECORD_KINDS: frozenset[str] = frozenset(set(AudienceKind.values) - {AudienceKind.RELEASE})
AUTHORITY_KINDS: frozenset[str] = frozenset({AudienceKind.PLACING_AUTHORITY, AudienceKind.HOST_AUTHORITY})
