"""Idempotency-Key: the same request sent again is answered as the first time, and does nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.http import HttpResponse
from rest_framework.request import Request

from foundation.clients.models import KeptAnswer
from foundation.fields import blind_index
from foundation.problems import Problem

_KEY = re.compile(r"[\x21-\x7e]{8,100}")


def key_of(request: Request) -> str:
    """The caller's key. Raises `Problem` without a usable one."""
    key: str = request.headers.get("Idempotency-Key", "")
    if not _KEY.fullmatch(key):
        raise Problem(
            400,
            "idempotency_key",
            "Send an Idempotency-Key of 8 to 100 characters, new for each thing you do.",
            errors={"Idempotency-Key": "Give 8 to 100 visible ASCII characters."},
        )
    return key


def answered_once(request: Request, run: Callable[[], tuple[int, Any]]) -> HttpResponse:
    """Run what changes something, or give the kept answer. One transaction: both stand or neither.

    A second request with the same key waits for the first to commit. What failed is not kept, so that it
    may be tried again with the same key.
    """
    key = blind_index(key_of(request), purpose="idempotency key")
    sent = json.dumps(request.data, sort_keys=True, cls=DjangoJSONEncoder)
    asked = blind_index(f"{request.method} {request.path}\n{sent}", purpose="idempotent request")
    with transaction.atomic():
        row, is_new = KeptAnswer.objects.get_or_create(
            client_id=request.auth.client_id, key=key, defaults={"asked": asked}
        )
        if not is_new:
            return _again(row, asked)
        status, body = run()
        row.status, row.answer = status, json.dumps(body, cls=DjangoJSONEncoder)
        row.save(update_fields=["status", "answer"])
    return _answer(row)


def _again(row: KeptAnswer, asked: str) -> HttpResponse:
    if row.asked != asked:
        raise Problem(
            422,
            "idempotency_key_reused",
            "This Idempotency-Key was used for another request. Use a new one.",
            errors={"Idempotency-Key": "Used already, with another body or address."},
        )
    answer = _answer(row)
    answer.headers["Idempotency-Replayed"] = "true"
    return answer


def _answer(row: KeptAnswer) -> HttpResponse:
    return HttpResponse(row.answer, status=row.status, content_type="application/json")
