"""Addresses of the directory and of referrals. References and secrets of links only, never names."""

from __future__ import annotations

from django.urls import path

from partners.views import directory, links, listing, refer, verbs

app_name = "partners"
urlpatterns = [
    path("", listing.listing, name="listing"),
    path("directory/", directory.directory, name="directory"),
    path("directory/add/", directory.add, name="add"),
    path("directory/<str:reference>/", directory.partner, name="partner"),
    path("directory/<str:reference>/change/", directory.edit, name="edit"),
    path("incidents/<str:reference>/refer/", refer.refer, name="refer"),
    path("referrals/<str:reference>/", listing.show, name="referral"),
    path("referrals/<str:reference>/draft/", refer.draft, name="draft"),
    *(
        path(f"referrals/<str:reference>/{name.replace('_', '-')}/", verbs.page_of(name), name=name)
        for name in (*verbs.OF_PARTNER, *verbs.OF_SENDER)
    ),
    path("referrals/<str:reference>/send-link/", verbs.resend, name="resend"),
    path("referrals/<str:reference>/settle/", verbs.settle, name="settle"),
    path("referrals/<str:reference>/take-over/", verbs.take_over, name="take_over"),
    path("open/<str:token>/", links.open_link, name="open"),
    path("link/code/", links.code, name="link_code"),
    path("link/", links.show, name="link"),
    path("link/done/", links.done, name="link_done"),
    path("link/leave/", links.leave, name="leave"),
    path("link/<str:verb>/", links.act, name="link_verb"),
]
