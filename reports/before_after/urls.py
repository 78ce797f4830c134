"""Pages of the fair before and after."""

from django.urls import URLPattern

app_name = "before_after"
urlpatterns: list[URLPattern] = []
