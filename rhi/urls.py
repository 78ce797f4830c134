"""Addresses of Return Home Interviews. References only, never names."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "rhi"
urlpatterns: list[URLPattern] = []
