"""Addresses of the auditor's pages."""

from django.urls import path

from foundation.audit import views

app_name = "audit"
urlpatterns = [
    path("", views.newest, name="newest"),
    path("record/", views.of_record, name="record"),
    path("outside-own-work/", views.outside_own_work, name="outside"),
    path("people/", views.people, name="people"),
    path("person/<int:user_id>/", views.of_user, name="person"),
    path("heads.jsonl", views.heads, name="heads"),
]
