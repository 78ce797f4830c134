"""Every read of the duty desk. Nothing here shows more than the audience rows allow."""

from missingcases.desk.selectors.board import Line, Section, board, facts_of, ids_on
from missingcases.desk.selectors.notices import (
    calling_at_high_risk,
    late_for_inspector,
    late_for_supervisor,
    open_notice_of,
    open_notices,
    people_to_tell,
    times_of,
    was_high_before,
)
from missingcases.desk.selectors.unread import unread
from missingcases.desk.selectors.version import version

__all__ = [
    "Line",
    "Section",
    "board",
    "calling_at_high_risk",
    "facts_of",
    "ids_on",
    "late_for_inspector",
    "late_for_supervisor",
    "open_notice_of",
    "open_notices",
    "people_to_tell",
    "times_of",
    "unread",
    "version",
    "was_high_before",
]
