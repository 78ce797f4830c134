"""Addresses of releases, whatever they are of. References alone stand in them."""

from django.urls import path

from missingcases.views import release_pages as views

app_name = "releases"
urlpatterns = [
    path("", views.received, name="received"),
    path("sent/", views.sent, name="sent"),
    path("outside/", views.outside, name="outside"),
    path("<str:release_reference>/", views.release, name="release"),
    path("<str:release_reference>/acknowledge/", views.acknowledge, name="acknowledge"),
    path("<str:release_reference>/decide/", views.decide, name="decide"),
    path("<str:release_reference>/take-back/", views.revoke, name="revoke"),
]
