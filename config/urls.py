"""The staff site."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from config import health, metrics, staff_views, standing, style_guide
from foundation.accounts.views import invitations
from missingcases.views.work import work

urlpatterns: list[URLPattern | URLResolver] = [
    path("", work, name="work"),
    path("incidents/", include("missingcases.urls")),
    path("desk/", include("missingcases.desk.urls")),
    path("accessibility/", staff_views.accessibility, name="accessibility"),
    path("help/", staff_views.getting_help, name="help"),
    path("help/<slug:name>/", staff_views.guide, name="guide"),
    path("robots.txt", staff_views.robots, name="robots"),
    path("health", health.live, name="health"),
    path("ready", health.ready, name="ready"),
    path("metrics", metrics.metrics, name="metrics"),
    path("status/", standing.status, name="status"),
    path("health/live/", health.live, name="health_live"),
    path("health/ready/", health.ready, name="health_ready"),
    path("api/", include("config.api_urls")),
    path("audit/", include("foundation.audit.urls")),
    path("owed/", include("foundation.events.urls")),
    path("sightings/", include("appeals.sighting_urls")),
    path("textsafe/", include("textsafe.urls")),
    path("alerts/cap/", include("alerts.cap.urls")),
    path("appeals/", include("appeals.urls")),
    path("alerts/audience/", include("alerts.audience.urls")),
    path("alerts/", include("alerts.urls")),
    path("interviews/form/", include("rhi.interviews.urls")),
    path("interviews/", include("rhi.urls")),
    path("families/", include("families.urls")),
    path("helpline/", include("families.helpline.urls")),
    path("handover/", include("families.handover.urls")),
    path("say-something/", include("families.say_something.urls")),
    path("partners/routes/", include("partners.routes.urls")),
    path("partners/proposals/", include("partners.proposals.urls")),
    path("partners/blind/", include("partners.blind.urls")),
    path("partners/", include("partners.urls")),
    path("figures/national-return/", include("reports.national.urls")),
    path("figures/does-it-help/", include("reports.before_after.urls")),
    path("figures/cohorts/", include("reports.cohorts.urls")),
    path("figures/patterns/", include("reports.patterns.urls")),
    path("figures/clocks/", include("reports.boards.urls")),
    path("figures/closures-supported/", include("reports.supported.urls")),
    path("figures/learning/", include("reports.learning.urls")),
    path("figures/", include("reports.urls")),
    path("imports/", include("missingcases.imports.urls")),
    path("messages/held/", include("foundation.backups.urls")),
    path("search/", include("missingcases.search.urls")),
    path("people/", include("missingcases.merging.urls")),
    path("releases/", include("missingcases.release_urls")),
    path("links/", include("missingcases.links.urls")),
    path("data-protection/", staff_views.data_protection, name="data_protection"),
    path("data-protection/agreements/", include("missingcases.agreements.urls")),
    path("break-glass/", include("missingcases.breakglass.urls")),
    path("disclosures/", include("missingcases.disclosure.urls")),
    path("intelligence/", include("missingcases.intelligence.urls")),
    path("retention/", include("missingcases.retention.urls")),
    path("how-it-was/", include("missingcases.voice.urls")),
    path("subject-access/", include("missingcases.subject_access.urls")),
    path("messages/", include("foundation.messaging.urls")),
    path("accounts/", include("allauth.urls")),
    path("your-account/", include("foundation.accounts.my_urls")),
    path("administration/", staff_views.administration, name="administration"),
    path("administration/", include("foundation.accounts.urls")),
    path("administration/webhooks/", include("missingcases.hooks.urls")),
    path("administration/systems/", include("foundation.clients.urls")),
    path("administration/areas/", include("foundation.places.urls")),
    path("", include("foundation.single_sign_on.urls")),
    path("invitation/", invitations.accept, name="invitation"),
    path("invitation/<str:token>/", invitations.open_link, name="invitation_link"),
]

if not settings.IS_PRODUCTION:
    urlpatterns += [
        path("_components/", style_guide.components, name="components"),
        path("_components/progress/", style_guide.progress, name="components_progress"),
    ]

handler400 = "config.error_views.bad_request"
handler403 = "config.error_views.forbidden"
handler404 = "config.error_views.not_found"
handler500 = "config.error_views.server_error"
