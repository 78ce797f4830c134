"""Addresses of subject access. References alone stand in them."""

from django.urls import path

from missingcases.subject_access import item_views, views

app_name = "subject_access"
urlpatterns = [
    path("", views.listing, name="list"),
    path("new/", views.receive, name="receive"),
    path("<str:reference>/", views.show_request, name="request"),
    path("<str:reference>/identity/", views.identity, name="identity"),
    path("<str:reference>/extend/", views.extend, name="extend"),
    path("<str:reference>/collect/", views.collect, name="collect"),
    path("<str:reference>/items/", item_views.items, name="items"),
    path("<str:reference>/items/<int:item_id>/", item_views.item, name="item"),
    path("<str:reference>/include/", item_views.include_kind, name="include"),
    path("<str:reference>/reviewed/", views.reviewed, name="reviewed"),
    path("<str:reference>/confirm/", views.confirm, name="confirm"),
    path("<str:reference>/send-back/", views.send_back, name="send_back"),
    path("<str:reference>/pack/", views.pack, name="pack"),
    path("<str:reference>/given/", views.given, name="given"),
    path("<str:reference>/end/", views.end, name="end"),
]
