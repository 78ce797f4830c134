"""People, invitations and organisations, for administrators."""

from django.urls import path

from foundation.accounts.views import invitations, organisations, people, teams

app_name = "accounts"
urlpatterns = [
    path("people/", people.people, name="people"),
    path("people/find/", people.find, name="find"),
    path("people/invite/", invitations.invite, name="invite"),
    path("people/<str:reference>/", people.person, name="person"),
    path("people/<str:reference>/role/", people.grant, name="grant"),
    path("people/<str:reference>/role/<str:role>/end/", people.end_role, name="end_role"),
    path("people/<str:reference>/unlock/", people.unlock, name="unlock"),
    path("people/<str:reference>/sign-out/", people.end_sessions, name="end_sessions"),
    path("people/<str:reference>/<str:name>/", people.act, name="act"),
    path("invitations/", invitations.invitations, name="invitations"),
    path("invitations/<str:reference>/resend/", invitations.resend, name="resend"),
    path("invitations/<str:reference>/revoke/", invitations.revoke, name="revoke"),
    path("teams/", teams.teams, name="teams"),
    path("teams/add/", teams.add, name="add_team"),
    path("teams/<slug:code>/close/", teams.close, name="close_team"),
    path("organisations/", organisations.organisations, name="organisations"),
    path("organisations/add/", organisations.add, name="add_organisation"),
    path(
        "organisations/<slug:code>/administrator/",
        invitations.first_administrator,
        name="first_administrator",
    ),
]
