"""The demonstration's outlets: at the stand-ins of networks and of a media partner, and by e-mail."""

from __future__ import annotations

import hashlib

from django.conf import settings

from appeals.enums import Channel
from appeals.models import Outlet

_PLAYER = "the-player-of-the-demonstration"


def build() -> str:
    """Make what is missing; returns a few words on what there is."""
    # Not installed on a real server.
    from foundation.sandbox.models import SignagePlayer
    from foundation.sandbox.networks import bluesky, partner

    sandbox = settings.TWILIO_BASE_URL.rstrip("/")
    wanted = (
        Outlet(
            channel=Channel.MASTODON,
            name="Mastodon",
            address=f"{sandbox}/mastodon",
            secret="token-missingpeople",  # noqa: S106 - of a stand-in
            account="missingpeople",
            verifiable=False,
        ),
        Outlet(
            channel=Channel.BLUESKY,
            name="Bluesky",
            address=f"{sandbox}/bluesky",
            secret=bluesky.PASSWORD,
            account="missingpeople.example",
        ),
        Outlet(
            channel=Channel.WEBHOOK,
            name="The Daily Example",
            address=f"{sandbox}/partner/daily/hook",
            secret=partner.SECRET,
        ),
        Outlet(channel=Channel.MEDIA_EMAIL, name="Croydon Courier", address="newsdesk@courier.example"),
        Outlet(
            channel=Channel.BILLBOARD,
            name="High Street screens",
            token_hash=hashlib.sha256(_PLAYER.encode()).hexdigest(),
            formats=["1920x1080"],
        ),
    )
    known = set(Outlet.objects.values_list("channel", "name"))
    for outlet in wanted:
        if (outlet.channel, outlet.name) not in known:
            outlet.save()
    players = f"{settings.PUBLIC_BASE_URL}/players"
    SignagePlayer.objects.get_or_create(
        token=_PLAYER,
        defaults={"playlist_url": f"{players}/playlist", "check_in_url": f"{players}/check-in"},
    )
    return f"{Outlet.objects.count()} outlets"
