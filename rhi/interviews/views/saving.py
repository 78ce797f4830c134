"""Where what is typed is sent, a question at a time: by the form at a desk and by the phone."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from foundation import access
from foundation.access import Refused
from foundation.accounts.enums import Role
from foundation.exceptions import Conflict, Invalid
from foundation.requests import actor_of
from missingcases.views.common import visible
from rhi.interviews import selectors, services
from rhi.interviews.form import QUESTIONS
from rhi.interviews.models import Answer
from rhi.interviews.services import Typed

_MOST_CODES = 60


@access.roles(Role.RHI_INTERVIEWER)
@require_POST
def answer(request: HttpRequest, reference: str) -> HttpResponse:
    """Save one question. 200 with its version, 409 with what else was saved, 422 with what is wrong."""
    actor = actor_of(request)
    try:
        typed = read(request.body)
    except (ValueError, KeyError, TypeError, AttributeError):
        visible(lambda: selectors.interview_named(actor, reference))
        return JsonResponse({"problem": "This could not be read."}, status=400)
    try:
        version = visible(lambda: services.save_answer(actor=actor, reference=reference, typed=typed))
    except Conflict as problem:
        return JsonResponse(plain(problem.theirs["answer"]), status=409)
    except Invalid as problem:
        return JsonResponse({"problem": " ".join(problem.problems.values())}, status=422)
    except Refused as problem:
        return JsonResponse({"problem": problem.refusal.message}, status=403)
    return JsonResponse({"version": version})


def read(body: bytes) -> Typed:
    """What was sent. Raises `ValueError` and its like for what is no answer."""
    sent = json.loads(body)
    codes = sent.get("codes") or []
    words, choice = sent.get("words") or "", sent.get("choice") or ""
    if not isinstance(codes, list) or len(codes) > _MOST_CODES or not all(isinstance(x, str) for x in codes):
        raise ValueError("codes")
    if not isinstance(words, str) or not isinstance(choice, str) or "\x00" in words:
        raise ValueError("words")
    return Typed(
        question=str(sent["question"])[:60],
        version=max(0, min(int(sent["version"]), 2**31 - 1)),
        choice=choice,
        words=words,
        codes=tuple(codes),
        change=UUID(sent["change"]) if sent.get("change") else None,
    )


def plain(row: Answer) -> dict[str, Any]:
    """A stored answer as the phone keeps it."""
    if row.question not in QUESTIONS:
        return {"version": row.version, "choice": "", "words": "", "codes": row.words.split()}
    return {"version": row.version, "choice": row.choice, "words": row.words, "codes": []}
