"""What Child Rescue Alerts keep."""

from alerts.models.alerts import AlertArea, ChildRescueAlert
from alerts.models.content import AlertContent, AlertWording
from alerts.models.money import CallVolume, ChannelPrice, CostApproval, CostCeiling, RunCost
from alerts.models.notices import Notice, NoticeRun
from alerts.models.pictures import PictureRemoval
from alerts.models.ranks import AuthorisingRank
from alerts.models.room import Comment, CriterionCheck, TelephoneAgreement

__all__ = [
    "AlertArea",
    "AlertContent",
    "AlertWording",
    "AuthorisingRank",
    "CallVolume",
    "ChannelPrice",
    "ChildRescueAlert",
    "Comment",
    "CostApproval",
    "CostCeiling",
    "CriterionCheck",
    "Notice",
    "NoticeRun",
    "PictureRemoval",
    "RunCost",
    "TelephoneAgreement",
]
