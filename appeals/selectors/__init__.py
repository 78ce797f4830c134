"""Every read of appeals."""

from appeals.selectors.appeals import (
    appeal_for,
    appeals_of,
    appeals_visible_to,
    area_ids_of,
    facts_of,
    newest_consents,
    newest_content,
    newest_views,
    problems_of,
    welsh_needed,
    with_all_above,
    wordings_of,
)
from appeals.selectors.changes import START, Changes, changes_since
from appeals.selectors.outlets import outlets_for, outlets_visible_to, placements_of

__all__ = [
    "START",
    "Changes",
    "appeal_for",
    "appeals_of",
    "appeals_visible_to",
    "area_ids_of",
    "changes_since",
    "facts_of",
    "newest_consents",
    "newest_content",
    "newest_views",
    "outlets_for",
    "outlets_visible_to",
    "placements_of",
    "problems_of",
    "welsh_needed",
    "with_all_above",
    "wordings_of",
]
