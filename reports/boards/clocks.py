"""Every clock that the boards show, in the order of the page."""

from __future__ import annotations

from reports.boards import partner_clocks as partners
from reports.boards import police_clocks as police
from reports.boards import service_clocks as services
from reports.boards.kinds import Clock

CLOCKS: tuple[Clock, ...] = (
    police.REVIEWS,
    police.CALLS,
    police.TRANSFERS,
    police.RELEASES,
    services.TAKEN_UP,
    services.OFFERED,
    services.HELD,
    services.REPORTED,
    services.REPLIES,
    services.UNKNOWN_TEXTS,
    services.JUDGED,
    services.PASSED,
    services.TOLD,
    services.GONE,
    partners.ANSWERS,
)
BY_KEY: dict[str, Clock] = {one.key: one for one in CLOCKS}
