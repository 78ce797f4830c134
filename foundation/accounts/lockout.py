"""Lock-out after wrong passwords: what `django-axes` asks us, and how an administrator lifts it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from axes.models import AccessAttempt
from axes.utils import reset
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone


def username_of(request: HttpRequest | None, credentials: Mapping[str, Any] | None) -> str:
    """The e-mail address tried, in lower case, whichever way it came."""
    given = credentials or {}
    found = given.get("email") or given.get("username") or (request and request.POST.get("login")) or ""
    return str(found).strip().lower()


def client_in_logs(*_: Any, **__: Any) -> str:
    """What stands for the visitor in log lines: nothing that names them."""
    return "a visitor"


def answer_locked_out(
    request: HttpRequest, response: HttpResponse | None = None, credentials: Any = None, *_: Any
) -> HttpResponse:
    """The page for somebody locked out. It is the same whether the account exists or not."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    page = {"minutes": minutes, "tries": settings.AXES_FAILURE_LIMIT}
    return render(request, "accounts/locked_out.html", page, status=429)


def locked_until(email: str) -> datetime | None:
    """Until when sign-in with that address is locked from somewhere, or None."""
    wait: timedelta = settings.AXES_COOLOFF_TIME
    latest = (
        AccessAttempt.objects.filter(
            username=email.lower(),
            failures_since_start__gte=settings.AXES_FAILURE_LIMIT,
            attempt_time__gt=timezone.now() - wait,
        )
        .order_by("-attempt_time")
        .first()
    )
    return latest.attempt_time + wait if latest else None


def lift(email: str) -> int:
    """Forget the wrong passwords given for that address; return how many records went."""
    return int(reset(username=email.lower()))
