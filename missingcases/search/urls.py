"""Addresses of the search, saved views and exports."""

from django.urls import path

from missingcases.search import views

app_name = "search"
urlpatterns = [
    path("", views.search, name="search"),
    path("views/save/", views.save_view, name="save_view"),
    path("views/<str:reference>/", views.open_view, name="open_view"),
    path("views/<str:reference>/default/", views.default_view, name="default_view"),
    path("views/<str:reference>/delete/", views.delete_view, name="delete_view"),
    path("exports/", views.exports, name="exports"),
    path("exports/<str:reference>/", views.export, name="export"),
    path("exports/<str:reference>/progress/", views.progress, name="progress"),
    path("exports/<str:reference>/file/", views.download, name="download"),
]
