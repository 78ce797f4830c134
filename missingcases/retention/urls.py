"""Addresses of retention. References alone stand in them."""

from django.urls import path

from missingcases.retention import views

app_name = "retention"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("period/", views.set_period, name="period"),
    path("propose/", views.propose, name="propose"),
    path("kinds/<slug:key>/period/", views.set_period, name="period_of"),
    path("kinds/<slug:key>/propose/", views.propose, name="propose_of"),
    path("holds/", views.holds, name="holds"),
    path("holds/new/", views.place, name="place"),
    path("holds/<str:reference>/lift/", views.lift, name="lift"),
    path("runs/<str:reference>/", views.run, name="run"),
    path("runs/<str:reference>/start/", views.start, name="start"),
    path("runs/<str:reference>/withdraw/", views.withdraw, name="withdraw"),
]
