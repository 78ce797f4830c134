"""Forms from the public site: kept encrypted by a role that reads none, applied by a worker, emptied."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

import structlog
from django.db import transaction
from django.utils import timezone

from alerts.audience import links
from alerts.audience.enums import Kind
from alerts.audience.models import PreferenceLink, Submission
from alerts.audience.services import asking, choosing, signing_up, systems, systems_kept
from alerts.audience.services.signing_up import WORKER
from foundation.access import Refused
from foundation.messaging.exceptions import InvalidAddress, NotDialable
from foundation.rounds import each
from foundation.tasks import send_or_leave

log = structlog.get_logger(__name__)
BATCH = 100
_UNFIT = (InvalidAddress, NotDialable, Refused, ValueError, KeyError, TypeError)


def take_form(*, form_key: UUID, kind: str, told: Mapping[str, Any]) -> Submission:
    """Keep one form; runs under the public site's role. Raises `IntegrityError` where it is kept already."""
    with transaction.atomic():
        row = Submission.objects.create(
            form_key=form_key,
            kind=Kind(kind),
            body=json.dumps(dict(told), ensure_ascii=False),
            received_at=timezone.now(),
        )
        transaction.on_commit(_kick)
    return row


def _kick() -> None:
    from alerts.audience import tasks

    send_or_leave(tasks.read_submissions, lane="normal")


def read_submissions() -> int:
    """Apply a batch of forms in the order they came, each in a transaction of its own; returns how many."""
    unread = Submission.objects.filter(processed_at__isnull=True).order_by("received_at", "pk")
    return each(unread.values_list("pk", flat=True)[:BATCH], _read)


@transaction.atomic
def _read(submission_id: int) -> int:
    rows = Submission.objects.select_for_update(skip_locked=True, no_key=True)
    row = rows.filter(pk=submission_id, processed_at__isnull=True).first()
    if row is None:
        return 0
    try:
        with transaction.atomic():
            done = _APPLY[Kind(row.kind)](row.form_key, json.loads(row.body))
        row.result = "done" if done else "nothing"
    except _UNFIT as error:
        log.info("audience_form_unfit", submission_id=row.pk, error=type(error).__name__)
        row.result = "unfit"
    row.body, row.processed_at = "", timezone.now()
    row.save(update_fields=["body", "processed_at", "result"])
    return 1


def _sign_up(form_key: UUID, told: dict[str, Any]) -> bool:
    names = ("channel", "to", "area_ids", "language", "consent")
    return signing_up.begin(form_key=form_key, **{name: told[name] for name in names}) is not None


def _confirm(_: UUID, told: dict[str, Any]) -> bool:
    return signing_up.confirm(token_hash=told["token_hash"]) is not None


def _ask_link(_: UUID, told: dict[str, Any]) -> bool:
    return asking.send_link(channel=told["channel"], to=told["to"]) is not None


def _change(_: UUID, told: dict[str, Any]) -> bool:
    whose = _holder(told)
    return bool(
        whose
        and choosing.set_choices(
            actor=WORKER, subscriber_id=whose, area_ids=told["area_ids"], language=told["language"]
        )
    )


def _pause(_: UUID, told: dict[str, Any]) -> bool:
    whose = _holder(told)
    return bool(whose and choosing.pause(actor=WORKER, subscriber_id=whose, days=int(told["days"])))


def _go_on(_: UUID, told: dict[str, Any]) -> bool:
    whose = _holder(told)
    return bool(whose and choosing.go_on(actor=WORKER, subscriber_id=whose))


def _leave(_: UUID, told: dict[str, Any]) -> bool:
    whose = links.leaver(told["leave_token"]) if "leave_token" in told else _holder(told)
    return bool(whose and choosing.leave(actor=WORKER, subscriber_ids=[whose]))


def _moved(_: UUID, told: dict[str, Any]) -> bool:
    return choosing.move_browser(actor=WORKER, old_endpoint=told["old"], to=told["to"])


def _system(_: UUID, told: dict[str, Any]) -> bool:
    names = ("name", "endpoint", "contact", "area_ids", "language", "consent")
    return systems.begin_system(**{name: told[name] for name in names}) is not None


def _system_ok(_: UUID, told: dict[str, Any]) -> bool:
    return systems.confirm_contact(token_hash=told["token_hash"], secret=told["secret"]) is not None


def _ask_system(_: UUID, told: dict[str, Any]) -> bool:
    return systems_kept.send_system_link(endpoint=told["endpoint"], contact=told["contact"])


def _new_secret(_: UUID, told: dict[str, Any]) -> bool:
    whose = _holder(told)
    return bool(whose and systems_kept.renew_secret(actor=WORKER, subscriber_id=whose, secret=told["secret"]))


def _holder(told: dict[str, Any]) -> int | None:
    """Whose choices a link changes; None where its time is over."""
    rows = PreferenceLink.objects.filter(token_hash=told["token_hash"], expires_at__gt=timezone.now())
    return rows.values_list("subscriber_id", flat=True).first()


_APPLY: dict[Kind, Callable[[UUID, dict[str, Any]], bool]] = {
    Kind.SIGN_UP: _sign_up,
    Kind.CONFIRM: _confirm,
    Kind.ASK_LINK: _ask_link,
    Kind.CHANGE: _change,
    Kind.PAUSE: _pause,
    Kind.GO_ON: _go_on,
    Kind.LEAVE: _leave,
    Kind.MOVED: _moved,
    Kind.SYSTEM: _system,
    Kind.SYSTEM_OK: _system_ok,
    Kind.ASK_SYSTEM: _ask_system,
    Kind.NEW_SECRET: _new_secret,
}
