"""The values of a Child Rescue Alert (domain.md section 5). Stored as codes; labels are for people."""

from __future__ import annotations

from django.db.models import TextChoices


class AlertStatus(TextChoices):
    """How far an alert is."""

    PROPOSED = "proposed", "Proposed"
    FORCE_AUTHORISED = "force_authorised", "Authorised by the force"
    NCA_AGREED = "nca_agreed", "Agreed nationally"
    ISSUED = "issued", "Issued"
    CANCELLED = "cancelled", "Cancelled"
    EXPIRED = "expired", "Expired"
    DECLINED = "declined", "Declined"


_S = AlertStatus
# Nothing has been sent yet.
BEFORE_ISSUE: frozenset[str] = frozenset({_S.PROPOSED, _S.FORCE_AUTHORISED, _S.NCA_AGREED})
RUNNING: frozenset[str] = BEFORE_ISSUE | {_S.ISSUED}
ENDED: frozenset[str] = frozenset({_S.CANCELLED, _S.EXPIRED, _S.DECLINED})
# Somebody of the force has said yes, and nothing has taken it back.
AUTHORISED: frozenset[str] = frozenset({_S.FORCE_AUTHORISED, _S.NCA_AGREED, _S.ISSUED})
AGREED: frozenset[str] = frozenset({_S.NCA_AGREED, _S.ISSUED})


class CancelReason(TextChoices):
    """Why an alert was stopped. Never told to the public (domain.md section 5)."""

    FOUND_SAFE = "found_safe", "Found safe"
    FOUND_DECEASED = "found_deceased", "Found dead"
    STOOD_DOWN = "stood_down", "Stood down"
    ERROR = "error", "Sent or proposed in error"


class NoticeKind(TextChoices):
    """What one notice to the public is."""

    ALERT = "alert", "Alert"
    UPDATE = "update", "Update"
    CANCEL = "cancel", "Cancel"


class PictureFault(TextChoices):
    """Why a picture was taken away. Never told to the public."""

    CONSENT = "consent", "Consent to show it was taken back"
    SOMEBODY = "somebody", "It shows somebody else"
    UNFIT = "unfit", "It must not be shown"
    OTHER = "other", "Something else"


class Criterion(TextChoices):
    """What has to be true, all of it (domain.md section 5 [6])."""

    UNDER_18 = "under_18", "Believed to be under 18"
    IMMINENT_DANGER = "imminent_danger", "Thought to be in imminent danger of serious harm or death"
    ENOUGH_INFORMATION = "enough_information", "Enough is known for the public to help"


class AudienceChannel(TextChoices):
    """By what a subscriber is told."""

    SMS = "sms", "Text"
    EMAIL = "email", "E-mail"
    WEB_PUSH = "web_push", "Web push"
    WEBHOOK = "webhook", "Partner's system"


class Language(TextChoices):
    """The languages of alerts."""

    ENGLISH = "en", "English"
    WELSH = "cy", "Welsh"
