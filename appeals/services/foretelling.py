"""What the restore ledger is told of appeals, so that a restored database does not bring back what was ended.

Ids, codes and references: who is looked for, and what is shown, is in none of the lines.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from appeals.enums import ConsentStatus
from appeals.foretold import PLACED, Placed, written
from appeals.models import Appeal, Consent, Placement
from foundation.backups.services.ledger import note


def note_placed(appeal: Appeal, rows: QuerySet[Placement], *, at: datetime) -> None:
    """These outlets are given the appeal now. Our own pages are none of them: they show what the rows say."""
    placed = [Placed(*row) for row in rows.values_list("reference", "outlet_id", "planned_at")]
    if placed:
        note(
            PLACED,
            appeal_id=appeal.pk,
            incident_id=appeal.incident_id,
            charity_id=appeal.charity_id,
            sort=appeal.kind,
            origin=appeal.origin,
            reference=appeal.reference,
            token=appeal.token,
            at=at.isoformat(),
            placements=written(placed),
        )


def note_consent(consent: Consent) -> None:
    """An answer that is less than a whole yes. A yes that is lost has to be asked for again."""
    whole = consent.covers_photo and consent.covers_surname
    if consent.status != ConsentStatus.GIVEN or not whole:
        note(
            "appeals.consent",
            appeal_id=consent.appeal_id,
            by=consent.by,
            status=consent.status,
            how=consent.how,
            covers_photo=int(consent.covers_photo),
            covers_surname=int(consent.covers_surname),
        )


def note_paused(appeal: Appeal) -> None:
    """It is off its channels for a while."""
    note("appeals.paused", appeal_id=appeal.pk)


def note_resumed(appeal: Appeal) -> None:
    """It is on them again."""
    note("appeals.resumed", appeal_id=appeal.pk)


def note_unready(appeal: Appeal) -> None:
    """What made it ready to publish does not stand any more: other words, other risks, no time, no wish."""
    note("appeals.unready", appeal_id=appeal.pk)
