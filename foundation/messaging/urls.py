"""Addresses of the pages about messages."""

from django.urls import path

from foundation.messaging import views

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
    path("<slug:reference>/", views.message, name="message"),
    path("<slug:reference>/settle/", views.settle, name="settle"),
]
