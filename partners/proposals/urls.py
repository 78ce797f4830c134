"""Addresses of proposals. References alone stand in them."""

from django.urls import path

from partners.proposals import views

app_name = "proposals"
urlpatterns = [
    path("", views.waiting, name="list"),
    path("<str:incident>/", views.decide, name="decide"),
]
