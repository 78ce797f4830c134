"""Pages of the national return."""

from django.urls import URLPattern

app_name = "national"
urlpatterns: list[URLPattern] = []
