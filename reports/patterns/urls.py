"""The page of patterns."""

from django.urls import URLPattern, path

from reports.patterns import views

app_name = "patterns"
urlpatterns: list[URLPattern] = [path("", views.overview, name="overview")]
