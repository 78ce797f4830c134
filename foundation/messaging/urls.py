"""Addresses of the pages about messages."""

from django.urls import path

from foundation.messaging import line_views, views

app_name = "messaging"
urlpatterns = [
    path("", views.log, name="log"),
    path("unknown/", views.unknown, name="unknown"),
    path("switches/", views.switches, name="switches"),
    path("switches/<slug:name>/stop/", views.stop, name="stop"),
    path("switches/<slug:name>/start/", views.start, name="start"),
    path("not-handed-over/", views.not_taken, name="not_taken"),
    path("not-handed-over/again/", views.hand_over, name="hand_over"),
    path("limits/", views.limits, name="limits"),
    path("limits/set/", views.limit_set, name="limit_set"),
    path("limits/<int:limit_id>/remove/", views.limit_remove, name="limit_remove"),
    path("lines/", line_views.lines, name="lines"),
    path("lines/add/", line_views.line_save, name="line_add"),
    path("lines/<int:line_id>/", line_views.line_save, name="line_change"),
    path("<slug:reference>/", views.message, name="message"),
    path("<slug:reference>/settle/", views.settle, name="settle"),
]
