"""Who stands behind a contact with the helpline, so that no sanitised text tells it."""

from __future__ import annotations

from families.helpline.models import HelplineContact
from foundation.contributions import Identity


def helpline_identity(label: str, record_id: int) -> Identity | None:
    """The name and the number that they gave, if any."""
    row = (
        HelplineContact.objects.filter(pk=record_id).first() if label == "helpline.HelplineContact" else None
    )
    if row is None:
        return None
    return Identity(names=(row.name,), numbers=(row.reach_by,), emails=(row.reach_by,))
