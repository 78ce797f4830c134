"""Receipts as Twilio's and Django's manuals have them: check the signature, get the row, save it.

`nothing` checks the same and stores nothing: the least that a view can do.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from twilio.request_validator import RequestValidator

from foundation.messaging.models import Message

PLACES = {"delivered": "delivered", "undelivered": "failed", "failed": "failed", "sent": "sent"}


def _is_genuine(request: HttpRequest) -> bool:
    validator = RequestValidator(settings.TWILIO_AUTH_TOKEN)
    signature = request.headers.get("X-Twilio-Signature", "")
    return validator.validate(request.build_absolute_uri(), request.POST, signature)


@csrf_exempt
@require_POST
def status(request: HttpRequest) -> HttpResponse:
    """Get and save."""
    if not _is_genuine(request):
        return HttpResponse(status=403)
    apply(request.GET["m"], request.POST["MessageStatus"])
    return HttpResponse(status=204)


def apply(reference: str, said: str) -> None:
    """What the manuals do once the call is genuine."""
    message = Message.objects.get(reference=reference)
    message.status = PLACES[said]
    message.delivered_at = message.settled_at = timezone.now()
    message.save(update_fields=["status", "delivered_at", "settled_at"])


@csrf_exempt
@require_POST
def nothing(request: HttpRequest) -> HttpResponse:
    """Check and answer."""
    return HttpResponse(status=204 if _is_genuine(request) else 403)


urlpatterns = [path("status", status), path("nothing", nothing)]
