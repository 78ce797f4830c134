"""Addresses of shift handovers."""

from django.urls import path

from families.handover import views

app_name = "handover"
urlpatterns = [
    path("", views.listing, name="list"),
    path("<str:reference>/", views.show, name="show"),
    path("<str:reference>/notes/", views.save, name="save"),
    path("<str:reference>/take/", views.take, name="take"),
    path("<str:reference>/take-back/", views.cancel, name="cancel"),
]
