"""CAP on the public site."""

from django.urls import path, re_path

from alerts.cap import webhooks
from alerts.cap.public import views

app_name = "public_cap"
_NAME = r"(?P<identifier>[A-Za-z0-9.-]{1,40})"

urlpatterns = [
    path("alerts/cap/feed.atom", views.feed, name="feed"),
    re_path(rf"^alerts/cap/{_NAME}\.xml$", views.message, name="message"),
    re_path(rf"^alerts/cap/{_NAME}\.jpg$", views.picture, name="picture"),
    path("webhooks/cap", webhooks.take, name="take"),
]
