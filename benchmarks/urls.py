"""The staff site, and the peers' views beside it."""

from __future__ import annotations

from django.urls import path

from benchmarks.peers import bare_update, django_list, drf_incidents
from config.urls import handler400, handler403, handler404, handler500
from config.urls import urlpatterns as the_site

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [
    *the_site,
    path("peer/incidents/", drf_incidents.IncidentList.as_view()),
    path("peer/changes/", drf_incidents.ChangeList.as_view()),
    path("peer/list/", django_list.IncidentList.as_view()),
    path("peer/ready-made/", django_list.ready_made),
    path("peer/bare-update/", bare_update.save),
]
