"""As much of Mastodon's API as a bot needs (docs.joinmastodon.org).

Any token that begins with `token-` is let in; what stands behind that is the account's name.
"""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.html import escape, urlize

from foundation.sandbox.enums import NetworkName
from foundation.sandbox.models import NetworkPicture, NetworkPost
from foundation.sandbox.networks.common import Refused, endpoint, shown, take_down, told

NETWORK = NetworkName.MASTODON
_LONGEST = 500
_ADDRESS = re.compile(r"https?://\S+")


@endpoint(NETWORK)
def media(request: HttpRequest) -> HttpResponse:
    """Take a picture, ready at once."""
    _account(request)
    file = request.FILES.get("file")
    if file is None:
        raise Refused(422, error="Validation failed: File can't be blank")
    made = NetworkPicture.objects.create(
        data=file.read(),
        content_type=file.content_type or "",
        alt_text=request.POST.get("description", ""),
    )
    return JsonResponse({"id": str(made.pk), "type": "image", "description": made.alt_text})


@endpoint(NETWORK)
def statuses(request: HttpRequest) -> HttpResponse:
    """Post. The same idempotency key gives the first post back."""
    if request.method != "POST":
        return HttpResponse(status=405)
    account, given = _account(request), told(request)
    once = request.headers.get("Idempotency-Key", "")
    first = NetworkPost.objects.filter(network=NETWORK, account=account, once=once).first() if once else None
    if first is not None:
        return JsonResponse(_as_json(request, first))
    text = str(given.get("status", ""))
    if not text:
        raise Refused(422, error="Validation failed: Text can't be blank")
    if len(_ADDRESS.sub("x" * 23, text)) > _LONGEST:
        raise Refused(422, error="Validation failed: Text character limit of 500 exceeded")
    made = NetworkPost.objects.create(
        network=NETWORK,
        account=account,
        once=once,
        text=text,
        language=str(given.get("language", ""))[:8],
        picture=_picture(given.get("media_ids") or []),
    )
    made.key = str(made.pk)
    made.save(update_fields=["key"])
    return JsonResponse(_as_json(request, made))


def _picture(ids: list[Any]) -> NetworkPicture | None:
    if not ids:
        return None
    found = NetworkPicture.objects.filter(pk__in=[int(one) for one in ids if str(one).isdecimal()]).first()
    if found is None:
        raise Refused(422, error="Validation failed: Media not found")
    return found


@endpoint(NETWORK)
def status(request: HttpRequest, key: str) -> HttpResponse:
    """Read or delete one post."""
    account = _account(request)
    post = shown(NETWORK, account).filter(key=key).first()
    if post is None:
        raise Refused(404, error="Record not found")
    if request.method == "DELETE":
        take_down(NETWORK, account, key)
    return JsonResponse(_as_json(request, post))


@endpoint(NETWORK)
def me(request: HttpRequest) -> HttpResponse:
    """Who the token belongs to."""
    account = _account(request)
    return JsonResponse({"id": account, "username": account, "acct": account})


@endpoint(NETWORK)
def of_account(request: HttpRequest, account: str) -> HttpResponse:
    """The newest posts of an account."""
    _account(request)
    return JsonResponse(
        [_as_json(request, one) for one in shown(NETWORK, account).order_by("-pk")[:40]], safe=False
    )


def _account(request: HttpRequest) -> str:
    token = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not token.startswith("token-"):
        raise Refused(401, error="The access token is invalid")
    return token.removeprefix("token-")[:120]


def _as_json(request: HttpRequest, post: NetworkPost) -> dict[str, Any]:
    base = request.build_absolute_uri("/mastodon")
    return {
        "id": post.key,
        "uri": f"{base}/users/{post.account}/statuses/{post.key}",
        "url": f"{base}/@{post.account}/{post.key}",
        "created_at": post.posted_at.isoformat(),
        "content": f"<p>{urlize(escape(post.text), nofollow=True)}</p>",
        "account": {"id": post.account, "username": post.account},
    }
