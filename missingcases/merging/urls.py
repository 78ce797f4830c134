"""Addresses of a person's record. Its reference stands in them, never a name."""

from django.urls import path

from missingcases.merging import views

app_name = "people"
urlpatterns = [
    path("<str:reference>/", views.person, name="person"),
    path("<str:reference>/with/<str:other>/", views.compare, name="compare"),
    path("<str:reference>/with/<str:other>/not-the-same/", views.not_the_same, name="not_the_same"),
    path("<str:reference>/merges/<str:merge>/undo/", views.undo, name="undo"),
]
