"""Appeals on the public site."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from appeals.public.addresses import PLACE
from appeals.public.views import lists, pages, sightings

app_name = "public_appeals"


class TokenConverter(StringConverter):
    """What stands in the address of an appeal."""

    regex = PLACE


register_converter(TokenConverter, "appeal")

urlpatterns = [
    path("appeals/", lists.everywhere, name="list"),
    path("appeals/in/<slug:code>/", lists.in_area, name="area"),
    path("appeals/<appeal:token>/", pages.appeal, name="appeal"),
    path("appeals/<appeal:token>/cy/", pages.appeal, {"language": "cy"}, name="welsh"),
    path("appeals/<appeal:token>/easy/", pages.easy, name="easy"),
    path("appeals/<appeal:token>/seen/", sightings.seen, name="seen"),
    path("appeals/<appeal:token>/seen/kept/", sightings.kept, name="kept"),
]
