"""API clients, for administrators."""

from django.urls import path

from foundation.clients import views

app_name = "clients"
urlpatterns = [
    path("", views.clients, name="clients"),
    path("add/", views.add, name="add"),
    path("<str:reference>/change/", views.change, name="change"),
    path("<str:reference>/secret/", views.rotate, name="rotate"),
    path("<str:reference>/shut-out/", views.revoke, name="revoke"),
]
