"""The public site: another house, with its own host name and worker pool. Nothing here signs in."""

from django.urls import URLPattern, URLResolver, include, path

from config import health
from config import public_views as views
from foundation.messaging import mail_webhooks, webhooks

WELSH = {"language": "cy"}
pages = (
    [
        path("", views.home, name="home"),
        path("accessibility/", views.accessibility, name="accessibility"),
        path("privacy/", views.privacy, name="privacy"),
        path("cookies/", views.cookies, name="cookies"),
        path("cy/", views.home, WELSH, name="welsh_home"),
        path("cy/accessibility/", views.accessibility, WELSH, name="welsh_accessibility"),
        path("cy/privacy/", views.privacy, WELSH, name="welsh_privacy"),
        path("cy/cookies/", views.cookies, WELSH, name="welsh_cookies"),
    ],
    "public",
)
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(pages)),
    path("", include("alerts.public.urls")),
    path("", include("alerts.audience.public.urls")),
    path("", include("appeals.public.urls")),
    path("", include("appeals.public.outlets.urls")),
    path("", include("alerts.cap.public.urls")),
    path("", include("families.say_something.public.urls")),
    path("", include("missingcases.voice.public.urls")),
    path("webhooks/twilio/status", webhooks.twilio_status, name="twilio_status"),
    path("webhooks/twilio/inbound", webhooks.twilio_inbound, name="twilio_inbound"),
    path("webhooks/mail/inbound", mail_webhooks.mail_inbound, name="mail_inbound"),
    path("robots.txt", views.robots, name="robots"),
    path("health", health.live, name="health"),
    path("ready", health.ready, name="ready"),
    path("health/live/", health.live, name="health_live"),
    path("health/ready/", health.ready, name="health_ready"),
]

handler400 = "config.error_views.bad_request"
handler403 = "config.error_views.forbidden"
handler404 = "config.error_views.not_found"
handler500 = "config.error_views.server_error"
