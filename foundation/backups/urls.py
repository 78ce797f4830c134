"""Addresses of the pages about backups and what a restore holds back."""

from django.urls import path

from foundation.backups import views

app_name = "backups"
urlpatterns = [
    path("", views.hold, name="hold"),
    path("catch-up/", views.catch_up, name="catch_up"),
    path("<int:step_id>/", views.release, name="release"),
    path("<int:step_id>/withdraw/", views.withdraw, name="withdraw"),
]
