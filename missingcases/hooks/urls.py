"""Addresses of the webhook pages."""

from django.urls import path

from missingcases.hooks import views

app_name = "hooks"
urlpatterns = [
    path("", views.endpoints, name="list"),
    path("add/", views.add, name="add"),
    path("<str:reference>/", views.endpoint, name="endpoint"),
    path("<str:reference>/change/", views.change, name="change"),
    path("<str:reference>/secret/", views.secret, name="secret"),
    path("<str:reference>/test/", views.test, name="test"),
    path("<str:reference>/off/", views.off, name="off"),
    path("<str:reference>/on/", views.on, name="on"),
    path("<str:reference>/remove/", views.remove, name="remove"),
    path("<str:reference>/send-again/", views.replay_all, name="replay_all"),
    path("<str:reference>/send-again/<str:delivery>/", views.replay, name="replay"),
]
