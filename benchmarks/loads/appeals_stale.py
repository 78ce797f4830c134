"""Page, picture, feed and playlist of one appeal, read ten thousand times each while its person is found.

The unit is a round of the four; nothing is compared. What is asked is that no read that begins after the
commit shows it, whether answered whole or as unchanged.
"""

from __future__ import annotations

import logging
import re
import tempfile
from collections.abc import Callable

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

from appeals.enums import Channel
from appeals.models import Appeal
from appeals.public.outlets.tokens import hash_of
from benchmarks.load import Check, Goal, Load, Ready
from benchmarks.loads.textsafe import Desk as Force
from benchmarks.site import Answer, answered
from benchmarks.stale import race
from foundation.accounts.enums import OrganisationKind, Role
from foundation.accounts.models import Organisation
from tests.appeals import making
from tests.appeals.conftest import Desk
from tests.appeals.public.photos import live_with_photo
from tests.cast import member
from tests.missingcases.making import located

READS = 10_000
FEED, BOARD = "bench-feed-" + "k" * 40, "bench-board-" + "k" * 40
PLAYLIST = "/players/playlist"


def _prepare(_rows: int) -> Ready:
    folder = tempfile.TemporaryDirectory()
    settings.MEDIA_ROOT = folder.name
    force = Force()
    incident = making.open_incident(force.actor, force.actor)
    making.outlet(Channel.MEDIA_FEED, "Bench newsroom", token_hash=hash_of(FEED))
    making.outlet(Channel.BILLBOARD, "Bench board", token_hash=hash_of(BOARD), formats=["landscape"])
    appeal = live_with_photo(_desk(force), incident)
    settings.IS_PUBLIC_SITE, settings.ROOT_URLCONF = True, "config.public_urls"
    site = WSGIHandler()

    def asked(path: str, **headers: str) -> Answer:
        if path == PLAYLIST:
            headers["authorization"] = f"Bearer {BOARD}"
        return answered(path, app=site, **headers)

    addresses = _addresses(appeal, asked)
    known = {one: asked(one).headers.get("etag", "") for one in addresses}

    def shows(path: str) -> bool:
        """Also as *unchanged*: a feed and a playlist stay there and leave it out."""
        answer = asked(path, **({"if_none_match": known[path]} if known[path] else {}))
        if path in (PLAYLIST, _feed()):
            return answer.status == 304 or b"<entry>" in answer.body or b'"creatives":' in answer.body
        return answer.status in (200, 304)

    def checks() -> list[Check]:
        logging.disable(logging.WARNING)  # thousands of lines that something is gone
        shown = [shows(one) for one in addresses]
        raced = race(
            addresses,
            shows,
            lambda: located(force.actor, incident),
            reads=READS * len(addresses),
            readers=2,
        )
        said = f"{len(raced.stale)} of {raced.after:,} after the commit, {raced.before:,} before it"
        return [
            Check("shown before: page, picture, feed, playlist", str(shown), all(shown)),
            Check("stale in racing reads", said, not raced.stale and raced.after > 0),
        ]

    return Ready(ours=lambda: [asked(one) for one in addresses], checks=checks, close=folder.cleanup)


def _desk(force: Force) -> Desk:
    """The same people on the force's side, and two at the charity's desk."""
    charity = Organisation.objects.filter(kind=OrganisationKind.CHARITY).order_by("pk")[0]
    publicity = member("bench-publicity@charity.example", "Leo Marsh", charity, Role.CHARITY_PUBLICITY)
    second = member("bench-second@charity.example", "Ida Crane", charity, Role.CHARITY_MANAGER)
    return Desk(force.actor, force.actor, force.actor, publicity.actor, second.actor)


def _feed() -> str:
    return f"/outlets/feed/{FEED}.atom"


def _addresses(appeal: Appeal, asked: Callable[[str], Answer]) -> list[str]:
    page = f"/appeals/{appeal.token}/"
    picture = re.search(r"/pictures/[^\s\"]+", asked(page).body.decode())
    assert picture is not None
    return [page, picture[0], _feed(), PLAYLIST]


LOAD = Load(
    "appeals_stale",
    "page, picture, feed and playlist while the person is found",
    Goal(),
    _prepare,
    rounds=5,
    writes=True,
)
