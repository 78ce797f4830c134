"""Which of the faults asked for strikes now."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import F, Q

from foundation.sandbox.enums import FaultKind
from foundation.sandbox.magic import MAGIC
from foundation.sandbox.models import Fault

# Nobody waits longer than this for an answer that comes late.
LONGEST_WAIT_SECONDS = 120.0


class Faults:
    """The faults in force for one request. `take` uses one up."""

    def __init__(self, to: Iterable[str]) -> None:
        self._addresses = set(to)
        self._rows = list(
            Fault.objects.filter(Q(to="") | Q(to__in=self._addresses))
            .exclude(remaining=0)
            .order_by("-to", "pk")
        )

    def take(self, kind: FaultKind) -> float | None:
        """The seconds of a fault of this kind if one strikes, else None."""
        for row in self._rows:
            if row.kind == kind and _use(row):
                return min(row.seconds, LONGEST_WAIT_SECONDS)
        for address in self._addresses:
            magic = MAGIC.get(address)
            if magic is not None and magic.fault is kind:
                return magic.seconds
        return None


def _use(row: Fault) -> bool:
    if row.remaining is None:
        return True
    # Conditional, because several requests come at once and "once" means once.
    return bool(Fault.objects.filter(pk=row.pk, remaining__gt=0).update(remaining=F("remaining") - 1))
