"""Addresses of the page of what is owed."""

from django.urls import path

from foundation.events import views

app_name = "events"
urlpatterns = [
    path("", views.owed, name="owed"),
    path("<int:owed_id>/try-again/", views.try_again, name="try_again"),
]
