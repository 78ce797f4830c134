"""What is erased without anybody, when its time is over: the one way, for every service, past every hold."""

from __future__ import annotations

from django.utils import timezone

from foundation.actors import Actor
from foundation.contributions import retention
from missingcases.retention.selectors import held_among

ERASER = Actor.system("retention.erase_due")
AT_ONCE = 500


def erase_due() -> int:
    """Erase whatever is due and not held, of every rule that says how; safe to run at any time and twice."""
    done = 0
    for one in retention():
        if one.erase is None or one.due is None:
            continue
        due = list(one.due(timezone.now()))
        for start in range(0, len(due), AT_ONCE):
            ids = due[start : start + AT_ONCE]
            held = held_among(one, ids)
            done += one.erase([pk for pk in ids if pk not in held], ERASER)
    return done
