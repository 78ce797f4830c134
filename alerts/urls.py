"""Addresses of the launch room. References only, never names."""

from django.urls import path

from alerts.running_urls import routes
from alerts.views import content, deciding, lists, pictures, previewing, proposing, room

app_name = "alerts"
urlpatterns = [
    path("", lists.listing, name="listing"),
    path("past/", lists.listing, {"which": "past"}, name="past"),
    path("rehearse/", proposing.rehearse, name="rehearse"),
    path("incidents/<str:reference>/propose/", proposing.propose, name="propose"),
    *routes,
    path("<str:reference>/", room.room, name="room"),
    path("<str:reference>/live/", room.live, name="live"),
    path("<str:reference>/pictures/<int:number>/", pictures.picture, name="picture"),
    path("<str:reference>/picture/remove/", pictures.remove, name="remove_picture"),
    path("<str:reference>/preview/page/<slug:language>/", previewing.page, name="page_preview"),
    path("<str:reference>/preview/<slug:key>.png", previewing.drawing, name="drawing"),
    path("<str:reference>/content/", content.edit, name="content"),
    path("<str:reference>/areas/", content.areas, name="areas"),
    path("<str:reference>/outline/", content.outline, name="outline"),
    path("<str:reference>/criteria/<slug:criterion>/", deciding.criterion, name="criterion"),
    path("<str:reference>/calls/", deciding.calls, name="calls"),
    path("<str:reference>/authorise/", deciding.authorise, name="authorise"),
    path("<str:reference>/agree/", deciding.agree, name="agree"),
    path("<str:reference>/telephone/", deciding.record, name="record"),
    path("<str:reference>/telephone/witness/", deciding.witness, name="witness"),
    path("<str:reference>/telephone/take-back/", deciding.take_back, name="take_back"),
    path("<str:reference>/decline/", deciding.decline, name="decline"),
    path("<str:reference>/again/", deciding.again, name="again"),
    path("<str:reference>/call-off/", deciding.call_off, name="call_off"),
]
