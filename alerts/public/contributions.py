"""What others are told of alerts: that one is in force, on every public page; and all of it, for channels."""

from __future__ import annotations

import itertools
import time
from functools import lru_cache

import structlog
from django.conf import settings
from django.db import DatabaseError, InterfaceError
from django.utils import timezone
from django.utils.safestring import SafeString

from alerts.enums import AlertStatus, NoticeKind
from alerts.models import ChildRescueAlert, Notice
from alerts.public import pages, selectors
from alerts.public.telling import told_from
from foundation.contributions import ToldAlert
from missingcases.enums import OPEN

log = structlog.get_logger(__name__)
_NOTHING = SafeString("")
# When this process asked, and what it heard.
_heard = (float("-inf"), False)


def announce(language: str) -> SafeString:
    """The banner while any alert is live. It names nobody, so it may be a second late (docs/adr/0103)."""
    return _banner(language) if _any_live() else _NOTHING


def told_alert(alert_id: int) -> ToldAlert | None:
    """What channels may know of an alert now: its newest notice's words, while it is out and no rehearsal."""
    out = ChildRescueAlert.objects.filter(
        pk=alert_id,
        is_rehearsal=False,
        status=AlertStatus.ISSUED,
        expires_at__gt=timezone.now(),
        incident__status__in=sorted(OPEN),
        incident__starts_held=False,
    ).first()
    notices = list(out.notices.select_related("content").order_by("-number")) if out else []
    if out is None or out.incident_id is None or not notices or notices[0].kind == NoticeKind.CANCEL:
        return None
    return told_from(
        out,
        notices[0].content,
        notices[0].area_ids,
        notice_id=_first_to_say_it(notices).pk,
        expires_at=out.expires_at or notices[0].expires_at,
    )


def _first_to_say_it(notices: list[Notice]) -> Notice:
    """Of notices, the newest first: the one since which nothing else was said. Going on for longer, or by one
    more channel, says nothing new.
    """
    newest = notices[0]
    same = itertools.takewhile(
        lambda one: one.content_id == newest.content_id and set(one.area_ids) == set(newest.area_ids), notices
    )
    return list(same)[-1]


def _any_live() -> bool:
    """Asked once a second at most: pages that others come to in thousands pay nothing for it."""
    global _heard  # noqa: PLW0603 - one answer a process
    asked_at, is_live = _heard
    now = time.monotonic()
    if now - asked_at < settings.ALERT_ANNOUNCED_EVERY:
        return is_live
    try:
        is_live = selectors.any_live()
    except (DatabaseError, InterfaceError) as error:
        # A page that needs no database is shown without it.
        log.warning("alerts_not_asked", error=type(error).__name__)
        is_live = False
    _heard = (now, is_live)
    return is_live


@lru_cache(maxsize=2)
def _banner(language: str) -> SafeString:
    return SafeString(pages.banner(language))
