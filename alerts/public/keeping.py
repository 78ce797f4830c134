"""What the public site keeps of an alert: a copy of its picture, for as long as it is out."""

from __future__ import annotations

from foundation.contributions import Retention
from foundation.keeping import Holding, subject_access

HOLDINGS = (
    Holding(
        "alerts_public.PublicPicture",
        "content",
        "Picture of an alert in public",
        "made_at",
        (),
        "content__alert__force",
        "A copy of the picture of the alert's text.",
    ),
)
SUBJECT_ACCESS = subject_access(HOLDINGS)
RETENTION = (
    Retention("alerts_public.PublicPicture", "content", "Deleted, with its file, once its alert has ended."),
)
