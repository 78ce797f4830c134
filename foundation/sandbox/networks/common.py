"""What the stand-ins share: refusals, faults, and where posts are kept."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from foundation.access import signed_machine
from foundation.sandbox.cutting import cut
from foundation.sandbox.enums import FaultKind, NetworkName
from foundation.sandbox.faults import Faults
from foundation.sandbox.models import NetworkPost

View = Callable[..., HttpResponse]


class Refused(Exception):
    """An answer other than the wished one."""

    def __init__(self, code: int, **said: str) -> None:
        super().__init__(code)
        self.code = code
        self.said = said


def endpoint(network: NetworkName) -> Callable[[View], View]:
    """One address of a network: its refusals as JSON, and the faults that are asked for by its name."""

    def decorated(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, **rest: Any) -> HttpResponse:
            request.body  # noqa: B018  read whole, or closing the connection would reset it
            faults = Faults([network])
            try:
                if request.method == "GET" and faults.take(FaultKind.LIST_DOWN) is not None:
                    raise Refused(500, error="This server does not feel well")
                if request.method != "GET":
                    _before(request, faults)
                answer = view(request, **rest)
                if request.method != "GET":
                    _after(request, faults)
            except Refused as refused:
                answer = JsonResponse(refused.said, status=refused.code)
                if refused.code == 429:
                    answer["Retry-After"] = "1"
            return answer

        return csrf_exempt(signed_machine(wrapped))

    return decorated


def _before(request: HttpRequest, faults: Faults) -> None:
    if faults.take(FaultKind.CUT_BEFORE) is not None:
        cut(request)
    if faults.take(FaultKind.BUSY) is not None:
        raise Refused(429, error="Too many requests")
    if faults.take(FaultKind.REFUSE) is not None:
        raise Refused(400, error="Not that")
    if faults.take(FaultKind.FAULT) is not None:
        raise Refused(500, error="This server does not feel well")


def _after(request: HttpRequest, faults: Faults) -> None:
    late = faults.take(FaultKind.SLOW)
    if late is not None:
        time.sleep(late)
    if faults.take(FaultKind.CUT_AFTER) is not None:
        cut(request)
    if faults.take(FaultKind.FAULT_AFTER) is not None:
        raise Refused(500, error="This server does not feel well")


def told(request: HttpRequest) -> dict[str, Any]:
    """The body as a JSON object. Raises `Refused`."""
    try:
        found = json.loads(request.body or b"{}")
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise Refused(400, error="InvalidRequest", message="This is no JSON object.")
    return found


def take_down(network: NetworkName, account: str, key: str) -> None:
    """Delete a post; or, where that is to go wrong, say so and go on showing it."""
    if Faults([network]).take(FaultKind.POST_STAYS) is None:
        shown(network, account).filter(key=key).update(deleted_at=timezone.now())


def shown(network: NetworkName, account: str) -> Any:
    """What an account shows now."""
    return NetworkPost.objects.filter(network=network, account=account, deleted_at=None)
