"""What both readers coded is counted once and kept, so that a figure that was told can be told again."""

from __future__ import annotations

from foundation.actors import Actor
from reports.cohorts import selectors
from reports.cohorts.models import Review


def keep_result(review: Review, actor: Actor) -> Review:
    """Count the agreement, as it is at the comparison: later decisions change counts, never the agreement."""
    pairs = selectors.pairs_of(actor, review)
    by_theme, overall = selectors.agreements(review, pairs)
    review.result = {
        "cases": len({case_id for case_id, _ in pairs}),
        "overall": overall.as_stored(),
        "themes": [
            {"id": theme.pk, "name": theme.name, "agreement": found.as_stored()} for theme, found in by_theme
        ],
    }
    review.save(update_fields=["result"])
    return review


def keep_counts(review: Review, actor: Actor) -> Review:
    """Add what is said in the end, when every difference is settled."""
    rows = selectors.counted(review, selectors.pairs_of(actor, review))
    review.result["counts"] = [
        {"id": row.theme.pk, "name": row.theme.name, "people": row.people, **row.incidents} for row in rows
    ]
    review.save(update_fields=["result"])
    return review
