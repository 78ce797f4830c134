"""Outlets at the stand-in networks, and an appeal that is live on them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from appeals import services
from appeals.delivery.claims import CALLED
from appeals.enums import Channel
from appeals.models import Appeal, Outlet, Placement
from foundation.sandbox.control import Control
from foundation.sandbox.networks.bluesky import PASSWORD
from foundation.sandbox.networks.partner import SECRET
from tests.appeals import making

EDITOR = "editor@news.example"


def mastodon(provider: Control, account: str = "harbour", **given: Any) -> Outlet:
    values = {"address": f"{provider.url}/mastodon", "account": account, "secret": f"token-{account}"}
    return making.outlet(Channel.MASTODON, **values | {"verifiable": False} | given)


def bluesky(provider: Control, account: str = "harbour.example", **given: Any) -> Outlet:
    values = {"address": f"{provider.url}/bluesky", "account": account, "secret": PASSWORD}
    return making.outlet(Channel.BLUESKY, **values | given)


def partner(provider: Control, account: str = "gazette", **given: Any) -> Outlet:
    values = {"address": f"{provider.url}/partner/{account}/hook", "secret": SECRET}
    return making.outlet(Channel.WEBHOOK, **values | given)


def media(**given: Any) -> Outlet:
    return making.outlet(Channel.MEDIA_EMAIL, **{"address": EDITOR} | given)


def publish(desk: Any, ready: Appeal, **given: Any) -> Appeal:
    return services.publish_appeal(actor=desk.second, appeal_id=ready.pk, **given)


def withdraw(desk: Any, appeal: Appeal) -> Appeal:
    return services.withdraw_appeal(
        actor=desk.second, appeal_id=appeal.pk, cause="staff", reason="It is over."
    )


def of(appeal: Appeal, channel: str) -> Placement:
    return Placement.objects.get(appeal=appeal, outlet__channel=channel)


def called(appeal: Appeal) -> QuerySet[Placement]:
    """Its placements beside our own pages and posters."""
    return Placement.objects.filter(appeal=appeal, outlet__channel__in=CALLED)


def make_due(appeal: Appeal) -> None:
    """Let every clock of its placements run out."""
    rows = Placement.objects.filter(appeal=appeal, next_at__isnull=False)
    rows.update(next_at=timezone.now() - timedelta(seconds=1))


def ledger(placement: Placement) -> list[str]:
    return [entry.what for entry in placement.ledger.order_by("pk")]
