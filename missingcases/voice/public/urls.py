"""How it was, on the public site."""

from django.urls import path

from missingcases.voice.public import views

app_name = "public_voice"
WELSH = {"language": "cy"}
urlpatterns = [
    path("how-it-was/thanks/", views.thanks, name="thanks"),
    path("how-it-was/thanks/talk/", views.thanks, {"talk": True}, name="thanks_talk"),
    path("how-it-was/<str:token>/", views.how_it_was, name="how_it_was"),
    path("cy/how-it-was/thanks/", views.thanks, WELSH, name="welsh_thanks"),
    path("cy/how-it-was/thanks/talk/", views.thanks, {**WELSH, "talk": True}, name="welsh_thanks_talk"),
    path("cy/how-it-was/<str:token>/", views.how_it_was, WELSH, name="welsh_how_it_was"),
]
