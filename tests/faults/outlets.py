"""Appeals on the stand-ins of networks, and the count at the end: all told, nothing shown, none twice."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from appeals import services
from appeals.enums import Channel
from appeals.models import Appeal, Outlet, Placement
from foundation.accounts.enums import Role
from foundation.accounts.models import Organisation
from foundation.actors import Actor
from foundation.audit.models import AuditEvent
from foundation.sandbox.networks import bluesky, partner
from missingcases.models import Incident
from tests.appeals import making
from tests.cast import member
from tests.faults.counting import seal_everything
from tests.faults.flood import Flood
from tests.faults.product import Product
from tests.faults.table import BROKEN, HOLDS, write_row
from tests.missingcases.making import located
from tests.processes import wait_until

GONE = ("told", "confirmed")


@dataclass
class Shown:
    """Who publishes, and the appeals that were: each on three outlets."""

    flood: Flood
    publicity: Actor
    second: Actor
    appeals: list[int] = field(default_factory=list)

    @classmethod
    def begin(cls, product: Product, flood: Flood) -> Shown:
        """Outlets at the stand-ins, and two people at the charity's desk."""
        charity = Organisation.objects.get(pk=flood.screener.organisation_id)
        two = (
            member("shown-publicity@charity.example", "Leo Marsh", charity, Role.CHARITY_PUBLICITY),
            member("shown-second@charity.example", "Ida Crane", charity, Role.CHARITY_MANAGER),
        )
        at = product.provider.url
        for given in (
            {"channel": Channel.MASTODON, "address": f"{at}/mastodon", "secret": "token-us", "account": "us"},
            {
                "channel": Channel.BLUESKY,
                "address": f"{at}/bluesky",
                "secret": bluesky.PASSWORD,
                "account": "us.example",
            },
            {"channel": Channel.WEBHOOK, "address": f"{at}/partner/daily/hook", "secret": partner.SECRET},
        ):
            Outlet.objects.get_or_create(channel=given["channel"], name="a stand-in", defaults=given)
        return cls(flood, two[0].actor, two[1].actor)

    def publish(self) -> Appeal:
        """One more appeal, from the request to its publication."""
        incident = making.open_incident(self.flood.officer, self.flood.supervisor)
        appeal = making.asked(self.flood.officer, incident)
        making.checked(self.publicity, appeal)
        making.consented(self.publicity, appeal)
        making.authorised(self.flood.supervisor, appeal)
        self.appeals.append(appeal.pk)
        return services.publish_appeal(actor=self.second, appeal_id=appeal.pk)

    def find(self, appeal: Appeal) -> None:
        """The person is found."""
        located(self.flood.officer, Incident.objects.get(pk=appeal.incident_id))

    @property
    def placements(self) -> QuerySet[Placement]:
        """Where they were shown by others than us."""
        others = Placement.objects.exclude(outlet__channel__in=[Channel.WEBSITE, Channel.POSTER])
        return others.filter(appeal__in=self.appeals)

    def standing(self) -> Counter[str]:
        """How many stand how."""
        return Counter(self.placements.values_list("status", flat=True))

    def all_stand(self, *statuses: str, seconds: float = 240) -> None:
        """Wait until all stand so. What is to be tried later is tried now: nobody waits for a clock."""

        def do() -> bool:
            waiting = self.placements.filter(next_at__gt=timezone.now()).exclude(status__in=statuses)
            with transaction.atomic():
                # In the order of the worker, and past what it holds: two that wait for each other end one.
                rows = waiting.select_for_update(of=("self",), skip_locked=True).order_by("pk")
                Placement.objects.filter(pk__in=[row.pk for row in rows]).update(next_at=timezone.now())
            return set(self.standing()) <= set(statuses)

        wait_until(do, f"all to be {statuses} ({self.standing()})", seconds=seconds)

    def posts(self, product: Product) -> list[dict[str, Any]]:
        """What the networks have of them, shown or not."""
        tokens = Appeal.objects.filter(pk__in=self.appeals).values_list("token", flat=True)
        return [post for post in product.provider.posts() if any(token in post["text"] for token in tokens)]


def account(fault: str, shown: Shown, product: Product, *, hit: int) -> None:
    """Wait until every outlet is told and shows nothing, write the row, and assert that it adds up."""
    shown.all_stand(*GONE)
    # One that says it is gone and shows it all the same is told again.
    wait_until(
        lambda: _told_again(shown, product), f"nothing to be shown ({shown.posts(product)})", seconds=90
    )
    posts = shown.posts(product)
    often = Counter((post["network"], _token(post, shown)) for post in posts)
    doubled = sum(times - 1 for times in often.values())
    standing, sealed = shown.standing(), seal_everything()
    told, intended = sum(standing[status] for status in GONE), shown.placements.count()
    mistaken = sum(bool(post["shown"]) for post in posts)
    adds_up = told == intended and doubled == mistaken == 0 and hit > 0 and sealed
    row = {
        "fault": fault,
        "hit": hit,
        "intended": intended,
        "accepted": told,
        "unknown": standing["unknown"],
        "doubled": doubled,
        "mistaken": mistaken,
        "audit rows": AuditEvent.objects.count(),
        "sealed": "yes" if sealed else "NO",
        "verdict": HOLDS if adds_up else BROKEN,
    }
    write_row(row)
    assert row["verdict"] == HOLDS, (row, standing)


def _told_again(shown: Shown, product: Product) -> bool:
    shown.placements.filter(next_at__gt=timezone.now()).update(next_at=timezone.now())
    return not any(post["shown"] for post in shown.posts(product))


def _token(post: dict[str, Any], shown: Shown) -> str:
    tokens = Appeal.objects.filter(pk__in=shown.appeals).values_list("token", flat=True)
    return next(token for token in tokens if token in post["text"])
