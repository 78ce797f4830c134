"""Addresses of a person's record. Its reference stands in them, never a name."""

from django.urls import path

from missingcases.merging.views import pairs, people

app_name = "people"
urlpatterns = [
    path("duplicates/", pairs.duplicates, name="duplicates"),
    path("duplicates/<int:pair_id>/later/", pairs.put_off, name="put_off"),
    path("duplicates/<int:pair_id>/take-up/", pairs.take_up, name="take_up"),
    path("duplicates/<int:pair_id>/not-the-same/", pairs.pair_apart, name="pair_apart"),
    path("<str:reference>/", people.person, name="person"),
    path("<str:reference>/with/<str:other>/", people.compare, name="compare"),
    path("<str:reference>/with/<str:other>/not-the-same/", people.not_the_same, name="not_the_same"),
    path("<str:reference>/merges/<str:merge>/undo/", people.undo, name="undo"),
]
