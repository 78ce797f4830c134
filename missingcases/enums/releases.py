"""Releases: why, how far, on what basis and on what ground (domain.md sections 7 and 8)."""

from django.db.models import TextChoices


class ReleaseKind(TextChoices):
    """Why something is released to another organisation."""

    SERVICE_REQUEST = "service_request", "For a service that was asked for"
    THREAT_TO_LIFE = "threat_to_life", "Threat to life"
    INTELLIGENCE = "intelligence", "Intelligence report"
    INTERVIEW_EXTRACT = "interview_extract", "Extract of a return home interview"
    REPORT = "report", "Report of a return home interview"
    FAMILY_UPDATE = "family_update", "Update from family support"
    PARTNER_REFERRAL = "partner_referral", "Referral to a partner"
    CONFIDENCE_BROKEN = "confidence_broken", "Confidence broken"
    OTHER = "other", "Other release"


class ReleaseStatus(TextChoices):
    """Where a release stands. Only an approved one shows anything."""

    DRAFT = "draft", "Waiting for approval"
    APPROVED = "approved", "Released"
    REFUSED = "refused", "Refused"
    REVOKED = "revoked", "Revoked"


class LawfulBasis(TextChoices):
    """What makes a release lawful; a person's wishes are recorded apart (domain.md section 8)."""

    VITAL_INTERESTS = "vital_interests", "Vital interests"
    LEGAL_OBLIGATION = "legal_obligation", "Legal obligation"
    PUBLIC_TASK = "public_task", "Public task"
    LEGITIMATE_INTERESTS = "legitimate_interests", "Legitimate interests"
    SAFEGUARDING = "safeguarding", "Safeguarding condition"
    CONSENT = "consent", "Consent"


class Ground(TextChoices):
    """What confidence may be broken for (domain.md section 7)."""

    THREAT_TO_LIFE = "threat_to_life", "Threat to life"
    SERIOUS_HARM = "serious_harm", "Serious harm"
    CHILD_ABUSE = "child_abuse", "Abuse of a child"
    COURT_ORDER = "court_order", "Order of a court"
    TERRORISM = "terrorism", "Terrorism"
