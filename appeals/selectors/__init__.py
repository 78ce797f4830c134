"""Every read of appeals."""

from appeals.selectors.appeals import (
    appeal_for,
    appeals_of,
    appeals_visible_to,
    area_ids_of,
    areas_of,
    facts_of,
    newest_consents,
    newest_content,
    newest_views,
    pictures_of,
    problems_of,
    versions_of,
    welsh_needed,
    with_all_above,
    wordings_of,
)
from appeals.selectors.changes import START, Changes, changes_since
from appeals.selectors.desk import counts_of, listed, listings_for
from appeals.selectors.outlets import (
    entries_of,
    outlet_for,
    outlets_for,
    outlets_visible_to,
    placement_for,
    placements_of,
)

__all__ = [
    "START",
    "Changes",
    "appeal_for",
    "appeals_of",
    "appeals_visible_to",
    "area_ids_of",
    "areas_of",
    "changes_since",
    "counts_of",
    "entries_of",
    "facts_of",
    "listed",
    "listings_for",
    "newest_consents",
    "newest_content",
    "newest_views",
    "outlet_for",
    "outlets_for",
    "outlets_visible_to",
    "pictures_of",
    "placement_for",
    "placements_of",
    "problems_of",
    "versions_of",
    "welsh_needed",
    "with_all_above",
    "wordings_of",
]
