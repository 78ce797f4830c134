"""What Child Rescue Alerts keep."""

from alerts.models.alerts import AlertArea, ChildRescueAlert
from alerts.models.content import AlertContent, AlertWording
from alerts.models.notices import Notice, NoticeRun
from alerts.models.room import Comment, CriterionCheck, TelephoneAgreement

__all__ = [
    "AlertArea",
    "AlertContent",
    "AlertWording",
    "ChildRescueAlert",
    "Comment",
    "CriterionCheck",
    "Notice",
    "NoticeRun",
    "TelephoneAgreement",
]
