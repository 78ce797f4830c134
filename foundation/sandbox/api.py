"""Twilio's Messages resource, as its official client speaks it (API version 2010-04-01)."""

from __future__ import annotations

import base64
import hmac
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import wraps
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.views.decorators.csrf import csrf_exempt

from foundation.access import signed_machine
from foundation.sandbox import services
from foundation.sandbox.cutting import cut
from foundation.sandbox.enums import FaultKind, Status
from foundation.sandbox.errors import ApiError
from foundation.sandbox.faults import Faults
from foundation.sandbox.models import Text

View = Callable[..., HttpResponse]


def _endpoint(view: View) -> View:
    """Basic authentication first, and refusals in Twilio's shape."""

    @wraps(view)
    def wrapped(request: HttpRequest, account_sid: str, **rest: str) -> HttpResponse:
        request.body  # noqa: B018  read whole, or closing the connection would reset it
        try:
            _authenticate(request, account_sid)
            return view(request, account_sid, **rest)
        except ApiError as error:
            answer = JsonResponse(error.as_json(), status=error.status)
            if error.status == 401:
                answer["WWW-Authenticate"] = 'Basic realm="Twilio API"'
            return answer

    return csrf_exempt(signed_machine(wrapped))


def _authenticate(request: HttpRequest, account_sid: str) -> None:
    expected = base64.b64encode(f"{settings.TWILIO_ACCOUNT_SID}:{settings.TWILIO_AUTH_TOKEN}".encode())
    given = request.headers.get("Authorization", "").removeprefix("Basic ").encode()
    if not hmac.compare_digest(given, expected):
        raise ApiError(20003)
    if account_sid != settings.TWILIO_ACCOUNT_SID:
        raise ApiError(20404)


@_endpoint
def messages(request: HttpRequest, account_sid: str) -> HttpResponse:
    """Create a message, or list them."""
    if request.method == "POST":
        return _create(request, account_sid)
    if request.method == "GET":
        return _list(request, account_sid)
    return HttpResponse(status=405)


def _create(request: HttpRequest, account_sid: str) -> HttpResponse:
    faults = Faults([request.POST.get("To", "")])
    if faults.take(FaultKind.CUT_BEFORE) is not None:
        cut(request)
    wait = faults.take(FaultKind.BUSY)
    if wait is not None:
        answer = JsonResponse(ApiError(20429).as_json(), status=429)
        answer["Retry-After"] = str(int(wait) or 1)
        return answer
    if faults.take(FaultKind.REFUSE) is not None:
        raise ApiError(21612)
    if faults.take(FaultKind.FAULT) is not None:
        raise ApiError(20500)
    text = services.accept(services.check(request.POST), account_sid=account_sid, faults=faults)
    late = faults.take(FaultKind.SLOW)
    if late is not None:
        time.sleep(late)
    if faults.take(FaultKind.CUT_AFTER) is not None:
        cut(request)
    if faults.take(FaultKind.FAULT_AFTER) is not None:
        raise ApiError(20500)
    return JsonResponse(as_json(text), status=201)


def _list(request: HttpRequest, account_sid: str) -> HttpResponse:
    if Faults([request.GET.get("To", "")]).take(FaultKind.LIST_DOWN) is not None:
        raise ApiError(20500)
    rows = _filtered(request, account_sid).order_by("-pk")
    size = _number(request.GET.get("PageSize", "50"), most=1000)
    page = _number(request.GET.get("Page", "0"), most=100_000, least=0)
    start = page * size
    found = list(rows[start : start + size + 1])
    shown = found[:size]

    def address(number: int) -> str:
        query = {**request.GET.dict(), "PageSize": size, "Page": number}
        return f"{request.path}?{urlencode(query)}"

    return JsonResponse(
        {
            "messages": [as_json(row) for row in shown],
            "start": start,
            "end": start + len(shown) - 1 if shown else 0,
            "page": page,
            "page_size": size,
            "uri": address(page),
            "first_page_uri": address(0),
            "next_page_uri": address(page + 1) if len(found) > size else None,
            "previous_page_uri": address(page - 1) if page else None,
        }
    )


def _filtered(request: HttpRequest, account_sid: str) -> QuerySet[Text]:
    rows = Text.objects.filter(account_sid=account_sid)
    if to := request.GET.get("To"):
        # What is redacted cannot be asked for by its whole number.
        rows = rows.filter(to=to).exclude(obfuscate_number=True, sent_at__isnull=False)
    if sender := request.GET.get("From"):
        rows = rows.filter(sender=sender)
    if after := request.GET.get("DateSent>"):
        rows = rows.filter(sent_at__gte=_moment(after))
    if before := request.GET.get("DateSent<"):
        rows = rows.filter(sent_at__lt=_moment(before) + timedelta(days=1))
    if on := request.GET.get("DateSent"):
        rows = rows.filter(sent_at__gte=_moment(on), sent_at__lt=_moment(on) + timedelta(days=1))
    return rows


def _moment(value: str) -> datetime:
    """Only the date counts, as at Twilio."""
    try:
        moment = parse_datetime(value)
        day = moment.date() if moment else parse_date(value)
    except ValueError:
        day = None
    if day is None:
        raise ApiError(20001)
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _number(value: str, *, most: int, least: int = 1) -> int:
    if not value.isdecimal():
        raise ApiError(20001)
    return max(least, min(int(value), most))


@_endpoint
def message(request: HttpRequest, account_sid: str, sid: str) -> HttpResponse:
    """Fetch, redact or delete one message."""
    text = Text.objects.filter(account_sid=account_sid, sid=sid).first()
    if text is None:
        raise ApiError(20404)
    if request.method == "GET":
        if Faults([text.to]).take(FaultKind.LIST_DOWN) is not None:
            raise ApiError(20500)
        return JsonResponse(as_json(text))
    if Status(text.progress).rank < 2:
        raise ApiError(20009)
    if request.method == "POST":
        if request.POST.get("Body") != "":
            raise ApiError(20001)
        text.discard_body = True
        text.updated_at = timezone.now()
        text.save(update_fields=["discard_body", "updated_at"])
        return JsonResponse(as_json(text))
    return HttpResponse(status=405)


def _rfc2822(moment: datetime | None) -> str | None:
    return format_datetime(moment.astimezone(UTC).replace(microsecond=0)) if moment else None


def as_json(text: Text) -> dict[str, object]:
    """A message in the shape Twilio gives it."""
    uri = f"/2010-04-01/Accounts/{text.account_sid}/Messages/{text.sid}"
    return {
        "account_sid": text.account_sid,
        "api_version": "2010-04-01",
        "body": text.shown_body,
        "date_created": _rfc2822(text.created_at),
        "date_sent": _rfc2822(text.sent_at),
        "date_updated": _rfc2822(text.updated_at),
        "direction": "inbound" if text.inbound else "outbound-api",
        "error_code": text.error_code,
        "error_message": None,
        "from": text.sender,
        "messaging_service_sid": text.service_sid or None,
        "num_media": "0",
        "num_segments": str(text.segments),
        "price": None,
        "price_unit": "GBP",
        "sid": text.sid,
        "status": text.progress,
        "subresource_uris": {"media": f"{uri}/Media.json"},
        "to": text.shown_to,
        "uri": f"{uri}.json",
    }
