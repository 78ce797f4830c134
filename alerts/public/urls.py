"""Alerts on the public site."""

from django.urls import path, re_path, register_converter
from django.urls.converters import StringConverter

from alerts.public import views
from alerts.public.addresses import PLACE

app_name = "public_alerts"
WELSH = {"language": "cy"}


class TokenConverter(StringConverter):
    """What stands in the address of an alert."""

    regex = PLACE


register_converter(TokenConverter, "alert")

urlpatterns = [
    path("alerts/", views.everything, name="list"),
    path("alerts/live.json", views.live_json, name="json"),
    path("alerts/<alert:token>/", views.alert, name="alert"),
    path("cy/alerts/", views.everything, WELSH, name="welsh_list"),
    path("cy/alerts/<alert:token>/", views.alert, WELSH, name="welsh"),
    re_path(
        rf"^alerts/(?P<token>{PLACE})/picture\.(?P<until>[0-9]{{1,12}})\.(?P<signature>[A-Za-z0-9_-]{{22}})\.jpg$",
        views.picture,
        name="picture",
    ),
]
