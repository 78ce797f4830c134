"""The count at the end: what the provider took, what we say of it, and what the trail holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from django.db import connection, models, transaction
from django.db.models import Q

from foundation.audit import seals
from foundation.audit.models import AuditEvent
from foundation.messaging.models import Attempt
from foundation.sandbox.control import Control
from tests.faults.flood import Flood
from tests.faults.table import BROKEN, HOLDS, write_row
from textsafe.models import Request

# Taken by the provider, and known to us as taken; expired is a text whose receipt never came.
TAKEN = frozenset({"sent", "delivered", "expired", "unknown"})


def account(fault: str, flood: Flood, provider: Control, *, hit: int, intended: int | None = None) -> None:
    """Count, write the row of the table, and assert that it adds up.

    `hit` is how often the fault struck: a fault that struck nothing proves nothing.
    """
    wanted = len(flood.requests) if intended is None else intended
    ours = dict(flood.messages.values_list("reference", "status"))
    taken = Counter(text["reference"] for text in provider.texts() if text.get("reference") in ours)
    unknown = sum(status == "unknown" and reference not in taken for reference, status in ours.items())
    mistaken = sum((status in TAKEN) != (name in taken) for name, status in ours.items()) - unknown
    doubled = sum(times - 1 for times in taken.values())
    broken_trails = _broken_trails(flood)
    sealed = seal_everything()
    adds_up = len(taken) + unknown == wanted and doubled == mistaken == 0 and hit > 0
    row = {
        "fault": fault,
        "hit": hit,
        "intended": wanted,
        "accepted": len(taken),
        "unknown": unknown,
        "doubled": doubled,
        "mistaken": mistaken,
        "audit rows": "MISSING" if broken_trails else AuditEvent.objects.count(),
        "sealed": "yes" if sealed else "NO",
        "verdict": HOLDS if adds_up and sealed and not broken_trails else BROKEN,
    }
    write_row(row)
    assert row["verdict"] == HOLDS, f"{row}\n{flood.standing}\n{broken_trails}"


@transaction.atomic
def _broken_trails(flood: Flood) -> list[str]:
    """Records whose trail does not lead, step by step, from their making to the state they are in."""
    with connection.cursor() as cursor:
        # State and trail of one moment: receipts may still be coming in.
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
    return [*_broken_requests(flood), *_broken_messages(flood)]


def _broken_requests(flood: Flood) -> Iterator[str]:
    for request in Request.objects.filter(pk__in=flood.requests).select_related("incident"):
        for row in (request, request.incident):
            if not _is_whole(row, row.status):
                yield f"{row._meta.label} {row.pk}"


def _broken_messages(flood: Flood) -> Iterator[str]:
    for message in flood.messages:
        said = list(Attempt.objects.filter(message=message).values_list("outcome", flat=True))
        if message.status in TAKEN and "claimed" not in said:
            yield f"message {message.pk}"


def _is_whole(row: models.Model, status: str) -> bool:
    steps = _steps(row)
    joined = all(before[1] == after[0] for before, after in pairwise(steps))
    return bool(steps) and joined and steps[-1][1] == status


def _steps(row: models.Model) -> Sequence[tuple[str, str]]:
    about = AuditEvent.objects.filter(Q(target_id=row.pk) | Q(target_ids__contains=[row.pk]))
    moves = about.filter(target=row._meta.label).exclude(to_state="")
    return list(moves.order_by("pk").values_list("from_state", "to_state"))


def seal_everything() -> bool:
    """Seal what was written and prove the chain."""
    for _ in range(200):
        seals.seal()
        verdict = seals.verify()
        if verdict.intact and not verdict.unsealed:
            return True
    return False
