"""Addresses of links. References alone stand in them."""

from django.urls import path

from missingcases.links import views

app_name = "links"
urlpatterns = [
    path("", views.links, name="list"),
    path("ask/<str:incident>/", views.ask, name="ask"),
    path("<str:reference>/", views.link, name="link"),
    path("<str:reference>/accept/", views.accept, name="accept"),
    path("<str:reference>/decline/", views.decline, name="decline"),
    path("<str:reference>/take-back/", views.withdraw, name="withdraw"),
    path("<str:reference>/end/", views.end, name="end"),
]
