"""Mastodon and what speaks its protocol (docs.joinmastodon.org): the outlet's address is the server.

Copies that other servers took are told by ours and nobody can look whether they obey.
"""

from __future__ import annotations

import json
from urllib.parse import quote

from urllib3.filepost import encode_multipart_formdata

from appeals.channels.base import Job, Shown, Sight
from appeals.channels.texts import post
from appeals.projection import Published
from foundation.calling import Call, CallFailed, Steps, expect

LONGEST = 500
# A server counts so much for any address.
_ADDRESS_COUNTS = 23
_LOOKED_THROUGH = 40


def text_of(shown: Published, page: str) -> str:
    """The post, as it is published and previewed."""
    return post(shown, page, longest=LONGEST, page_counts=_ADDRESS_COUNTS)


def counted(text: str, page: str) -> int:
    """How long a server takes a post to be."""
    return len(text) - len(page) + _ADDRESS_COUNTS


def publish(job: Job) -> Steps[Shown]:
    """The picture with its description, then the post. The same key gives the first post back."""
    shown = job.published
    picture = job.picture()
    media = [(yield from _picture(job, picture, shown.alt_text))] if picture is not None else []
    told = {
        "status": text_of(shown, job.page),
        "media_ids": media,
        "visibility": "public",
        "language": shown.language,
    }
    headers = {**_signed_in(job), "Content-Type": "application/json", "Idempotency-Key": job.reference}
    body = json.dumps(told).encode()
    answer = expect((yield Call("POST", f"{job.address}/api/v1/statuses", headers, body)))
    return _shown(answer.json())


def _picture(job: Job, picture: bytes, alt_text: str) -> Steps[str]:
    file = ("picture.jpg", picture, job.picture_type)
    body, content_type = encode_multipart_formdata([("file", file), ("description", alt_text)])
    headers = {**_signed_in(job), "Content-Type": content_type}
    answer = expect((yield Call("POST", f"{job.address}/api/v2/media", headers, body)))
    if answer.status == 202:  # taken, and not ready to be posted
        raise CallFailed("picture_not_ready")
    return str(answer.json()["id"])


def find(job: Job) -> Steps[Shown | None]:
    """Among our newest posts there, by the address of the page; none that is of another showing."""
    mine = expect(
        (yield Call("GET", f"{job.address}/api/v1/accounts/verify_credentials", _signed_in(job)))
    ).json()
    asked = f"{job.address}/api/v1/accounts/{quote(str(mine['id']), safe='')}/statuses"
    posts = expect((yield Call("GET", f"{asked}?limit={_LOOKED_THROUGH}", _signed_in(job)))).json()
    mine_too = (one for one in posts if str(one["id"]) not in job.others)
    return next((_shown(one) for one in mine_too if job.page in str(one["content"])), None)


def withdraw(job: Job) -> Steps[None]:
    """Delete the post; the server tells those that have a copy."""
    remote_id = job.remote_id
    if not remote_id:
        found = yield from find(job)
        if found is None:
            return
        remote_id = found.remote_id
    expect((yield Call("DELETE", _of(job, remote_id), _signed_in(job))), 404, 410)


def look(job: Job) -> Steps[Sight]:
    """Whether our server still has it."""
    if not job.remote_id:
        return Sight.SHOWN if (yield from find(job)) else Sight.GONE
    answer = expect((yield Call("GET", _of(job, job.remote_id), _signed_in(job))), 404, 410)
    return Sight.GONE if answer.status in {404, 410} else Sight.SHOWN


def _of(job: Job, remote_id: str) -> str:
    return f"{job.address}/api/v1/statuses/{quote(remote_id, safe='')}"


def _signed_in(job: Job) -> dict[str, str]:
    return {"Authorization": f"Bearer {job.secret}"}


def _shown(status: dict[str, object]) -> Shown:
    return Shown(str(status["id"]), str(status.get("url") or ""))
