"""Pages of cohort review."""

from django.urls import URLPattern

app_name = "cohorts"
urlpatterns: list[URLPattern] = []
