"""Where Twilio calls us: receipts and replies. Checked, stored as they came, answered; read afterwards.

The signature is checked over the public address from the settings and never over the Host header,
which the caller chooses. What is forged leaves a log line without any of its content, nothing else.
"""

from __future__ import annotations

from urllib.parse import parse_qs

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from twilio.request_validator import RequestValidator

from foundation.access import signed_machine
from foundation.messaging.enums import RawKind
from foundation.messaging.services.receipts import store_raw

log = structlog.get_logger(__name__)

# A text of ten segments with every field Twilio sends is under 8 kB.
LARGEST_BYTES = 64_000
# It has under forty fields.
MOST_FIELDS = 200
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
    """Store a genuine call; answer 413, 400 or 403 to others."""
    if _length(request) > LARGEST_BYTES:
        return _refused("twilio_call_too_large", kind, status=413)
    text = request.body.decode("utf-8", "replace")
    form = _form(text)
    if form is None:
        return _refused("twilio_call_unreadable", kind, status=400)
    if not _is_genuine(request, form):
        return _refused("twilio_call_forged", kind, status=403)
    store_raw(
        provider="twilio",
        kind=kind.value,
        query=request.META.get("QUERY_STRING", ""),
        body=text,
        signature_ok=True,
    )
    return None


def _refused(event: str, kind: RawKind, *, status: int) -> HttpResponse:
    log.warning(event, kind=kind.value)
    return HttpResponse(status=status)


def _length(request: HttpRequest) -> int:
    given = request.META.get("CONTENT_LENGTH") or "0"
    return int(given) if given.isdecimal() else LARGEST_BYTES + 1


class _Form(dict[str, list[str]]):
    """A posted form as the validator asks for it: all values of a field, as repeated ones are signed too."""

    getall = dict.__getitem__


def _form(text: str) -> _Form | None:
    """Read from the very text that is kept, so that what is kept was signed; None if it is no form."""
    try:
        return _Form(parse_qs(text, keep_blank_values=True, max_num_fields=MOST_FIELDS))
    except ValueError:
        return None


def _is_genuine(request: HttpRequest, form: _Form) -> bool:
    signature = request.META.get("HTTP_X_TWILIO_SIGNATURE")
    if not signature:
        return False
    address = f"{settings.PUBLIC_BASE_URL}{request.get_full_path()}"
    return any(
        _signed(RequestValidator(token), address, form, signature)
        for token in (settings.TWILIO_AUTH_TOKEN, settings.TWILIO_AUTH_TOKEN_OLD)
        if token
    )


def _signed(validator: RequestValidator, address: str, form: _Form, signature: str) -> bool:
    """Nearly always the address was signed as it stands; the library also tries other ports of it."""
    as_it_stands = validator.compute_signature(address, form)
    return constant_time_compare(as_it_stands, signature) or validator.validate(address, form, signature)
