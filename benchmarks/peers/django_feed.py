"""A feed as guides of Django write one: its syndication framework over the ORM, answered conditionally."""

from __future__ import annotations

from datetime import datetime

from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import conditional_page

from appeals.addresses import page_address
from appeals.models import Outlet, Placement
from appeals.public.addresses import absolute, picture_path, signed_until
from appeals.public.outlets.reading import FEED_PICTURE, PAGE
from appeals.public.outlets.tokens import hash_of
from foundation import access
from missingcases.enums import OPEN


class MediaFeed(Feed):
    """What ours shows, looked up and written at each request."""

    feed_type = Atom1Feed
    title = "Missing people: appeals for media partners"
    link = "/outlets/feed.atom"

    def get_object(self, request: HttpRequest, token: str) -> Outlet:
        outlet = Outlet.objects.filter(token_hash=hash_of(token), is_active=True).first()
        if outlet is None:
            raise Http404
        return outlet

    def items(self, outlet: Outlet) -> QuerySet[Placement]:
        live = Placement.objects.filter(
            outlet=outlet, status="live", appeal__status="live", appeal__incident__status__in=OPEN
        )
        rows = live.exclude(appeal__incident__starts_held=True).select_related("appeal", "content")
        return rows.order_by("-change", "-pk")[:PAGE]

    def item_title(self, item: Placement) -> str:
        return str(item.shown["en"]["headline"])

    def item_description(self, item: Placement) -> str:
        shown = item.shown["en"]
        names = ("name", "description", "age", "missing_since", "area", "clothing", "helpline", "reference")
        return "\n".join(str(shown[name]) for name in names)

    def item_link(self, item: Placement) -> str:
        return page_address(item.appeal.token)

    def item_guid(self, item: Placement) -> str:
        return f"tag:harbour,2026:{item.reference}"

    def item_pubdate(self, item: Placement) -> datetime | None:
        return item.live_at

    def item_updateddate(self, item: Placement) -> datetime:
        return item.updated_at

    def item_enclosure_url(self, item: Placement) -> str:
        token = item.appeal.token
        return absolute(picture_path(token, FEED_PICTURE, "image/jpeg", signed_until(token)))

    item_enclosure_length = 1
    item_enclosure_mime_type = "image/jpeg"


media_feed = access.public(conditional_page(MediaFeed()))
