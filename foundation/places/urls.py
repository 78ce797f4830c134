"""The areas pages, for administrators."""

from django.urls import path

from foundation.places import views

app_name = "places"
urlpatterns = [
    path("", views.tree, name="tree"),
    path("load/", views.upload, name="upload"),
    path("<slug:code>/", views.area, name="area"),
]
