"""A short way in for the text provider's receipts, which come by the thousand in a minute.

They carry no session and no cookie, and prove themselves by a signature that the view checks first: what
lies between here and the view asks nothing of them and says nothing to a machine. A log line is written
for those that are refused, as many lines of nothing would otherwise be kept.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from foundation.messaging import webhooks

PATH = "/webhooks/twilio/status"


class WebhookDoorMiddleware:
    """Answers receipts on the public site; everything else goes on as ever."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        is_public = settings.ROOT_URLCONF == "config.public_urls"
        if request.path_info == PATH and is_public and request.method == "POST":
            return webhooks.twilio_status(request)
        return self.get_response(request)
