"""An alert to many on the product's own worker, and the count: one text each, or a listed unknown."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import F
from django.utils import timezone

from benchmarks.alert import audience, setting
from foundation.audit.models import AuditEvent
from foundation.messaging import services as messaging
from foundation.messaging.models import Broadcast, Delivery
from foundation.messaging.services import broadcast as broadcasts
from foundation.messaging.services.send import LOST_AFTER
from launcher.product import LANES
from tests.faults.counting import seal_everything
from tests.faults.table import BROKEN, HOLDS, write_row
from tests.processes import Processes, wait_until

PER_SECOND = 2_000


@dataclass
class FanOut:
    """The provider, the workers, and how many there are to reach."""

    stub: setting.Stub
    processes: Processes
    size: int  # of the alert that goes out now
    before: dict[str, str]  # the environment that comes back at the end

    @classmethod
    def begin(cls, processes: Processes, settings: Any, *, size: int) -> FanOut:
        """A provider that answers in 50 ms, a line to it, the alert lane's worker and beat."""
        settings.SWITCHBOARD = "benchmarks.alert.board"
        before = dict(os.environ)
        os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.alert.settings"
        stub = setting.Stub()
        setting.line(PER_SECOND)
        audience.make(size)
        made = cls(stub, processes, size, before)
        processes.env = {**processes.env, "BULK_CONNECTIONS": "256"}
        made.start_worker()
        processes.beat()
        return made

    def end(self) -> None:
        """Let the provider go, and what leads to it; the processes are their fixture's."""
        os.environ.clear()
        os.environ.update(self.before)
        self.stub.stop()

    def start_worker(self) -> None:
        """As the product starts it."""
        self.processes.worker("alert", pool="threads", concurrency=LANES["alert"])
        self.processes.wait_for_workers("alert")

    def kill_worker(self) -> None:
        """kill -9."""
        self.processes.kill("worker-alert")

    def issue(self, size: int) -> Broadcast:
        """One alert to so many; returns once some have it."""
        self.size = size
        self.stub.forget()
        row = setting.begin(audience.up_to(self.size))
        self.wait_for(self.size // 10)
        return row

    def wait_for(self, many: int, *, seconds: float = 120) -> None:
        """Until the provider has so many."""
        wait_until(lambda: self.taken() >= many, f"{many} to be taken", seconds=seconds)

    def taken(self) -> int:
        """How many the provider has."""
        return int(self.stub.counts()["taken"])

    def clear_up(self, row: Broadcast, *, seconds: float = 180) -> None:
        """Wait until nothing goes out any more, then let the time go by after which claims are lost."""

        def is_through() -> bool:
            stands = broadcasts.progress([row.pk])[row.pk]
            row.refresh_from_db()
            return not stands.queued and (row.status == "cancelled" or not stands.parts_left)

        def wait() -> None:
            wait_until(is_through, f"it to be through ({broadcasts.progress([row.pk])})", seconds=seconds)
            wait_until(self._is_quiet, "nothing to arrive any more", seconds=30)

        wait()
        claims = Delivery.objects.filter(broadcast=row, status="sending")
        claims.update(claimed_at=F("claimed_at") - LOST_AFTER - timedelta(seconds=30))
        messaging.find_lost_deliveries()
        wait()  # what was claimed and not opened goes out after all

    def _is_quiet(self) -> bool:
        counts = self.stub.counts()
        return float(counts["last"]) < float(counts["now"]) - 1.5


def account(fault: str, made: FanOut, row: Broadcast, *, hit: int) -> None:
    """Count and write the row. What nobody begun of a cancelled one is not intended any more.

    `accepted` is what both we and the provider know of; of the unknown some arrived and some did not.
    """
    stands = broadcasts.progress([row.pk])[row.pk]
    seen = made.stub.counts()
    distinct = seen["taken"] - seen["doubled"]
    known = stands.sent + stands.delivered
    intended = stands.recipients - stands.cancelled if row.status == "cancelled" else made.size
    mistaken = max(known - distinct, 0) + max(distinct - known - stands.unknown, 0)
    adds_up = known + stands.unknown == intended and not seen["doubled"] and not mistaken and hit > 0
    sealed = seal_everything()
    told = {
        "fault": fault,
        "hit": hit,
        "intended": intended,
        "accepted": known,
        "unknown": stands.unknown,
        "doubled": seen["doubled"],
        "mistaken": mistaken,
        "audit rows": AuditEvent.objects.count(),
        "sealed": "yes" if sealed else "NO",
        "verdict": HOLDS if adds_up and sealed else BROKEN,
    }
    write_row(told)
    assert told["verdict"] == HOLDS, (told, stands.queued, stands.sending, stands.failed, timezone.now())
