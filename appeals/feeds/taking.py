"""Taking the items of one feed: each by itself, so that whatever ends a reader loses nothing it had taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from appeals import policies, services
from appeals.enums import Origin, Sharing
from appeals.feeds.asking import asked_of, fingerprint_of, reference_of
from appeals.feeds.documents import Document
from appeals.feeds.problems import NotTaken
from appeals.models import FeedEntry, SharingPolicy
from appeals.models.appeals import RUNNING
from foundation.access import Refused
from foundation.accounts.enums import OrganisationKind, Role
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import Invalid, NotVisible
from missingcases.selectors import incidents_visible_to

READER = "appeals.read_force_feeds"


@dataclass(frozen=True, slots=True, eq=False)
class Claim:
    """One feed that is ours to read, as it was when it was claimed."""

    pk: int
    organisation_id: int
    url: str = field(repr=False)
    kind: str
    etag: str
    modified: str

    @property
    def policy(self) -> QuerySet[SharingPolicy]:
        """The force's policy, as long as it says that this feed is to be read."""
        rows = SharingPolicy.objects.filter(pk=self.pk, sharing=Sharing.DRAFT, feed_url=self.url)
        return rows.exclude(feed_url="")

    @property
    def actor(self) -> Actor:
        """The force's own system: it sees what the force sees, and may what its systems may."""
        return Actor(
            organisation_id=self.organisation_id,
            organisation_kind=OrganisationKind.POLICE_FORCE,
            roles=frozenset({Role.API_CLIENT}),
            source=READER,
        )


class SwitchedOff(Exception):
    """The force's feed is not to be read any more, or is another one."""


def take(claim: Claim, document: Document) -> list[dict[str, Any]]:
    """Take what is new or changed; returns what could not be taken. Raises `SwitchedOff`."""
    known = _known(claim, document)
    wrong: list[dict[str, Any]] = []
    present: set[str] = set()
    for item in document.items:
        reference = reference_of(item.id)
        try:
            if reference in present:
                raise NotTaken("twice")
            present.add(reference)
            if not reference or item.said is None:
                raise NotTaken("no_id" if not reference else "no_appeal")
            if known.get(reference) != fingerprint_of(item.said):
                _take_one(claim, reference, item.said)
        except NotTaken as problem:
            wrong.append({"item": reference, "code": problem.code, "fields": problem.fields})
    _follow_departures(claim, document, present)
    return wrong


def _known(claim: Claim, document: Document) -> dict[str, str]:
    """The fingerprints of what was taken of these items, by reference."""
    references = [reference_of(item.id) for item in document.items]
    rows = FeedEntry.objects.filter(
        appeal__organisation_id=claim.organisation_id, appeal__external_reference__in=references
    )
    return dict(rows.values_list("appeal__external_reference", "fingerprint"))


@transaction.atomic
def _take_one(claim: Claim, reference: str, said: Mapping[str, Any]) -> None:
    """Raises `NotTaken`, `SwitchedOff`."""
    if not claim.policy.exists():
        raise SwitchedOff
    asked = asked_of(said, kind=claim.kind)
    try:
        appeal = services.share_appeal(
            actor=claim.actor,
            incident_id=_incident_id(claim, asked.incident),
            form_token=None,
            external_reference=reference,
            kind=asked.kind,
            reason=asked.reason,
            police_view=asked.police_view,
            content=asked.content,
            area_ids=asked.area_ids,
            origin=Origin.FEED,
        )
    except NotVisible:
        raise NotTaken("incident") from None
    except Invalid as invalid:
        raise NotTaken("fields", invalid.problems) from None
    except Refused as refused:
        if refused.refusal.code == policies.OFF.code:
            raise SwitchedOff from None
        raise NotTaken(refused.refusal.code) from None
    FeedEntry.objects.update_or_create(
        appeal=appeal, defaults={"fingerprint": fingerprint_of(said), "taken_at": timezone.now()}
    )


def _incident_id(claim: Claim, named: str) -> int:
    """An incident of the force's own, by our reference or by its own. Raises `NotVisible` for any other."""
    mine = incidents_visible_to(claim.actor).filter(owner_id=claim.organisation_id)
    rows = mine.filter(Q(reference=named) | Q(force_reference=named)).values_list("pk", "reference")
    found = sorted(rows, key=lambda row: row[1] != named)
    if not found:
        raise NotVisible("incident")
    return int(found[0][0])


@transaction.atomic
def _follow_departures(claim: Claim, document: Document, present: set[str]) -> None:
    """What left the feed proposes its withdrawal, and withdraws nothing; what came back takes that back."""
    if not claim.policy.exists():
        raise SwitchedOff
    deleted = {reference_of(one) for one in document.deleted}
    rows = FeedEntry.objects.filter(
        appeal__organisation_id=claim.organisation_id, appeal__status__in=sorted(RUNNING)
    )
    left, back = [], []
    for pk, reference, gone_at in rows.values_list("pk", "appeal__external_reference", "gone_at"):
        if reference in present:
            back += [pk] if gone_at else []
        elif gone_at is None and (document.whole or reference in deleted):
            left.append((pk, reference in deleted))
    FeedEntry.objects.filter(pk__in=back).update(
        gone_at=None, deleted=False, kept_at=None, kept_by=None, kept_reason=""
    )
    for said_so in (True, False):
        ids = [pk for pk, deleted_there in left if deleted_there is said_so]
        FeedEntry.objects.filter(pk__in=ids).update(gone_at=timezone.now(), deleted=said_so)
    for action, ids in (("left_feed", [pk for pk, _ in left]), ("back_in_feed", back)):
        if ids:
            audit.record(actor=claim.actor, action=f"appeals.{action}", target=FeedEntry, target_ids=ids)


def with_times(
    wrong: list[dict[str, Any]], before: list[dict[str, Any]], now: datetime
) -> list[dict[str, Any]]:
    """Each problem with the time since when it is there."""
    since = {(one["item"], one["code"]): one["since"] for one in before}
    return [{**one, "since": since.get((one["item"], one["code"]), now.isoformat())} for one in wrong]
