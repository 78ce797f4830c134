"""As much of an AT Protocol server as a bot needs (atproto.com). Every account has the same password."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from foundation.sandbox.enums import NetworkName
from foundation.sandbox.models import NetworkPicture, NetworkPost
from foundation.sandbox.networks.common import Refused, endpoint, shown, take_down, told

NETWORK = NetworkName.BLUESKY
PASSWORD = "app-password"  # noqa: S105 - of a stand-in
COLLECTION = "app.bsky.feed.post"
_LONGEST = 300
_TID = re.compile(r"[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}")


@endpoint(NETWORK)
def create_session(request: HttpRequest) -> HttpResponse:
    """Sign in."""
    given = told(request)
    if given.get("password") != PASSWORD:
        raise Refused(401, error="AuthenticationRequired", message="Invalid identifier or password")
    handle = str(given.get("identifier", ""))[:100]
    return JsonResponse(
        {"did": f"did:web:{handle}", "handle": handle, "accessJwt": f"jwt-{handle}", "refreshJwt": "none"}
    )


@endpoint(NETWORK)
def upload_blob(request: HttpRequest) -> HttpResponse:
    """Take a picture."""
    _repo(request)
    made = NetworkPicture.objects.create(data=request.body, content_type=request.content_type or "")
    link = f"bafkrei{sha256(request.body).hexdigest()[:52]}-{made.pk}"
    blob = {
        "$type": "blob",
        "ref": {"$link": link},
        "mimeType": made.content_type,
        "size": len(request.body),
    }
    return JsonResponse({"blob": blob})


@endpoint(NETWORK)
def put_record(request: HttpRequest) -> HttpResponse:
    """Write a post under its key; what was there is replaced."""
    given = told(request)
    repo, key = _repo(request, given), _key(given)
    record = given.get("record")
    if not isinstance(record, dict) or record.get("$type") != COLLECTION:
        raise Refused(400, error="InvalidRequest", message="Invalid record")
    text = str(record.get("text", ""))
    if len(text) > _LONGEST:
        raise Refused(400, error="InvalidRequest", message="text must not be longer than 300 graphemes")
    _check_links(text, record.get("facets") or [])
    NetworkPost.objects.update_or_create(
        network=NETWORK,
        account=repo,
        key=key,
        defaults={
            "text": text,
            "language": str((record.get("langs") or [""])[0])[:8],
            "picture": _picture(record.get("embed")),
            "deleted_at": None,
        },
    )
    return JsonResponse({"uri": _uri(repo, key), "cid": f"bafyrei{sha256(request.body).hexdigest()[:52]}"})


def _check_links(text: str, facets: list[dict[str, Any]]) -> None:
    """Every link stands in the text at the bytes that it names."""
    for facet in facets:
        start, end = facet["index"]["byteStart"], facet["index"]["byteEnd"]
        if text.encode()[start:end].decode(errors="replace") != facet["features"][0]["uri"]:
            raise Refused(400, error="InvalidRequest", message="Invalid facet")


def _picture(embed: dict[str, Any] | None) -> NetworkPicture | None:
    if not embed:
        return None
    image = embed["images"][0]
    number = str(image["image"]["ref"]["$link"]).rpartition("-")[2]
    found = NetworkPicture.objects.filter(pk=int(number) if number.isdecimal() else 0).first()
    if found is None:
        raise Refused(400, error="BlobNotFound", message="Could not find blob")
    NetworkPicture.objects.filter(pk=found.pk).update(alt_text=image.get("alt", ""))
    return found


@endpoint(NETWORK)
def delete_record(request: HttpRequest) -> HttpResponse:
    """Delete a post; one that is not there is deleted already."""
    given = told(request)
    take_down(NETWORK, _repo(request, given), _key(given))
    return JsonResponse({})


@endpoint(NETWORK)
def get_record(request: HttpRequest) -> HttpResponse:
    """Read a post. Anybody may."""
    repo, key = request.GET.get("repo", ""), request.GET.get("rkey", "")
    post = shown(NETWORK, repo).filter(key=key).first()
    if post is None:
        raise Refused(400, error="RecordNotFound", message=f"Could not locate record: {_uri(repo, key)}")
    return JsonResponse(
        {"uri": _uri(repo, key), "cid": "bafyrei", "value": {"$type": COLLECTION, "text": post.text}}
    )


def _repo(request: HttpRequest, given: dict[str, Any] | None = None) -> str:
    handle = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not handle.startswith("jwt-"):
        raise Refused(401, error="AuthMissing", message="Authentication Required")
    repo = f"did:web:{handle.removeprefix('jwt-')}"
    if given is not None and given.get("repo") != repo:
        raise Refused(400, error="InvalidRequest", message="Could not find repo")
    return repo


def _key(given: dict[str, Any]) -> str:
    key = str(given.get("rkey", ""))
    if given.get("collection") != COLLECTION or _TID.fullmatch(key) is None:
        raise Refused(400, error="InvalidRequest", message="Invalid record key")
    return key


def _uri(repo: str, key: str) -> str:
    return f"at://{repo}/{COLLECTION}/{key}"
