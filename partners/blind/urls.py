"""Addresses of blind matching. References alone stand in them."""

from django.urls import path

from partners.blind import views

app_name = "blind"
urlpatterns = [
    path("", views.pairings, name="list"),
    path("start/", views.start, name="start"),
    path("tool/", views.tool, name="tool"),
    path("candidates/<str:reference>/", views.candidate, name="candidate"),
    path("candidates/<str:reference>/confirm/", views.confirm, name="confirm"),
    path("candidates/<str:reference>/not-the-same/", views.reject, name="reject"),
    path("candidates/<str:reference>/take-back/", views.take_back, name="take_back"),
    path("<str:reference>/", views.pairing, name="pairing"),
    path("<str:reference>/key/", views.key, name="key"),
    path("<str:reference>/new-key/", views.new_key, name="new_key"),
    path("<str:reference>/ask/", views.ask, name="ask"),
    path("<str:reference>/end/", views.end, name="end"),
]
