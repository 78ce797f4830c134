"""What the restore ledger is told of appeals, so that a restored database does not bring back what was ended.

Ids, codes and references: who is looked for, and what is shown, is in none of the lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from appeals.enums import ConsentStatus
from appeals.models import Appeal, Consent, Placement
from foundation.backups.services.ledger import note


@dataclass(frozen=True, slots=True)
class Placed:
    """One outlet that was given an appeal, as a line of the ledger has it."""

    reference: str
    outlet_id: int
    planned_at: datetime


def note_placed(appeal: Appeal, rows: QuerySet[Placement], *, at: datetime) -> None:
    """These outlets are given the appeal now. Our own pages are none of them: they show what the rows say."""
    placed = [Placed(*row) for row in rows.values_list("reference", "outlet_id", "planned_at")]
    if placed:
        note(
            "appeals.placed",
            appeal_id=appeal.pk,
            incident_id=appeal.incident_id,
            charity_id=appeal.charity_id,
            sort=appeal.kind,
            origin=appeal.origin,
            reference=appeal.reference,
            token=appeal.token,
            at=at.isoformat(),
            placements=_written(placed),
        )


def _written(placed: Iterable[Placed]) -> str:
    return " ".join(f"{one.reference}/{one.outlet_id}/{one.planned_at.isoformat()}" for one in placed)


def placed_in(ids: Mapping[str, Any]) -> Iterator[Placed]:
    """The outlets that such a line names."""
    for one in ids["placements"].split():
        reference, outlet_id, planned_at = one.split("/")
        yield Placed(reference, int(outlet_id), datetime.fromisoformat(planned_at))


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
