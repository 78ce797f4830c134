"""Addresses of Return Home Interviews. References only, never names."""

from __future__ import annotations

from django.urls import path

from rhi.views import allocating, board, refer, referral, settings, verbs, visits

app_name = "rhi"
urlpatterns = [
    path("", board.board, name="board"),
    path("incidents/<str:reference>/refer/", refer.refer, name="refer"),
    path("incidents/<str:reference>/pass-on/", refer.pass_on, name="pass_on"),
    path("referrals/<str:reference>/", referral.show, name="referral"),
    path("referrals/<str:reference>/allocate/", allocating.allocate, name="allocate"),
    path("referrals/<str:reference>/settle/", allocating.settle, name="settle"),
    *(
        path(f"referrals/<str:reference>/{name.replace('_', '-')}/", verbs.page_of(name), name=name)
        for name in verbs.VERBS
    ),
    path("visits/", visits.visits, name="visits"),
    path("visits/<str:reference>/", visits.show, name="visit"),
    path("visits/<str:reference>/there/", visits.check_in, name="check_in"),
    path("visits/<str:reference>/away/", visits.check_out, name="check_out"),
    path("visits/<str:reference>/call-off/", visits.cancel, name="cancel_visit"),
    path("visits/<str:reference>/settle/", visits.resolve, name="resolve_visit"),
    path("interviewers/", settings.interviewers, name="interviewers"),
    path("interviewers/<str:reference>/", settings.interviewer, name="interviewer"),
    path("figures/", board.figures, name="figures"),
    path("arrangement/", settings.arrangement, name="arrangement"),
]
