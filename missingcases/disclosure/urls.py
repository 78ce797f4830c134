"""Addresses of who was told. References alone stand in them."""

from django.urls import path

from missingcases.disclosure import views

app_name = "disclosure"
urlpatterns = [
    path("", views.find, name="find"),
    path("log/", views.log, name="log"),
    path("about/<str:reference>/", views.about, name="about"),
]
