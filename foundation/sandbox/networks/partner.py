"""A media partner's site: takes signed webhooks, and shows and takes down a page for each appeal."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.html import escape
from standardwebhooks import Webhook, WebhookVerificationError

from foundation.access import public
from foundation.sandbox.enums import NetworkName
from foundation.sandbox.models import NetworkPost
from foundation.sandbox.networks.common import Refused, endpoint, shown, take_down, told

NETWORK = NetworkName.PARTNER
# Of a stand-in: what it is told is signed with this.
SECRET = "whsec_c2FuZGJveC1wYXJ0bmVyLW9ubHktZGVtbw=="  # noqa: S105


@endpoint(NETWORK)
def hook(request: HttpRequest, account: str) -> HttpResponse:
    """Something was published, or is to be taken down."""
    try:
        Webhook(SECRET).verify(request.body, dict(request.headers.items()))
    except WebhookVerificationError:
        raise Refused(401, error="This is not signed with our secret") from None
    given = told(request)
    data = given["data"]
    if given.get("type") == "appeal.withdrawn":
        take_down(NETWORK, account, data["placement"])
        return JsonResponse({})
    if given.get("type") != "appeal.published":
        raise Refused(400, error="We do not know this kind of message")
    for earlier in data["replaces"]:
        shown(NETWORK, account).filter(key=earlier).update(deleted_at=timezone.now())
    words = next(iter(data["appeal"].values()))
    lines = (words["headline"], words["name"], words["description"], words["clothing"], data["page"])
    NetworkPost.objects.update_or_create(
        network=NETWORK,
        account=account,
        key=data["placement"],
        defaults={
            "text": "\n\n".join(line for line in lines if line),
            "language": words["language"],
            "deleted_at": None,
        },
    )
    return JsonResponse({"url": request.build_absolute_uri(f"/partner/{account}/{data['placement']}")})


@public
def page(request: HttpRequest, account: str, key: str) -> HttpResponse:
    """What the partner's readers see."""
    post = shown(NETWORK, account).filter(key=key).first()
    if post is None:
        return HttpResponse("Gone.", status=410, content_type="text/plain; charset=utf-8")
    return HttpResponse(f"<!doctype html><title>News</title><pre>{escape(post.text)}</pre>")
