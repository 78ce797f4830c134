"""A restored system: what it missed is done again, and two people let it go, step by step."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog
from django.db import connection, transaction
from django.utils import timezone

from foundation.access import require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.audit.models import AuditEvent
from foundation.backups import policies, selectors
from foundation.backups.enums import Step
from foundation.backups.models import Hold, HoldStep, LedgerLine, Timeline
from foundation.backups.services import ledger
from foundation.backups.switchboard import reapplications, reconcilers

log = structlog.get_logger(__name__)

RESTORER = Actor.system("backups.restore")
# A transaction may have been open for a while when the backup was made; two clocks may differ.
_ONE_AT_A_TIME = 7_305_002  # advisory lock number of this job
SLACK = timedelta(days=1)


def catch_up(*, hold_id: int) -> Hold:
    """Apply the ledger again and ask the provider; run again, it goes on with what is left.

    Call outside a transaction: the provider is called. Nothing happens while another does it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_ONE_AT_A_TIME])
        if cursor.fetchone()[0]:
            try:
                hold = Hold.objects.get(pk=hold_id)
                _reapply(hold)
                _reconcile(hold)
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_ONE_AT_A_TIME])
    return Hold.objects.get(pk=hold_id)


def catch_up_due() -> None:
    """As `catch_up`, for the last restore, as long as something of it is not done."""
    hold = selectors.newest_hold()
    if hold is not None and selectors.held() and not (hold.reapplied_at and hold.reconciled_at):
        catch_up(hold_id=hold.pk)


@transaction.atomic
def hold_if_rolled_back() -> Hold | None:
    """Hold a server that was rolled forward to an earlier moment: Postgres then counts a new timeline.

    Run before anything starts (`prepare_database`). The moment is that of the last thing in the trail.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT timeline_id FROM pg_control_checkpoint()")
        now_on = cursor.fetchone()[0]
    known, is_new = Timeline.objects.select_for_update().get_or_create(pk=1, defaults={"number": now_on})
    before, known.number = known.number, now_on
    known.save(update_fields=["number"])
    if is_new or now_on <= before or selectors.held():
        return None
    last = AuditEvent.objects.order_by("-pk").values_list("recorded_at", flat=True).first()
    return hold_from(known_until=last or timezone.now())


@transaction.atomic
def hold_from(*, known_until: datetime) -> Hold:
    """Hold everything, because this database knows nothing that came after `known_until`."""
    hold = Hold.objects.create(backup_made_at=known_until, restored_at=timezone.now())
    HoldStep.objects.bulk_create(HoldStep(hold=hold, step=step) for step in Step)
    audit.record(actor=RESTORER, action="backup.restored", target=hold)
    return hold


def _reapply(hold: Hold) -> None:
    counts = {"applied": hold.applied, "unmatched": hold.unmatched, "unreadable": 0, "failed": 0}
    for line in ledger.read(since=hold.backup_made_at - SLACK):
        if line is None:
            counts["unreadable"] += 1
        elif not LedgerLine.objects.filter(key=line.key).exists():
            counts[_do_again(line)] += 1
    for name, value in counts.items():
        setattr(hold, name, value)
    hold.reapplied_at = None if counts["failed"] else timezone.now()
    hold.save(update_fields=[*counts, "reapplied_at"])
    audit.record(actor=RESTORER, action="restore.reapplied", target=hold, fields=list(counts))


def _do_again(line: LedgerLine) -> str:
    """Which count the line belongs to. Line and deed commit together, so that it is done once."""
    again = reapplications().get(line.kind)
    if again is None:
        log.error("ledger_line_unknown", kind=line.kind)
        return "failed"
    try:
        with transaction.atomic():
            line.written_at = timezone.now()
            line.save(force_insert=True)
            return "applied" if again(line.ids) else "unmatched"
    except Exception as problem:
        log.error("ledger_line_failed", kind=line.kind, error=type(problem).__name__)
        return "failed"


def _reconcile(hold: Hold) -> None:
    try:
        for ask in reconcilers():
            answer = ask(hold.backup_made_at - SLACK, hold.pk)
            hold.found += answer.found
            hold.unclear = answer.unclear
    except Exception as problem:
        log.error("provider_not_reconciled", error=type(problem).__name__)
        return
    hold.reconciled_at = timezone.now()
    hold.save(update_fields=["found", "unclear", "reconciled_at"])
    audit.record(actor=RESTORER, action="restore.reconciled", target=hold, fields=["found", "unclear"])


@transaction.atomic
def ask_release(*, actor: Actor, step_id: int, reason: str) -> HoldStep:
    """Ask that one step be let go, saying what was checked. Raises `Refused`."""
    step = _locked(step_id)
    require(policies.may_ask(actor, step))
    step.asked_by_id, step.asked_at = actor.user_id, timezone.now()
    step.save(update_fields=["asked_by_id", "asked_at"])
    audit.record(actor=actor, action="hold.release_asked", target=step, fields=["asked_at"], reason=reason)
    return step


@transaction.atomic
def confirm_release(*, actor: Actor, step_id: int, reason: str) -> HoldStep:
    """Let one step go, as the second person. Raises `Refused`."""
    step = _locked(step_id)
    require(policies.may_confirm(actor, step))
    step.released_by_id, step.released_at = actor.user_id, timezone.now()
    step.save(update_fields=["released_by_id", "released_at"])
    audit.record(actor=actor, action="hold.released", target=step, fields=["released_at"], reason=reason)
    return step


@transaction.atomic
def withdraw_ask(*, actor: Actor, step_id: int) -> HoldStep:
    """Take the asking back, whoever asked: what is held stays held."""
    step = _locked(step_id)
    require(policies.may_see_holds(actor))
    if step.released_at is None:
        step.asked_by_id = step.asked_at = None
        step.save(update_fields=["asked_by_id", "asked_at"])
        audit.record(actor=actor, action="hold.release_withdrawn", target=step, fields=["asked_at"])
    return step


def _locked(step_id: int) -> HoldStep:
    HoldStep.objects.select_for_update(no_key=True).get(pk=step_id)
    return HoldStep.objects.select_related("hold").get(pk=step_id)
