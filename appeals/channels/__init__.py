"""The networks that we call. A new one is a file like these and a line here."""

from __future__ import annotations

from appeals.channels import bluesky, mastodon, webhook
from appeals.channels.base import Network
from appeals.enums import Channel

NETWORKS: dict[str, Network] = {
    Channel.MASTODON: mastodon,
    Channel.BLUESKY: bluesky,
    Channel.WEBHOOK: webhook,
}
