"""Addresses of Say Something on the staff site."""

from django.urls import path

from families.say_something import views

app_name = "say_something"
urlpatterns = [
    path("", views.listing, name="list"),
    path("new/", views.take_call, name="take_call"),
    path("figures/", views.figures, name="figures"),
    path("<str:reference>/", views.account, name="account"),
    path("<str:reference>/set-aside/", views.set_aside, name="set_aside"),
    path("<str:reference>/take-up/", views.take_up, name="take_up"),
]
