"""Pages of blind matching."""

from django.urls import URLPattern

app_name = "blind"
urlpatterns: list[URLPattern] = []
