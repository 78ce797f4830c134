"""Addresses of concerns. References alone stand in them."""

from django.urls import path

from partners.routes import views

app_name = "routes"
urlpatterns = [
    path("", views.concerns, name="list"),
    path("incidents/<str:incident>/raise/", views.raise_concern, name="raise"),
    path("<str:reference>/", views.concern, name="concern"),
    path("<str:reference>/<str:step>/", views.act, name="act"),
]
