"""Addresses of the duty desk."""

from django.urls import path

from missingcases.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("list/", views.board, name="board"),
    path("unread/", views.unread, name="unread"),
    path("acknowledge/", views.acknowledge, name="acknowledge"),
    path("times/", views.times, name="times"),
]
