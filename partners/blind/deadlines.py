"""How often a partner may ask, and how long a candidate waits. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

# (P) A list shorter than this, or with fewer new records, would be a question about single people.
FEWEST_ROWS = 50
FEWEST_NEW = 20
# (P) How often one pair compares.
A_DAY, MOST_A_DAY = timedelta(hours=24), 2
A_MONTH, MOST_A_MONTH = timedelta(days=28), 8
# (P) How many of its lists may be refused before it has to wait.
MOST_REFUSED_A_DAY = 10
# (P) A candidate that nobody has looked at is withdrawn, so that a list does not stay a suspicion.
CANDIDATE_LASTS = timedelta(days=56)
CANDIDATE_LATE_AFTER = timedelta(days=7)
# (P) What a run knows of the rows it was given is forgotten once it can count for no limit.
DIGESTS_KEPT = timedelta(days=35)


def late_at(confirmed_or_proposed_at: datetime) -> datetime:
    """When a candidate has waited too long for the side whose turn it is."""
    return confirmed_or_proposed_at + CANDIDATE_LATE_AFTER
