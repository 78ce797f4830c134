"""Every verb of retention. `from missingcases.retention import services as retention`."""

from missingcases.retention.services.erasing import erase_due
from missingcases.retention.services.holding import lift_hold, place_hold
from missingcases.retention.services.running import (
    propose_run,
    resume_stalled,
    run,
    set_period,
    start_run,
    withdraw_run,
)

__all__ = [
    "erase_due",
    "lift_hold",
    "place_hold",
    "propose_run",
    "resume_stalled",
    "run",
    "set_period",
    "start_run",
    "withdraw_run",
]
