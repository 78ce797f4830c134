"""What webhooks keep about incidents: that an organisation was told, for a month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from foundation.contributions import Merge, Retention
from foundation.keeping import Holding, subject_access
from missingcases.hooks.deadlines import KEPT
from missingcases.hooks.models import Delivery

MERGE = (Merge("hooks.Delivery", "incident", "What was told of the merged incident stays told of that one."),)
HOLDINGS = (
    Holding(
        "hooks.Delivery",
        "incident",
        "Told to a system of ours",
        "at",
        ("type", "version"),
        "endpoint__organisation",
    ),
)
SUBJECT_ACCESS = subject_access(HOLDINGS)


def due_to_forget(now: datetime) -> Sequence[int]:
    """Deliveries whose month is over; the hourly sweep drops them."""
    rows = Delivery.objects.filter(created_at__lte=now - KEPT).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:500])


RETENTION = (
    Retention(
        "hooks.Delivery",
        "incident",
        "A month, for looking into what another system missed; it holds a type and a version alone.",
        KEPT,
        due_to_forget,
    ),
)
