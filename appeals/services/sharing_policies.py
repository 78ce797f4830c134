"""Deciding how a force shares, and what becomes of an appeal that left its force's feed."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from appeals import policies
from appeals.enums import KINDS_ASKED_FOR, AppealKind, Sharing
from appeals.models import Appeal, FeedEntry, SharingPolicy
from appeals.services.common import hold, need, reason_of, written
from foundation.access import require
from foundation.accounts.enums import OrganisationKind
from foundation.accounts.models import Organisation
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import NotVisible
from foundation.messaging.gateways import outside
from missingcases.services.common import apply

LONGEST_ADDRESS = 300
# Addresses stand on pages, in proxies' logs and in the trail: nothing that opens a door belongs into one.
_SECRETS = frozenset({"token", "key", "apikey", "api_key", "password", "secret", "auth", "sig", "signature"})


@dataclass(frozen=True, slots=True)
class SharingDetails:
    """What somebody decided for one force."""

    sharing: str
    kind: str = AppealKind.STANDARD
    feed_url: str = ""


@transaction.atomic
def set_sharing(
    *, actor: Actor, organisation_id: int, details: SharingDetails, version: int | None = None
) -> SharingPolicy:
    """Say whether a force's appeals are taken, and where its feed is. `version` is 0 for the first decision.

    Raises `NotVisible`, `Refused`, `Invalid`, and `Conflict` with both sides.
    """
    forces = Organisation.objects.filter(kind=OrganisationKind.POLICE_FORCE, is_active=True)
    if not forces.filter(pk=organisation_id).exists():
        raise NotVisible(f"force {organisation_id}")
    require(policies.may_change_sharing(actor, organisation_id))
    address = details.feed_url.strip()
    need(_problems(details, address))
    _, is_first = SharingPolicy.objects.get_or_create(organisation_id=organisation_id)
    policy = SharingPolicy.objects.select_for_update(no_key=True).get(organisation_id=organisation_id)
    decided = {"sharing": details.sharing, "kind": details.kind, "feed_url": address}
    changed = apply(policy, version=None if is_first else version, changes=decided)
    if changed or is_first:
        _begin_anew(policy, actor, other_feed="feed_url" in changed)
        audit.record(actor=actor, action="appeals.sharing_set", target=policy, fields=changed or ["sharing"])
    return policy


def _begin_anew(policy: SharingPolicy, actor: Actor, *, other_feed: bool) -> None:
    """Read it whole at the next turn; what was said of another address is forgotten."""
    policy.changed_by_id = actor.user_id
    policy.feed_etag = policy.feed_modified = ""
    policy.feed_next_at = None
    if other_feed:
        policy.feed_read_at = policy.feed_failed_since = None
        policy.feed_problem, policy.feed_items, policy.feed_problems = "", 0, []
    policy.save()


@transaction.atomic
def keep_despite_feed(*, actor: Actor, appeal_id: int, reason: str, version: int | None = None) -> Appeal:
    """Go on with an appeal that its force's feed does not carry any more. Raises `Refused`, `Invalid`."""
    _, appeal = hold(actor, appeal_id, version=version)
    entry = FeedEntry.objects.select_for_update(no_key=True).filter(appeal=appeal).first()
    require(policies.may_keep_despite_feed(actor, appeal, entry))
    FeedEntry.objects.filter(appeal=appeal).update(
        kept_at=timezone.now(), kept_by=actor.user_id, kept_reason=reason_of(reason)
    )
    written(appeal)
    audit.record(
        actor=actor,
        action="appeals.kept_despite_feed",
        target=appeal,
        incident_id=appeal.incident_id,
        fields=["kept_at", "kept_reason"],
    )
    return appeal


def _problems(details: SharingDetails, address: str) -> dict[str, str]:
    problems: dict[str, str] = {}
    if details.sharing not in Sharing.values:
        problems["sharing"] = "Choose one of the two."
    if details.kind not in dict(KINDS_ASKED_FOR):
        problems["kind"] = "Choose one of the listed values."
    if address and (problem := _address_problem(address)):
        problems["feed_url"] = problem
    return problems


def _address_problem(address: str) -> str:
    """What is wrong with the address of a feed; nothing, if it may be called."""
    if len(address) > LONGEST_ADDRESS:
        return f"Use {LONGEST_ADDRESS} characters or fewer."
    outside_words = "Enter an address that starts with https:// and lies outside this network."
    try:
        parts = urlsplit(address)
        if "@" in parts.netloc or _SECRETS & {name.lower() for name in parse_qs(parts.query)}:
            return "Leave out passwords and tokens: an address is seen by many. The feed has to open without."
        if any(sign in address for sign in "\\ \t\r\n"):
            return outside_words
        outside.check(address, allowed=settings.OUTLET_ALLOWED_HOSTS)
    except (ValueError, outside.NotAllowed):
        return outside_words
    except outside.NoSuchHost:
        return "This name was not found. Check its spelling, or try again later."
    return ""
