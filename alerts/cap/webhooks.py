"""Where the national system posts to us: limits and signature first, stored as it came, then answered.

What it means is read by a worker, which verifies it again. What is refused leaves a log line without any
of its content.
"""

from __future__ import annotations

from collections.abc import Mapping

import structlog
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from alerts.cap import senders
from alerts.cap.doorkeeping import remember_sender, standing_of
from alerts.cap.services import keep_call
from alerts.cap.xml import signing
from alerts.cap.xml.reading import LARGEST_BYTES, Unreadable, opened, sender_of
from foundation.access import signed_machine

log = structlog.get_logger(__name__)


@csrf_exempt
@signed_machine
@require_POST
def take(request: HttpRequest) -> HttpResponse:
    """202 once it is stored; 413, 400 or 403 for what is too large, no CAP message, or not signed.

    429 before anything is read where its caller, or all strangers together, call too often.
    A message that we have already is stored and answered alike: whoever did not hear our answer sends again.
    """
    standing = standing_of(request)
    if standing.is_over:
        return _refused("too_many", status=429, headers=standing.headers())
    if _length(request) > LARGEST_BYTES:
        return _refused("too_large", status=413)
    data = request.body
    try:
        sender = sender_of(opened(data))
        signing.verified(data, senders.certificates_of(sender))
    except Unreadable as problem:
        return _refused(problem.code, status=413 if problem.code == "too_large" else 400)
    except signing.NotSigned:
        return _refused("not_signed", status=403)
    remember_sender(request)
    keep_call(body=data.decode("utf-8-sig"))
    return HttpResponse(status=202)


def _refused(code: str, *, status: int, headers: Mapping[str, str] | None = None) -> HttpResponse:
    log.warning("cap_call_refused", code=code)
    return HttpResponse(status=status, headers=headers)


def _length(request: HttpRequest) -> int:
    given = request.META.get("CONTENT_LENGTH") or "0"
    return int(given) if given.isdecimal() and len(given) < 12 else LARGEST_BYTES + 1
