"""Addresses of CAP on the staff site."""

from django.urls import path

from alerts.cap.views import partners, received

app_name = "cap"
urlpatterns = [
    path("", received.listing, name="list"),
    path("partners/", partners.partners, name="partners"),
    path("partners/add/", partners.add, name="add"),
    path("partners/<str:reference>/", partners.target, name="target"),
    path("partners/<str:reference>/off/", partners.off, name="off"),
    path("partners/<str:reference>/on/", partners.on, name="on"),
    path("partners/<str:reference>/remove/", partners.remove, name="remove"),
    path("<str:reference>/", received.proposal, name="proposal"),
    path("<str:reference>/dismiss/", received.dismiss, name="dismiss"),
    path("<str:reference>/show/", received.show, name="show"),
]
