"""Addresses of break-glass. References alone stand in them."""

from django.urls import path

from missingcases.breakglass import views

app_name = "breakglass"
urlpatterns = [
    path("", views.openings, name="list"),
    path("length/", views.length, name="length"),
    path("open/", views.open_records, name="open"),
    path("<str:reference>/", views.opening, name="opening"),
    path("<str:reference>/end/", views.end, name="end"),
    path("<str:reference>/review/", views.review, name="review"),
]
