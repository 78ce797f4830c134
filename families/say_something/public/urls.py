"""Say Something on the public site."""

from django.urls import path

from families.say_something.public import views

app_name = "public_say_something"
WELSH = {"language": "cy"}
urlpatterns = [
    path("say-something/", views.say, name="say"),
    path("say-something/thanks/", views.thanks, name="thanks"),
    path("cy/say-something/", views.say, WELSH, name="welsh_say"),
    path("cy/say-something/thanks/", views.thanks, WELSH, name="welsh_thanks"),
]
