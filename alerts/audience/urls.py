"""Addresses of the audience on the staff site."""

from django.urls import path

app_name = "audience"
urlpatterns: list[object] = []
