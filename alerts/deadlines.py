"""The clocks of an alert (domain.md section 5). Pure: UTC in, UTC out."""

from __future__ import annotations

from datetime import datetime, timedelta

REVIEW_WITHIN = timedelta(hours=4)  # of issuing, and of each review (P)
# After its end, for receipts, questions to the provider and complaints (P). Then it is forgotten
# to which addresses an alert went.
KEEP_ADDRESSES = timedelta(days=7)
LASTS_FOR = timedelta(hours=24)  # renewable (P)


def review_due_at(looked_at: datetime) -> datetime:
    """When an alert that was issued or reviewed then is to be reviewed next."""
    return looked_at + REVIEW_WITHIN


def expires_at(issued_at: datetime) -> datetime:
    """When an alert that was issued or renewed then ends by itself."""
    return issued_at + LASTS_FOR
