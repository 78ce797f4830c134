"""Every verb of intelligence reports. `from missingcases.intelligence import services as intelligence`."""

from missingcases.intelligence.services.answering import (
    acknowledge_report,
    give_outcome,
    note_listed,
    open_report,
    read_received,
    searched,
)
from missingcases.intelligence.services.calling import GUARD, call_due, still_waits, tell_force
from missingcases.intelligence.services.deciding import (
    BASIS,
    approve_report,
    note_printed,
    return_report,
    send_report,
    told_of,
    withdraw_report,
)
from missingcases.intelligence.services.following import follow_acknowledged, follow_revoked
from missingcases.intelligence.services.raising import Raised, raised_from, raising_of
from missingcases.intelligence.services.writing import (
    LineDetails,
    ReportDetails,
    draft,
    edit_report,
    submit_report,
)

__all__ = [
    "BASIS",
    "GUARD",
    "LineDetails",
    "Raised",
    "ReportDetails",
    "acknowledge_report",
    "approve_report",
    "call_due",
    "draft",
    "edit_report",
    "follow_acknowledged",
    "follow_revoked",
    "give_outcome",
    "note_listed",
    "note_printed",
    "open_report",
    "raised_from",
    "raising_of",
    "read_received",
    "return_report",
    "searched",
    "send_report",
    "still_waits",
    "submit_report",
    "tell_force",
    "told_of",
    "withdraw_report",
]
