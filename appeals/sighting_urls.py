"""Addresses of sightings. References only."""

from django.urls import path

from appeals.views import sightings

app_name = "sightings"
urlpatterns = [
    path("", sightings.listing, name="sightings"),
    path("<str:reference>/", sightings.show, name="sighting"),
    path("<str:reference>/judge/", sightings.judge, name="judge"),
    path("<str:reference>/look-again/", sightings.look_again, name="look_again"),
    path("<str:reference>/pass-on/", sightings.pass_on, name="pass_on"),
    path("<str:reference>/acknowledge/", sightings.acknowledge, name="acknowledge"),
    path("<str:reference>/assess/", sightings.assess, name="assess"),
    path("<str:reference>/outcome/", sightings.finish, name="finish"),
    path("<str:reference>/photo/", sightings.photo, name="photo"),
]
