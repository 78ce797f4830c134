"""What the status page says of kept figures."""

from __future__ import annotations

from datetime import datetime, timedelta

from foundation.clock import in_london
from reports.models import Delta
from reports.selectors import last_proof

OLD = timedelta(hours=30)
_NAMED = 5


def proof_of_cells(now: datetime) -> tuple[str, bool]:
    """A sentence, and whether somebody has to look: a difference, a proof too old, or none at all."""
    proof = last_proof()
    if proof is None:
        waits = Delta.objects.exists()
        words = "Kept figures have not been proven against the records yet."
        return (f"{words} Changes wait to be counted." if waits else words), False
    when = f"{in_london(proof.started_at):%H:%M on %-d %B}"
    if proof.differ:
        named = "; ".join(proof.differing[:_NAMED])
        words = f"Kept figures differ from the records in {proof.differ:,} places, found at {when}: {named}."
        return f"{words} Run manage.py rebuild_cells.", True
    words = f"Kept figures were the same as the records at {when}: {proof.cells:,} cells."
    if now - proof.started_at > OLD:
        return f"{words} They should be compared every night.", True
    return words, False
