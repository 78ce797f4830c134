"""Addresses of intelligence reports. References alone stand in them."""

from django.urls import path

from missingcases.intelligence.views import deciding, listing, reading, writing

app_name = "intelligence"
urlpatterns = [
    path("", listing.reports, name="list"),
    path("write/", writing.write, name="write"),
    path("concern/", writing.concern, name="concern"),
    path("<str:reference>/", reading.report, name="report"),
    path("<str:reference>/edit/", writing.edit, name="edit"),
    path("<str:reference>/submit/", writing.submit, name="submit"),
    path("<str:reference>/approve/", deciding.approve, name="approve"),
    path("<str:reference>/send/", deciding.send, name="send"),
    path("<str:reference>/return/", deciding.give_back, name="return"),
    path("<str:reference>/withdraw/", deciding.withdraw, name="withdraw"),
    path("<str:reference>/acknowledge/", reading.acknowledge, name="acknowledge"),
    path("<str:reference>/outcome/", reading.outcome, name="outcome"),
    path("<str:reference>/print/", reading.printed, name="print"),
]
