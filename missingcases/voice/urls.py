"""Addresses of their own voice on the staff site. References alone stand in them."""

from django.urls import path

from missingcases.voice.views import figures, invitations, words

app_name = "voice"
urlpatterns = [
    path("", invitations.listing, name="list"),
    path("figures/", figures.figures, name="figures"),
    path("figures/file/", figures.download, name="download"),
    path("words/", words.words, name="words"),
    path("words/<int:number>/take-out/", words.take_out, name="take_out"),
    path("ask/<slug:kind>/<str:reference>/", invitations.ask, name="ask"),
    path("<str:reference>/", invitations.invitation, name="invitation"),
    path("<str:reference>/text/", invitations.send, name="send"),
    path("<str:reference>/link/", invitations.show_link, name="show"),
    path("<str:reference>/aloud/", invitations.aloud, name="aloud"),
    path("<str:reference>/take-back/", invitations.withdraw, name="withdraw"),
]
