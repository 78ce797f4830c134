"""What each public channel would show, by the functions that show it: the same for everybody in the room."""

from __future__ import annotations

import io
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET

from alerts import selectors
from alerts.deadlines import expires_at
from alerts.enums import Language
from alerts.models import AlertContent, ChildRescueAlert
from alerts.public.previews import page_of
from alerts.public.telling import NONE, told_from
from alerts.selectors import alert_for
from alerts.views.common import at, hearers
from foundation.channel_previews import alert_drawing, alert_previews
from foundation.contributions import ToldAlert
from foundation.files.serving import sent
from foundation.requests import actor_of
from foundation.ui.frames import FRAME_POLICY
from missingcases.views.common import visible


def channels_of(alert: ChildRescueAlert, content: AlertContent | None) -> dict[str, Any]:
    """The public page in each language, then everything that channels would show."""
    area_ids = selectors.area_ids_of(alert)
    if content is None or not area_ids:
        return {"pages": [], "channels": []}
    written = set(content.wordings.values_list("language", flat=True))
    return {
        "pages": [
            {"label": f"Our public page, {one.label}", "href": at("page_preview", alert, one.value)}
            for one in Language
            if one.value in written
        ],
        "channels": [
            {"one": one, "picture": at("drawing", alert, one.key) if one.is_drawn else ""}
            for one in alert_previews(_told(alert, content, area_ids))
        ],
    }


def _told(alert: ChildRescueAlert, content: AlertContent, area_ids: list[int]) -> ToldAlert:
    expires = alert.expires_at or expires_at(timezone.now())
    return told_from(alert, content, area_ids, notice_id=NONE, expires_at=expires)


def _written(request: HttpRequest, reference: str) -> tuple[ChildRescueAlert, AlertContent, list[int]]:
    """The alert, its newest version and its areas; 404 where one is missing. The room is audited."""
    actor = actor_of(request)
    alert = visible(lambda: alert_for(actor, reference))
    content, area_ids = selectors.newest_content(alert), selectors.area_ids_of(alert)
    if content is None or not area_ids:
        raise Http404
    return alert, content, area_ids


@hearers
@never_cache
@xframe_options_sameorigin
@require_GET
def page(request: HttpRequest, reference: str, language: str) -> HttpResponse:
    """The public page, to stand in a frame of the room."""
    alert, content, area_ids = _written(request, reference)
    try:
        answer = HttpResponse(page_of(alert, content, area_ids, language))
    except KeyError:
        raise Http404 from None
    answer["Content-Security-Policy"] = FRAME_POLICY
    return answer


@hearers
@never_cache
@require_GET
def drawing(request: HttpRequest, reference: str, key: str) -> HttpResponseBase:
    """A picture as a billboard would get it, drawn now."""
    alert, content, area_ids = _written(request, reference)
    try:
        data = alert_drawing(_told(alert, content, area_ids), key)
    except KeyError:
        raise Http404 from None
    return sent(io.BytesIO(data), content_type="image/png")
