"""The kill switch: of one service, or of everything. Read from the database before every send.

Read-only mode (`settings.READ_ONLY`) is a switch of its own: nothing goes while it is set. So is the hold
that a restored database comes up under, lane by lane (`foundation.backups`).
"""

from __future__ import annotations

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from foundation.access import Refusal, require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.backups.services.ledger import note
from foundation.messaging.models import Switch
from foundation.messaging.models.control import EVERYTHING
from foundation.messaging.policies import may_switch

# Asked before everything that leaves: put together by the ORM it took five times as long as to be answered.
_STANDING = """
SELECT EXISTS (SELECT FROM messaging_switch WHERE is_stopped AND service IN (%(everything)s, %(service)s))
    OR EXISTS (SELECT FROM backups_holdstep WHERE step = %(lane)s AND released_at IS NULL)
"""
RESTORER = Actor.system("messaging.restored")


def is_stopped(service: str, *, lane: str = "") -> bool:
    """Whether nothing of `service` may be sent now; with `lane`, whether nothing of it may in that lane."""
    if settings.READ_ONLY:
        return True
    with connection.cursor() as cursor:
        cursor.execute(_STANDING, {"everything": EVERYTHING, "service": service, "lane": lane})
        return bool(cursor.fetchone()[0])


def stopped() -> set[str]:
    """The services that are stopped now; `*` among them means all."""
    found = set(Switch.objects.filter(is_stopped=True).values_list("service", flat=True))
    return found | {EVERYTHING} if settings.READ_ONLY else found


def stop(*, actor: Actor, service: str, reason: str) -> Switch:
    """Send nothing more of `service` (`*`: of anything) from now on; what is queued waits."""
    return _set(actor=actor, service=service, reason=reason, is_stopped=True)


def start(*, actor: Actor, service: str, reason: str) -> Switch:
    """Let it send again; what waited goes out unless it is too late for it."""
    return _set(actor=actor, service=service, reason=reason, is_stopped=False)


@transaction.atomic
def _set(*, actor: Actor, service: str, reason: str, is_stopped: bool) -> Switch:
    require(may_switch(actor))
    if not reason.strip():
        require(Refusal("reason_required", "Say why. This is kept with the record."))
    row, _ = Switch.objects.update_or_create(
        service=service,
        defaults={
            "is_stopped": is_stopped,
            "changed_at": timezone.now(),
            "changed_by_id": actor.user_id,
            "reason": reason.strip()[:200],
        },
    )
    action = "switch.stopped" if is_stopped else "switch.started"
    note(action, service=service)
    audit.record(actor=actor, action=action, target=row, fields=["is_stopped"], reason=reason)
    return row


@transaction.atomic
def set_again(*, service: str, is_stopped: bool) -> bool:
    """Bring a switch to where it stood before a restore."""
    row, _ = Switch.objects.update_or_create(
        service=service,
        defaults={
            "is_stopped": is_stopped,
            "changed_at": timezone.now(),
            "changed_by_id": None,
            "reason": "Set again from the ledger after a restore.",
        },
    )
    action = "switch.stopped" if is_stopped else "switch.started"
    audit.record(actor=RESTORER, action=action, target=row, fields=["is_stopped"])
    return True
