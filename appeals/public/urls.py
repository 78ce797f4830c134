"""Appeals on the public site."""

from django.urls import path, re_path, register_converter
from django.urls.converters import StringConverter

from appeals.public.addresses import PLACE
from appeals.public.views import helpline, lists, pages, pictures, sightings

app_name = "public_appeals"
WELSH = {"language": "cy"}


class TokenConverter(StringConverter):
    """What stands in the address of an appeal."""

    regex = PLACE


register_converter(TokenConverter, "appeal")

urlpatterns = [
    path("embed/helpline", helpline.fragment, name="fragment"),
    path("appeals/", lists.everywhere, name="list"),
    path("appeals/in/<slug:code>/", lists.in_area, name="area"),
    path("appeals/<appeal:token>/", pages.appeal, name="appeal"),
    path("appeals/<appeal:token>/cy/", pages.appeal, WELSH, name="welsh"),
    path("appeals/<appeal:token>/cy/easy/", pages.easy, WELSH, name="welsh_easy"),
    path("appeals/<appeal:token>/cy/seen/", sightings.seen, WELSH, name="welsh_seen"),
    path("appeals/<appeal:token>/cy/seen/kept/", sightings.kept, WELSH, name="welsh_kept"),
    path("cy/appeals/", lists.everywhere, WELSH, name="welsh_list"),
    path("cy/appeals/in/<slug:code>/", lists.in_area, WELSH, name="welsh_area"),
    path("appeals/<appeal:token>/easy/", pages.easy, name="easy"),
    path("appeals/<appeal:token>/seen/", sightings.seen, name="seen"),
    path("appeals/<appeal:token>/seen/kept/", sightings.kept, name="kept"),
    re_path(
        rf"^pictures/(?P<token>{PLACE})/(?P<kind>[a-z0-9-]{{1,24}})\."
        r"(?P<until>[0-9]{1,12})\.(?P<signature>[A-Za-z0-9_-]{22})\.(?P<ending>jpg|png|pdf)$",
        pictures.picture,
        name="picture",
    ),
]
