"""Addresses of the helpline's own contacts. References only, never names or numbers."""

from django.urls import path

from families.helpline.views import concerns, contacts, further

app_name = "helpline"
urlpatterns = [
    path("", contacts.listing, name="list"),
    path("new/", contacts.begin, name="begin"),
    path("concerns/<str:reference>/", concerns.concern, name="concern"),
    path("concerns/<str:reference>/take/", concerns.take, name="concern_take"),
    path("<str:reference>/", contacts.show, name="contact"),
    path("<str:reference>/notes/", contacts.save, name="save"),
    path("<str:reference>/answered/", contacts.end, name="end"),
    path("<str:reference>/claim/", contacts.claim, name="claim"),
    path("<str:reference>/hand-over/", further.hand_over, name="hand_over"),
    path("<str:reference>/close/", further.close, name="close"),
    path("<str:reference>/message-home/", further.message_home, name="message_home"),
    path("<str:reference>/answer/", further.answer, name="answer"),
    path("<str:reference>/three-way/", further.three_way, name="three_way"),
    path("<str:reference>/link/", further.link, name="link"),
    path("<str:reference>/link/decide/", further.decide_link, name="decide_link"),
    path("<str:reference>/link/end/", further.unlink, name="unlink"),
    path("<str:reference>/concern/", further.raise_concern, name="raise_concern"),
]
