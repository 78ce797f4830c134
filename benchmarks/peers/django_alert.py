"""The page of an alert as Django's own guides write one: `get_object_or_404`, related rows, a template."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from alerts.models import ChildRescueAlert
from alerts.public import pages
from foundation import access
from foundation.places.models import Area


@access.public
def alert(request: HttpRequest, token: str) -> HttpResponse:
    """What ours shows, looked up and rendered at each request."""
    rows = ChildRescueAlert.objects.select_related("incident").filter(is_rehearsal=False)
    found = get_object_or_404(rows, token=token)
    notice = found.notices.select_related("content").exclude(kind="cancel").order_by("-number").first()
    if found.status != "issued" or found.incident is None or not found.incident.is_open or notice is None:
        raise Http404
    content = notice.content
    words = {one.language: one for one in content.wordings.all()}
    given = {
        "one": content,
        "words": words["en"],
        "issued": pages.said_moment(found.issued_at or notice.sent_at, "en"),
        "seen": pages.said_moment(content.last_seen_at, "en") if content.last_seen_at else "",
        "areas": ", ".join(area.name for area in Area.objects.filter(pk__in=notice.area_ids)),
        "helpline": pages.HELPLINE,
        "list_href": "/alerts/",
        "page_address": request.build_absolute_uri(),
    }
    return render(request, "alerts_public/alert.html", given)
