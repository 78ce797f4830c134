"""The public site, and the peer's page of an appeal beside its own."""

from __future__ import annotations

from django.urls import path

from benchmarks.peers import django_alert, django_appeal, django_feed
from config.public_urls import handler400, handler403, handler404, handler500
from config.public_urls import urlpatterns as the_site

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [
    *the_site,
    path("peer/alerts/<str:token>/", django_alert.alert),
    path("peer/appeals/<str:token>/", django_appeal.appeal),
    path("peer/feed/<str:token>", django_feed.media_feed),
]
