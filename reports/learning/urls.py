"""Pages of the learning review."""

from django.urls import URLPattern

app_name = "learning"
urlpatterns: list[URLPattern] = []
