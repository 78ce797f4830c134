"""The thread that takes texts through their steps and tells of them in signed callbacks."""

from __future__ import annotations

import logging
import threading
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import requests
from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection, transaction
from django.utils import timezone
from twilio.request_validator import RequestValidator

from foundation.sandbox.enums import Status
from foundation.sandbox.models import Step, Text
from foundation.sandbox.services import ARRIVED, opt_out_type

log = logging.getLogger(__name__)

_BATCH = 100
_POSTS_AT_ONCE = 8
_LEASE = timedelta(seconds=30)
_ATTEMPTS = 3
_CALLBACK_TIMEOUT = 15


class Postman(threading.Thread):
    """Reads due steps from the table, so that a killed provider goes on where it was."""

    def __init__(self, *, every_seconds: float = 0.1, seldom_seconds: float = 0.5) -> None:
        super().__init__(name="sandbox-postman", daemon=True)
        self._seldom = seldom_seconds
        self._every = every_seconds
        self._stopping = threading.Event()

    def stop(self) -> None:
        """Finish the round in hand and end."""
        self._stopping.set()
        ARRIVED.set()
        self.join(timeout=_CALLBACK_TIMEOUT + 5)

    def run(self) -> None:
        """Round after round until `stop`, fewer with nothing due; a database that is away is waited for."""
        pause = self._every
        with ThreadPoolExecutor(_POSTS_AT_ONCE) as pool:
            while not self._stopping.is_set():
                try:
                    busy = deliver_due(pool)
                except DatabaseError as error:
                    log.warning("sandbox: the database is away (%s)", type(error).__name__)
                    close_old_connections()
                    busy = False
                if busy:
                    pause = self._every
                elif ARRIVED.wait(pause):
                    ARRIVED.clear()
                    pause = self._every
                else:
                    pause = min(2 * pause, self._seldom)
        connection.close()


def deliver_due(pool: ThreadPoolExecutor) -> bool:
    """One round: take what is due, tell of it, note the answers. Returns whether anything was due."""
    by_text: dict[int, list[Step]] = defaultdict(list)
    for step in _take_due():
        by_text[step.text_id].append(step)
    # Texts side by side, the steps of one text one after the other.
    for told in pool.map(_tell_all, by_text.values()):
        for step, answered in told:
            _settle(step, answered)
    return bool(by_text)


def _tell_all(steps: list[Step]) -> list[tuple[Step, int | None]]:
    return [(step, _tell(step)) for step in steps]


@transaction.atomic
def _take_due() -> list[Step]:
    now = timezone.now()
    steps = list(
        Step.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("text")
        .filter(done_at=None, due_at__lte=now)
        .order_by("due_at", "pk")[:_BATCH]
    )
    for step in steps:
        _advance(step)
    Step.objects.filter(pk__in=[step.pk for step in steps]).update(due_at=now + _LEASE)
    return steps


def _advance(step: Step) -> None:
    text, status = step.text, Status(step.progress)
    # All read afresh: two steps of one text may be due in one round, a later one before one told again.
    fresh = Text.objects.values_list("progress", "error_code", "sent_at").get(pk=text.pk)
    text.progress, text.error_code, text.sent_at = fresh
    now = timezone.now()
    if status is not Status.QUEUED and text.sent_at is None:
        text.sent_at = now
    if status.rank > Status(text.progress).rank:
        text.progress, text.error_code = status, step.error_code
    text.updated_at = now
    text.save(update_fields=["progress", "error_code", "sent_at", "updated_at"])


def _settle(step: Step, answered: int | None) -> None:
    """Note the answer; where nobody answered, try again soon and not for ever."""
    step.attempts += 1
    step.answered = answered
    if answered == 0 and step.attempts < _ATTEMPTS:
        step.due_at = timezone.now() + timedelta(seconds=settings.SANDBOX_RETRY * 2 ** (step.attempts - 1))
    else:
        step.done_at = timezone.now()
    step.save(update_fields=["attempts", "answered", "due_at", "done_at"])


def _tell(step: Step) -> int | None:
    """Post the callback as often as planned. The HTTP status, 0 where nobody answered, None if none."""
    if not step.text.callback_url:
        return None
    answered: int | None = None
    for _ in range(step.copies):
        answered = _post(step.text.callback_url, parameters(step), forged=step.forged)
    return answered


def _post(url: str, given: dict[str, str], *, forged: bool) -> int:
    token = "somebody else's key" if forged else settings.TWILIO_AUTH_TOKEN
    signature = RequestValidator(token).compute_signature(url, given)
    headers = {"X-Twilio-Signature": signature, "User-Agent": "TwilioProxy/1.1"}
    try:
        with requests.Session() as session:
            session.trust_env = False  # a machine's proxy does not lead to its neighbour
            answer = session.post(url, data=given, headers=headers, timeout=_CALLBACK_TIMEOUT)
    except requests.RequestException:
        return 0
    return answer.status_code


def parameters(step: Step) -> dict[str, str]:
    """The form fields of a callback, as Twilio names them."""
    text = step.text
    given = {
        "AccountSid": text.account_sid,
        "ApiVersion": "2010-04-01",
        "From": text.sender,
        "To": text.shown_to,
        "MessageSid": text.sid,
        "SmsSid": text.sid,
        "SmsStatus": step.progress,
    }
    if text.service_sid:
        given["MessagingServiceSid"] = text.service_sid
    if text.inbound:
        return given | _inbound(text)
    given["MessageStatus"] = step.progress
    if step.error_code:
        given["ErrorCode"] = str(step.error_code)
    if step.progress == Status.DELIVERED:
        given["RawDlrDoneDate"] = timezone.now().strftime("%y%m%d%H%M")
    return given


def _inbound(text: Text) -> dict[str, str]:
    given = {
        "Body": text.body,
        "NumMedia": "0",
        "NumSegments": str(text.segments),
        "SmsMessageSid": text.sid,
        **{f"{end}{part}": "" for end in ("From", "To") for part in ("City", "State", "Zip")},
        "FromCountry": "GB",
        "ToCountry": "GB",
    }
    kind = opt_out_type(text.body)
    return given | ({"OptOutType": kind} if kind else {})
