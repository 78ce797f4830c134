"""A force's own web server: a feed of its appeals that anybody may read, and a page to take one out of it."""

from __future__ import annotations

import hashlib
import json
from xml.sax.saxutils import escape, quoteattr

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from foundation.access import public
from foundation.sandbox.enums import NetworkName
from foundation.sandbox.models import NetworkPost
from foundation.sandbox.networks.common import endpoint
from foundation.sandbox.pages import shown_page

NETWORK = NetworkName.FORCE
_WORDS = ("headline", "description", "clothing")


def _items() -> QuerySet[NetworkPost]:
    return NetworkPost.objects.filter(network=NETWORK).order_by("pk")


def _id(post: NetworkPost) -> str:
    return f"tag:{post.account}.example,2026:{post.key}"


def _entry(post: NetworkPost) -> str:
    """`text` holds the fields of the appeal as JSON, and the incident's reference."""
    fields: dict[str, str] = json.loads(post.text)
    plain = "".join(
        f"<h:{name}>{escape(value)}</h:{name}>"
        for name, value in fields.items()
        if name not in {"incident", *_WORDS}
    )
    words = "".join(f"<h:{name}>{escape(fields[name])}</h:{name}>" for name in _WORDS if name in fields)
    return (
        f"<entry><id>{escape(_id(post))}</id><title>Missing: {escape(fields['first_name'])}</title>"
        f"<updated>{post.posted_at.isoformat()}</updated>"
        f'<h:appeal xmlns:h="urn:harbour:appeal:1" incident={quoteattr(fields["incident"])}>'
        f'{plain}<h:words language="en">{words}</h:words></h:appeal></entry>'
    )


@endpoint(NETWORK)
def feed(request: HttpRequest, account: str) -> HttpResponse:
    """The feed, as Atom with tombstones."""
    posts = list(_items().filter(account=account))
    entries = "".join(_entry(post) for post in posts if post.deleted_at is None)
    gone = "".join(
        f"<at:deleted-entry ref={quoteattr(_id(post))} when={quoteattr(post.deleted_at.isoformat())}/>"
        for post in posts
        if post.deleted_at is not None
    )
    body = (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" '
        'xmlns:at="http://purl.org/atompub/tombstones/1.0"><title>Missing people</title>'
        f"{entries}{gone}</feed>"
    )
    etag = f'"{hashlib.sha256(body.encode()).hexdigest()[:32]}"'
    if request.headers.get("If-None-Match") == etag:
        return HttpResponse(status=304, headers={"ETag": etag})
    return HttpResponse(body, content_type="application/atom+xml; charset=utf-8", headers={"ETag": etag})


@public
@require_GET
def forces(request: HttpRequest) -> HttpResponse:
    """What is in the feeds of forces, and what was taken out."""
    rows = [{"post": post, "id": _id(post), "words": json.loads(post.text)} for post in _items()]
    return shown_page(request, "sandbox/forces.html", rows=rows)


@public
@require_POST
def turn(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an appeal out of the feed, or put it in again."""
    post = get_object_or_404(_items(), pk=pk)
    post.deleted_at = None if post.deleted_at else timezone.now()
    post.save(update_fields=["deleted_at"])
    return redirect("forces")
