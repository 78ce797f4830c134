"""Every verb of break-glass. `from missingcases.breakglass import services as breakglass`."""

from missingcases.breakglass.services.notices import GUARD, still_concerns, tell_opened
from missingcases.breakglass.services.opening import (
    end_opening,
    note_readings,
    open_records,
    review_opening,
)

__all__ = [
    "GUARD",
    "end_opening",
    "note_readings",
    "open_records",
    "review_opening",
    "still_concerns",
    "tell_opened",
]
