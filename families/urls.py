"""Addresses of family support. References only, never names or numbers."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "families"
urlpatterns: list[URLPattern] = []
