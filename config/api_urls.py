"""Every address of the API. A service's lines can be taken out."""

from __future__ import annotations

from django.urls import path, register_converter

from appeals.api import views as appeals
from config import api_docs
from foundation.clients.api.token import Token
from missingcases.api.changes import Changes
from missingcases.api.incidents import Incidents, Located, OneIncident
from missingcases.api.releases import Acknowledgement, OneRelease, Released, Releases
from missingcases.intelligence.api import views as intelligence
from partners.api import views as partners
from partners.blind import api as blind
from rhi import api as rhi
from textsafe import api as textsafe


class ReferenceConverter:
    """A public reference; anything else at its place is no address."""

    regex = "[A-Z]{2}-[0-9A-Z]{8}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(ReferenceConverter, "reference")

app_name = "api"
urlpatterns = [
    path("docs", api_docs.page, name="docs"),
    path("v1/schema", api_docs.Schema.as_view(), name="schema"),
    path("v1/token", Token.as_view(), name="token"),
    path("v1/incidents", Incidents.as_view(), name="incidents"),
    path("v1/incidents/<reference:reference>", OneIncident.as_view(), name="incident"),
    path("v1/incidents/<reference:reference>/located", Located.as_view(), name="located"),
    path("v1/incidents/<reference:reference>/releases", Releases.as_view(), name="releases"),
    path("v1/intelligence", intelligence.Reports.as_view(), name="intelligence"),
    path(
        "v1/intelligence/<reference:reference>", intelligence.OneReport.as_view(), name="intelligence_report"
    ),
    path(
        "v1/intelligence/<reference:reference>/acknowledge",
        intelligence.Acknowledgement.as_view(),
        name="intelligence_acknowledge",
    ),
    path(
        "v1/intelligence/<reference:reference>/outcome",
        intelligence.Outcome.as_view(),
        name="intelligence_outcome",
    ),
    path("v1/releases", Released.as_view(), name="released"),
    path("v1/releases/<reference:reference>", OneRelease.as_view(), name="release"),
    path(
        "v1/releases/<reference:reference>/acknowledge", Acknowledgement.as_view(), name="release_acknowledge"
    ),
    path("v1/changes", Changes.as_view(), name="changes"),
    path("v1/incidents/<reference:reference>/appeals", appeals.Appeals.as_view(), name="appeals"),
    path("v1/appeals/<reference:reference>", appeals.OneAppeal.as_view(), name="appeal"),
    path("v1/appeals/<reference:reference>/withdraw", appeals.Withdrawal.as_view(), name="appeal_withdraw"),
    path("v1/placements", appeals.Published.as_view(), name="placements"),
    path("v1/incidents/<reference:reference>/textsafe", textsafe.Requests.as_view(), name="textsafe"),
    path("v1/incidents/<reference:reference>/rhi", rhi.Referrals.as_view(), name="rhi"),
    path(
        "v1/blind-matching/<reference:reference>/comparisons",
        blind.Comparisons.as_view(),
        name="blind_compare",
    ),
    path("v1/blind-matching/<reference:reference>/matches", blind.Matches.as_view(), name="blind_matches"),
    path("v1/referrals", partners.Referrals.as_view(), name="referrals"),
    path("v1/referrals/<reference:reference>", partners.OneReferral.as_view(), name="referral"),
    path("v1/referrals/<reference:reference>/accept", partners.Acceptance.as_view(), name="referral_accept"),
    path("v1/referrals/<reference:reference>/reject", partners.Rejection.as_view(), name="referral_reject"),
    path(
        "v1/referrals/<reference:reference>/progress",
        partners.ProgressReport.as_view(),
        name="referral_progress",
    ),
    path(
        "v1/referrals/<reference:reference>/complete",
        partners.Completion.as_view(),
        name="referral_complete",
    ),
    path("v1/referrals/<reference:reference>/return", partners.GivingBack.as_view(), name="referral_return"),
    path("v1/textsafe/<reference:reference>", textsafe.OneRequest.as_view(), name="textsafe_request"),
]
