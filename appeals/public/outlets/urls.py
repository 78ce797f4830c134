"""What outlets read and say."""

from django.urls import path, re_path

from appeals.public.outlets import confirming, views

app_name = "public_outlets"

_ENDING = r"(?P<ending>atom|json)"

urlpatterns = [
    re_path(rf"^outlets/feed/(?P<key>[A-Za-z0-9_-]{{20,100}})\.{_ENDING}$", views.feed, name="feed"),
    re_path(rf"^outlets/feed\.{_ENDING}$", views.feed_by_token, name="feed_by_token"),
    path("outlets/key", views.key, name="key"),
    path("outlets/confirm/<str:token>", confirming.confirm, name="confirm"),
    path("players/playlist", views.playlist, name="playlist"),
    path("players/check-in", views.check_in, name="check_in"),
]
