"""Celery: one queue a lane, so that an alert never waits behind bulk. Payloads are ids only."""

import os
from typing import Any

from celery import Celery
from celery.schedules import crontab
from celery.signals import celeryd_after_setup, setup_logging
from django.conf import settings
from kombu import Queue

from config import kept_connections, request_ids  # noqa: F401 - they connect their signals

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

# Highest first. Each has a worker process of its own (docker-compose.yml, launcher).
LANES = ("alert", "urgent", "normal", "bulk")

app = Celery("harbour")
app.conf.update(
    broker_url=settings.REDIS_URL,
    broker_transport="config.broker:Transport",
    task_queues=[Queue(lane) for lane in LANES],
    task_default_queue="normal",
    task_ignore_result=True,
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=1,
    task_serializer="json",
    accept_content=["json"],
    timezone="UTC",
    enable_utc=True,
    broker_connection_retry_on_startup=True,
    broker_transport_options={
        "visibility_timeout": 300,
        "unacked_restore_interval": 1,
        "unacked_restore_throttle": 1,
        "socket_timeout": 5,
        "socket_connect_timeout": 2,
        "health_check_interval": 10,
    },
)


# Celery knows this one by its old name alone.
app.conf.update({"CELERY_DB_REUSE_MAX": kept_connections.NEVER})


def _every(seconds: float, task: str, *args: int, lane: str) -> dict[str, object]:
    """A sweep that nobody runs late: where its lane is behind, an old one is dropped for a newer."""
    options = {"queue": lane, "expires": seconds * 2}
    return {"task": task, "schedule": seconds, "args": args, "options": options}


def _nightly(at: str, task: str, *, lane: str) -> dict[str, object]:
    """Once a night at that time (UTC), however late its lane comes to it."""
    hour, _, minute = at.partition(":")
    return {"task": task, "schedule": crontab(hour=hour, minute=minute), "options": {"queue": lane}}


