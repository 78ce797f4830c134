"""Signing up to alerts, on the public site."""

from collections.abc import Iterator

from django.urls import URLPattern, path, re_path

from alerts.audience.public import choices, push, systems, views

app_name = "public_audience"
_DOING = "change|pause|go-on|leave"


def _pages(prefix: str, name: str, more: dict[str, str]) -> Iterator[URLPattern]:
    yield path(f"{prefix}sign-up/", views.sign_up, more, name=f"{name}sign_up")
    yield path(f"{prefix}sign-up/sent/", views.sent, more, name=f"{name}sent")
    yield path(f"{prefix}app.webmanifest", push.app, more, name=f"{name}app")
    yield path(f"{prefix}sign-up/pushed/", views.pushed, more, name=f"{name}pushed")
    yield path(f"{prefix}code/<str:number>/", views.code, more, name=f"{name}code")
    yield path(f"{prefix}confirm/<str:token>/", views.confirm, more, name=f"{name}confirm")
    yield path(f"{prefix}confirmed/", views.confirmed, more, name=f"{name}confirmed")
    yield path(f"{prefix}choices/", choices.ask, more, name=f"{name}ask")
    yield path(f"{prefix}choices/sent/", choices.asked, more, name=f"{name}asked")
    yield path(f"{prefix}choices/saved/", choices.saved, more, name=f"{name}saved")
    yield path(f"{prefix}choices/left/", choices.left, more, name=f"{name}left")
    yield path(f"{prefix}choices/<str:token>/", choices.choices, more, name=f"{name}choices")
    doing = rf"^{prefix}choices/(?P<token>[^/]+)/(?P<doing>{_DOING})/$"
    yield re_path(doing, choices.choose, more, name=f"{name}choose")
    yield path(f"{prefix}leave/<str:token>/", choices.leave, more, name=f"{name}leave")
    yield path(f"{prefix}systems/", systems.sign_up, more, name=f"{name}system")
    yield path(f"{prefix}systems/sent/", systems.sent, more, name=f"{name}system_sent")
    yield path(f"{prefix}systems/confirm/<str:token>/", systems.confirm, more, name=f"{name}system_confirm")
    yield path(f"{prefix}systems/choices/", systems.ask, more, name=f"{name}system_ask")
    yield path(f"{prefix}systems/choices/sent/", systems.asked, more, name=f"{name}system_asked")
    yield path(f"{prefix}systems/choices/<str:token>/", systems.choices, more, name=f"{name}system_choices")
    at = f"{prefix}systems/choices/<str:token>/secret/"
    yield path(at, systems.new_secret, more, name=f"{name}system_secret")


urlpatterns = [
    # The worker serves both languages: where it lies is how far it reaches.
    path("alerts/push-worker.js", push.worker, name="push_worker"),
    path("alerts/push-moved/", push.moved, name="push_moved"),
    *_pages("alerts/", "", {}),
    *_pages("cy/alerts/", "welsh_", {"language": "cy"}),
]
