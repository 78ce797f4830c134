"""Where Twilio calls us: receipts and replies. Checked, stored as they came, answered; read afterwards.

The signature is checked over the public address from the settings and never over the Host header,
which the caller chooses. What is forged leaves a log line without any of its content, nothing else.
"""

from __future__ import annotations

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from twilio.request_validator import RequestValidator

from foundation.access import signed_machine
from foundation.messaging.enums import RawKind
from foundation.messaging.services.receipts import store_raw

log = structlog.get_logger(__name__)

# A text of ten segments with every field Twilio sends is under 8 kB.
LARGEST_BYTES = 64_000
# "Nothing to say": Twilio would otherwise send what we answer to the phone.
EMPTY_TWIML = '<?xml version="1.0" encoding="UTF-8"?><Response/>'


@csrf_exempt
@signed_machine
@require_POST
def twilio_status(request: HttpRequest) -> HttpResponse:
    """A receipt for a text of ours; `?m=` is the message's reference, covered by the signature."""
    return _take(request, RawKind.STATUS) or HttpResponse(status=204)


@csrf_exempt
@signed_machine
@require_POST
def twilio_inbound(request: HttpRequest) -> HttpResponse:
    """A text somebody sent to one of our numbers."""
    return _take(request, RawKind.INBOUND) or HttpResponse(EMPTY_TWIML, content_type="text/xml")


def _take(request: HttpRequest, kind: RawKind) -> HttpResponse | None:
    """Store a genuine call; answer 413 or 403 to others."""
    if _length(request) > LARGEST_BYTES:
        log.warning("twilio_call_too_large", kind=kind.value)
        return HttpResponse(status=413)
    body = request.body  # before POST, so that it can be kept as it came
    if not _is_genuine(request):
        log.warning("twilio_call_forged", kind=kind.value)
        return HttpResponse(status=403)
    store_raw(
        provider="twilio",
        kind=kind.value,
        query=request.META.get("QUERY_STRING", ""),
        body=body.decode("utf-8", "replace"),
        signature_ok=True,
    )
    return None


def _length(request: HttpRequest) -> int:
    given = request.headers.get("Content-Length") or "0"
    return int(given) if given.isdecimal() else LARGEST_BYTES + 1


def _is_genuine(request: HttpRequest) -> bool:
    signature = request.headers.get("X-Twilio-Signature")
    if not signature:
        return False
    address = f"{settings.PUBLIC_BASE_URL}{request.get_full_path()}"
    # The QueryDict itself: a plain dict would drop repeated fields, which are signed.
    return any(
        RequestValidator(token).validate(address, request.POST, signature)
        for token in (settings.TWILIO_AUTH_TOKEN, settings.TWILIO_AUTH_TOKEN_OLD)
        if token
    )