app.conf.beat_schedule = {
    "escalate what is late": _every(60.0, "missingcases.escalate", lane="urgent"),
    "watch how long people are missing": _every(600.0, "missingcases.watch_lengths", lane="normal"),
    "go on with interrupted imports": _every(30.0, "imports.resume", lane="bulk"),
    "let go the texts that time has made due": _every(10.0, "textsafe.release_due", lane="urgent"),
    "erase what machinery erases, past every legal hold": _every(3600.0, "retention.erase_due", lane="bulk"),
    # A look lost with its worker is made again the next night: it decides nothing by itself.
    # A proof lost with its worker is made the next night; the status page says how old the last is.
    "prove that figures are what is there": _nightly("3:40", "reports.prove", lane="bulk"),
    "look for records of one person twice": _nightly("2:20", "merging.look_everywhere", lane="bulk"),
    "seal the audit trail": _every(60.0, "audit.seal", lane="normal"),
    "fold what figures count": _every(10.0, "reports.fold", lane="bulk"),
    "escalate what nobody acknowledged": _every(15.0, "desk.escalate", lane="urgent"),
    "pay what is owed": _every(5.0, "events.sweep_owed", lane="urgent"),
    "send what is due, alerts": _every(2.0, "messaging.sweep_lane", 0, lane="alert"),
    "send what is due, urgent": _every(3.0, "messaging.sweep_lane", 1, lane="urgent"),
    "send what is due, normal": _every(5.0, "messaging.sweep_lane", 2, lane="normal"),
    "send what is due, bulk": _every(10.0, "messaging.sweep_lane", 3, lane="bulk"),
    "send alerts to many": _every(2.0, "messaging.sweep_broadcasts", 0, lane="alert"),
    "send bulk to many": _every(5.0, "messaging.sweep_broadcasts", 3, lane="bulk"),
    "read what came in": _every(3.0, "messaging.read_callbacks", lane="normal"),
    "ask for replies that were missed": _every(300.0, "messaging.take_missed", lane="normal"),
    "tell owners how messages fared": _every(2.0, "messaging.tell_owners", lane="urgent"),
    "have addresses forgotten that are gone": _every(20.0, "messaging.tell_gone", lane="normal"),
    "have the provider forget": _every(6 * 3600.0, "messaging.redact_at_provider", lane="bulk"),
    "end deliveries never heard of": _every(3600.0, "messaging.expire_deliveries", lane="bulk"),
    "take away what expired releases showed": _every(60.0, "missingcases.tidy_releases", lane="normal"),
    "scan what was uploaded": _every(20.0, "missingcases.scan_files", lane="bulk"),
    "catch up after a restore": _every(60.0, "backups.catch_up_due", lane="normal"),
    "copy out the ledger": _every(30.0, "backups.copy_ledger", lane="urgent"),
    "forget what providers called about": _every(3600.0, "messaging.forget_calls", lane="bulk"),
    "forget webhooks long delivered": _every(3600.0, "hooks.forget_old", lane="bulk"),
    "delete files long imported": _every(3600.0, "imports.forget_files", lane="bulk"),
    "call for intelligence that waits": _every(30.0, "intelligence.call_for_reports", lane="urgent"),
    "go on with interrupted exports": _every(30.0, "search.resume", lane="bulk"),
    "delete files taken along": _every(3600.0, "search.forget_files", lane="bulk"),
    "go on with whether interviews help": _every(30.0, "before_after.resume", lane="bulk"),
    "go on with retention runs": _every(30.0, "retention.resume", lane="bulk"),
    "go on with requests for what is held": _every(30.0, "subject_access.resume", lane="bulk"),
    "wipe what was given to who asked": _every(3600.0, "subject_access.wipe", lane="bulk"),
    "throw away ended sessions": _every(3600.0, "accounts.clear_expired", lane="bulk"),
    "say what is behind": _every(30.0, "config.keep_standing", lane="urgent"),
    "throw away kept answers of the API": _every(3600.0, "clients.clear_expired", lane="bulk"),
    "tell systems how texts stand": _every(10.0, "textsafe.tell_systems", lane="normal"),
    "publish appeals whose time has come": _every(10.0, "appeals.publish_due", lane="urgent"),
    "read what the public sent": _every(10.0, "appeals.read_submissions", lane="urgent"),
    "read what was said in confidence": _every(10.0, "say_something.read_submissions", lane="urgent"),
    "forget what was said in confidence": _every(3600.0, "say_something.forget_words", lane="bulk"),
    "read what the national system sent": _every(10.0, "cap.read_arrivals", lane="urgent"),
    "take in who signed up to alerts": _every(10.0, "audience.read_submissions", lane="normal"),
    "ask systems that were signed up to alerts": _every(20.0, "audience.ask_systems", lane="normal"),
    "let those who paused or stopped alerts be": _every(30.0, "audience.keep_up", lane="urgent"),
    "forget who left alerts, and count": _every(3600.0, "audience.forget", lane="bulk"),
    "go on with partners' lists": _every(30.0, "audience.resume", lane="bulk"),
    "part answers from their links": _every(10.0, "voice.read_submissions", lane="normal"),
    "end links whose time is over": _every(3600.0, "voice.end_due", lane="bulk"),
    "call for sightings that wait": _every(5.0, "appeals.call_for_sightings", lane="urgent"),
    "miss billboard players": _every(60.0, "appeals.watch_players", lane="normal"),
    "read what outlets told us": _every(10.0, "appeals.read_outlet_reports", lane="urgent"),
    "make public pages that are missing": _every(30.0, "appeals.make_due_pages", lane="bulk"),
    "publish what outlets did not take": _every(5.0, "appeals.send_due", lane="urgent"),
    "tell outlets, and chase them": _every(2.0, "appeals.tell_due", lane="urgent"),
    "take appeals off outlets that are off": _every(60.0, "appeals.take_off_switched_off", lane="urgent"),
    "ask whether appeals shall go on": _every(300.0, "appeals.ask_before_expiry", lane="normal"),
    "withdraw appeals whose time is over": _every(10.0, "appeals.lapse_due", lane="urgent"),
    "read the feeds of forces": _every(60.0, "appeals.read_force_feeds", lane="bulk"),
    "look for the helpline on pages of forces": _every(300.0, "appeals.check_fragments", lane="bulk"),
    "propose appeals for the day": _every(600.0, "appeals.propose_for_the_day", lane="normal"),
    "end alerts whose time is over": _every(10.0, "alerts.expire_due", lane="alert"),
    "forget to whom ended alerts went": _every(600.0, "alerts.forget_addresses", lane="bulk"),
    "tell those reached that an alert is over": _every(2.0, "alerts.let_ends_go", lane="alert"),
    "tell systems how interviews stand": _every(10.0, "rhi.tell_systems", lane="normal"),
    "chase partners that do not answer": _every(60.0, "partners.chase", lane="normal"),
    "renew links that partners work by": _every(3600.0, "partners.renew_links", lane="normal"),
    "write of concerns that are overdue": _every(300.0, "partners.tell_overdue_concerns", lane="urgent"),
    "call for workers who were not heard of": _every(5.0, "rhi.call_for_visits", lane="urgent"),
    "call for family workers who were not heard of": _every(5.0, "families.call_for_visits", lane="urgent"),
    "withdraw possible matches that nobody looked at": _every(
        3600.0, "partners.tidy_blind_matching", lane="bulk"
    ),
    "look after messages": _every(10.0, "messaging.look_after", lane="normal"),
}
app.autodiscover_tasks()


# How much less of a processor a worker of bulk alone claims: the others come first where there is too little.
GIVES_WAY = 15


@celeryd_after_setup.connect
def give_way(instance: Any, **_: object) -> None:
    """Let a worker that serves only the bulk lane give way to web servers and the other lanes."""
    if set(instance.app.amqp.queues.consume_from) == {"bulk"}:
        os.nice(GIVES_WAY)


@setup_logging.connect
def keep_our_logging(**_: object) -> None:
    """Celery's own would print what an exception says, and with it a row or a number; see config.logs."""
