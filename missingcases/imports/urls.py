"""Addresses of the import."""

from django.urls import path

from missingcases.imports import views

app_name = "imports"
urlpatterns = [
    path("", views.imports, name="list"),
    path("template.csv", views.template, name="template"),
    path("<str:reference>/", views.batch, name="batch"),
    path("<str:reference>/progress/", views.progress, name="progress"),
    path("<str:reference>/errors.csv", views.errors, name="errors"),
    path("<str:reference>/confirm/", views.confirm, name="confirm"),
]
