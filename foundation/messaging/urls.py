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
    path("<slug:reference>/", views.message, name="message"),
    path("<slug:reference>/settle/", views.settle, name="settle"),
]
