"""The form on a phone: an empty page that works without network, and where it asks and fetches.

The page and its worker hold nothing of anybody: they are the same for every interviewer. What is filled in
lies encrypted in the phone's own store (docs/security.md).
"""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from foundation import access
from foundation.access import Refused
from foundation.accounts.enums import Role
from foundation.requests import actor_of
from missingcases.views.common import go, visible
from rhi.interviews import selectors, services
from rhi.interviews.deadlines import LEASE, ON_PHONE
from rhi.interviews.enums import AgeBand
from rhi.interviews.form import SECTIONS
from rhi.interviews.services import Standing
from rhi.interviews.views.common import at, opened
from rhi.interviews.views.saving import plain
from rhi.states import WORKERS

# What the page loads by its own name, and what its scripts load of each other.
_LINKED = (
    "build/harbour.css",
    "css/interview.css",
    "images/harbour.svg",
    "build/components.js",
    "js/early.js",
    "js/app.js",
    "js/clocks.js",
    "js/interview/phone.js",
)
_MODULES = tuple(
    f"js/interview/{name}.js"
    for name in ("draft", "fields", "keys", "passkey", "screens", "sending", "store")
)


@access.roles(Role.RHI_INTERVIEWER)
@require_GET
def shell(request: HttpRequest) -> HttpResponse:
    """The empty form. Rendered without the request, so that no name of anybody can stand in it."""
    answer = HttpResponse(_shell())
    patch_cache_control(answer, no_cache=True)
    return answer


def _shell() -> str:
    sections = [(one, selectors.themes_of(one) if one.coded else []) for one in SECTIONS]
    context = {
        "sections": sections,
        "bands": AgeBand.choices,
        "cookie": settings.CSRF_COOKIE_NAME,
        "standing_url": reverse("interviews:standing"),
        "worker_url": reverse("interviews:worker"),
        "lease_hours": int(LEASE.total_seconds() // 3600),
        "kept_hours": int(ON_PHONE.total_seconds() // 3600),
    }
    return render_to_string("interviews/phone.html", context)


@access.roles(Role.RHI_INTERVIEWER)
@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """The worker, with what it is to keep. A change in any of it makes it a new worker."""
    page = reverse("interviews:phone")
    kept = [page, *map(static, _LINKED), *(f"{settings.STATIC_URL}{name}" for name in _MODULES)]
    made = sha256(_shell().encode())
    for name in (*_LINKED, *_MODULES):
        made.update(_source(name))
    script = (
        f"const VERSION = {json.dumps(made.hexdigest()[:16])};\nconst PAGE = {json.dumps(page)};\n"
        f"const KEPT = {json.dumps(kept)};\n{_source('js/interview/worker.js').decode()}"
    )
    answer = HttpResponse(script, content_type="text/javascript; charset=utf-8")
    patch_cache_control(answer, no_cache=True)
    return answer


def _source(name: str) -> bytes:
    found = finders.find(name)
    if not isinstance(found, str):
        raise FileNotFoundError(name)
    return Path(found).read_bytes()


@access.roles(Role.RHI_INTERVIEWER)
@require_POST
def take(request: HttpRequest, reference: str) -> HttpResponse:
    """All that the phone needs of one interview: answers with versions, and how long it may hold them."""
    actor = actor_of(request)
    try:
        interview, token, stands = visible(lambda: services.take_to_phone(actor=actor, reference=reference))
    except Refused as problem:
        return JsonResponse({"problem": problem.refusal.message}, status=403)
    answers = {key: plain(row) for key, row in selectors.answers_of(interview).items()}
    told = {
        "reference": interview.reference,
        "owner": sha256(f"{settings.SECRET_KEY}:phone:{actor.user_id}".encode()).hexdigest(),
        "band": interview.age_band,
        "token": token,
        "answers": answers,
        "send": at(interview, "answer"),
        "finish": at(interview),
        **_times(stands),
    }
    return _unkept(JsonResponse(told))


@csrf_exempt
@access.signed_machine
@require_POST
def standing(request: HttpRequest) -> HttpResponse:
    """Whether the phone that holds this token may still hold its copy: 410 tells it to wipe it.

    The token is the proof, not a session: one that ended by itself overnight is no reason to wipe anything.
    """
    try:
        token = json.loads(request.body)["token"]
    except (ValueError, KeyError, TypeError):
        return HttpResponse(status=400)
    found = services.standing(str(token)[:100])
    return HttpResponse(status=410) if found is None else _unkept(JsonResponse(_times(found)))


@access.roles(WORKERS)
@require_POST
def lost(request: HttpRequest, reference: str) -> HttpResponse:
    """A phone was lost: whichever holds this interview wipes it when it next asks."""
    actor, interview = opened(request, reference)
    services.end_copy(actor=actor, reference=reference)
    return go(request, at(interview), said="Every phone that holds it wipes it when it next asks.")


def _times(stands: Standing) -> dict[str, str]:
    return {"opens_until": stands.opens_until.isoformat(), "expires_at": stands.expires_at.isoformat()}


def _unkept(answer: JsonResponse) -> JsonResponse:
    patch_cache_control(answer, no_store=True)
    return answer
