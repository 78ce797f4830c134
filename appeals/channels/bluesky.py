"""Bluesky and other servers of the AT Protocol (atproto.com): the outlet's address is our account's server.

A post lies under a key that we choose from the placement, so that writing it twice is writing it once and
nobody has to be asked for what it is called.
"""

from __future__ import annotations

import json
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC
from typing import Any
from urllib.parse import urlencode
from zlib import crc32

from appeals.channels.base import Job, Shown, Sight
from appeals.channels.texts import post
from appeals.projection import Published
from foundation.calling import Answer, Call, Steps, expect

# Graphemes; no text has more of them than characters.
LONGEST = 300
COLLECTION = "app.bsky.feed.post"
_DIGITS = "234567abcdefghijklmnopqrstuvwxyz"
# Servers let an account sign in a few times an hour, and a sign-in lasts two.
_KEPT_SECONDS = 3600.0


@dataclass(frozen=True, slots=True)
class _Session:
    did: str
    token: str = field(repr=False)
    until: float


_sessions: dict[tuple[str, str], _Session] = {}
_lock = threading.Lock()


def text_of(shown: Published, page: str) -> str:
    """The post, as it is published and previewed."""
    return post(shown, page, longest=LONGEST)


def counted(text: str, page: str) -> int:
    """How long a server takes a post to be, or longer: it counts graphemes."""
    return len(text)


def publish(job: Job) -> Steps[Shown]:
    """The picture, then the post with its link."""
    shown = job.published
    text = text_of(shown, job.page)
    record: dict[str, Any] = {
        "$type": COLLECTION,
        "text": text,
        "createdAt": job.planned_at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "langs": [shown.language],
        "facets": [_link(text, job.page)],
    }
    picture = job.picture()
    if picture is not None:
        blob = (yield from _asked(job, "com.atproto.repo.uploadBlob", picture, job.picture_type)).json()
        images = [{"image": blob["blob"], "alt": shown.alt_text}]
        record["embed"] = {"$type": "app.bsky.embed.images", "images": images}
    answer = yield from _on_record(job, "com.atproto.repo.putRecord", record=record)
    return _shown(job, str(answer.json()["uri"]))


def find(job: Job) -> Steps[Shown | None]:
    """Under its key."""
    session = yield from _session(job)
    found = yield from _read(job, session.did)
    return None if found is None else _shown(job, str(found["uri"]))


def withdraw(job: Job) -> Steps[None]:
    """Delete the record; one that is not there is deleted already."""
    yield from _on_record(job, "com.atproto.repo.deleteRecord")


def look(job: Job) -> Steps[Sight]:
    """Whether our account's server still has it."""
    return Sight.GONE if (yield from find(job)) is None else Sight.SHOWN


def record_key(job: Job) -> str:
    """The key of a placement's post: a TID, as posts must have, of when it was planned and its reference."""
    micros = int(job.planned_at.timestamp() * 1_000_000)
    number = micros << 10 | crc32(job.reference.encode()) & 1023
    return "".join(_DIGITS[number >> 5 * place & 31] for place in reversed(range(13)))


def _link(text: str, page: str) -> dict[str, Any]:
    """Where the page's address stands, counted in bytes."""
    start = len(text.partition(page)[0].encode())
    return {
        "index": {"byteStart": start, "byteEnd": start + len(page.encode())},
        "features": [{"$type": "app.bsky.richtext.facet#link", "uri": page}],
    }


def _on_record(job: Job, method: str, **more: Any) -> Steps[Answer]:
    session = yield from _session(job)
    told = {"repo": session.did, "collection": COLLECTION, "rkey": record_key(job), **more}
    return (yield from _asked(job, method, json.dumps(told).encode(), "application/json"))


def _read(job: Job, did: str) -> Steps[dict[str, Any] | None]:
    query = urlencode({"repo": did, "collection": COLLECTION, "rkey": record_key(job)})
    answer = yield Call("GET", f"{_method(job, 'com.atproto.repo.getRecord')}?{query}")
    if answer.status in {400, 404} and answer.json().get("error") == "RecordNotFound":
        return None
    found: dict[str, Any] = expect(answer).json()
    return found


def _asked(job: Job, method: str, body: bytes, content_type: str) -> Steps[Answer]:
    """One call as ourselves; where a kept sign-in is over, with a new one."""
    for is_last in (False, True):
        session = yield from _session(job)
        headers = {"Authorization": f"Bearer {session.token}", "Content-Type": content_type}
        answer = yield Call("POST", _method(job, method), headers, body)
        if is_last or not _is_over(answer):
            break
        with _lock:
            _sessions.pop((job.address, job.account), None)
    return expect(answer)


def _is_over(answer: Answer) -> bool:
    return answer.status == 401 or (answer.status == 400 and answer.json().get("error") == "ExpiredToken")


def _session(job: Job) -> Steps[_Session]:
    key = (job.address, job.account)
    with _lock:
        kept = _sessions.get(key)
    if kept is not None and kept.until > time.monotonic():
        return kept
    told = json.dumps({"identifier": job.account, "password": job.secret}).encode()
    url = _method(job, "com.atproto.server.createSession")
    came = expect((yield Call("POST", url, {"Content-Type": "application/json"}, told))).json()
    made = _Session(str(came["did"]), str(came["accessJwt"]), time.monotonic() + _KEPT_SECONDS)
    with _lock:
        _sessions[key] = made
    return made


def _method(job: Job, name: str) -> str:
    return f"{job.address}/xrpc/{name}"


def _shown(job: Job, uri: str) -> Shown:
    return Shown(uri, f"https://bsky.app/profile/{job.account}/post/{record_key(job)}")
