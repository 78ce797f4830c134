"""Who asked to get alerts: people's addresses and partners' systems."""

from alerts.audience.models.people import (
    MOST_AREAS,
    BadLine,
    Bucket,
    ListImport,
    MonthFigures,
    PostcodeDistrict,
    PreferenceLink,
    SignUp,
    Submission,
    Subscriber,
    Subscription,
    import_reference,
)
from alerts.audience.models.systems import PartnerSystem, SystemSignUp

__all__ = [
    "MOST_AREAS",
    "BadLine",
    "Bucket",
    "ListImport",
    "MonthFigures",
    "PartnerSystem",
    "PostcodeDistrict",
    "PreferenceLink",
    "SignUp",
    "Submission",
    "Subscriber",
    "Subscription",
    "SystemSignUp",
    "import_reference",
]
