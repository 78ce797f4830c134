"""The demonstration's outlets: at the stand-ins of networks and of a media partner, and by e-mail."""

from __future__ import annotations

from django.conf import settings

from appeals.enums import Channel
from appeals.models import Outlet


def build() -> str:
    """Make what is missing; returns a few words on what there is."""
    from foundation.sandbox.networks import bluesky, partner  # not installed on a real server

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
    )
    known = set(Outlet.objects.values_list("channel", "name"))
    for outlet in wanted:
        if (outlet.channel, outlet.name) not in known:
            outlet.save()
    return f"{Outlet.objects.count()} outlets"
