"""Addresses of sharing agreements. References alone stand in them."""

from django.urls import path

from missingcases.agreements import views

app_name = "agreements"
urlpatterns = [
    path("", views.agreements, name="list"),
    path("new/", views.draft, name="draft"),
    path("<str:reference>/", views.agreement, name="agreement"),
    path("<str:reference>/change/", views.edit, name="edit"),
    path("<str:reference>/sign/", views.sign, name="sign"),
    path("<str:reference>/review/", views.review, name="review"),
    path("<str:reference>/end/", views.end, name="end"),
]
