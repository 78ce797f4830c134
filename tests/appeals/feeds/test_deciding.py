"""A force's automatic sharing: who decides it, what is refused once it is off, and who keeps what left."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from appeals import policies, services
from appeals.enums import AppealStatus, Sharing
from appeals.models import FeedEntry, SharingPolicy
from foundation.access import Refused
from foundation.actors import Actor
from foundation.audit.models import AuditEvent
from foundation.exceptions import Conflict, Invalid, NotVisible
from tests.appeals.test_sharing import sent

pytestmark = pytest.mark.django_db
FEED = "https://93.184.215.14/appeals.atom"


def decide(actor: Actor, force: Any, sharing: str = Sharing.DRAFT, **given: Any) -> SharingPolicy:
    version = given.pop("version", None)
    details = services.SharingDetails(sharing, **given)
    return services.set_sharing(
        actor=actor, organisation_id=getattr(force, "pk", force), details=details, version=version
    )


def test_an_inspector_decides_for_their_force_and_the_desk_for_every_force(desk, met, kent) -> None:
    mine = decide(desk.inspector, met, feed_url=f" {FEED} ")
    assert (mine.sharing, mine.feed_url, mine.changed_by_id) == ("draft", FEED, desk.inspector.user_id)
    assert decide(desk.publicity, met, Sharing.OFF).pk == mine.pk
    assert decide(desk.publicity, kent).organisation_id == kent.pk
    entries = AuditEvent.objects.filter(action="appeals.sharing_set").order_by("id")
    assert [set(entry.fields) for entry in entries[:2]] == [{"sharing", "feed_url"}] * 2


def test_nobody_else_decides_and_what_is_no_force_has_nothing_to_decide(desk, met, kent, charity) -> None:
    for actor, force in ((desk.officer, met), (desk.supervisor, met), (desk.inspector, kent)):
        with pytest.raises(Refused):
            decide(actor, force)
    for nowhere in (charity, 0):
        with pytest.raises(NotVisible):
            decide(desk.publicity, nowhere)
    assert not SharingPolicy.objects.exists()


@pytest.mark.parametrize(
    "address",
    [
        "http://93.184.215.14/appeals.atom",
        "https://127.0.0.1/appeals.atom",
        "https://10.1.2.3/appeals.atom",
        "https://[::1]/appeals.atom",
        "https://me:secret@93.184.215.14/appeals.atom",
        "https://:secret@93.184.215.14/appeals.atom",
        "https://93.184.215.14/appeals.atom?Token=abc",
        "https://93.184.215.14/appeals\\@inside",
        "https://93.184.215.14:99999/",
        "https://[/",
        "https://no-such-host.invalid/appeals.atom",
        "ftp://93.184.215.14/appeals.atom",
        "https://93.184.215.14/" + "x" * 300,
        "appeals.atom",
    ],
)
def test_an_address_that_may_not_be_read_is_named_and_changes_nothing(desk, met, settings, address) -> None:
    settings.OUTLET_ALLOWED_HOSTS = []
    with pytest.raises(Invalid) as refused:
        decide(desk.inspector, met, feed_url=address)
    assert list(refused.value.problems) == ["feed_url"]
    assert not SharingPolicy.objects.exists()


def test_values_of_no_list_are_named(desk, met) -> None:
    with pytest.raises(Invalid) as refused:
        decide(desk.inspector, met, "loud", kind="loud")
    assert set(refused.value.problems) == {"sharing", "kind"}


def test_two_who_decide_see_both_sides(desk, met) -> None:
    first = decide(desk.inspector, met, version=0)
    with pytest.raises(Conflict) as conflict:
        decide(desk.publicity, met, Sharing.OFF, version=0)
    assert (conflict.value.theirs["sharing"], conflict.value.yours["sharing"]) == ("draft", "off")
    assert decide(desk.publicity, met, Sharing.OFF, version=first.version).sharing == "off"
    unchanged = decide(desk.publicity, met, Sharing.OFF)
    assert unchanged.version == first.version + 1


def test_another_address_forgets_what_was_said_of_the_one_before(desk, met) -> None:
    policy = decide(desk.inspector, met, feed_url=FEED)
    SharingPolicy.objects.update(
        feed_etag='"1"',
        feed_read_at=timezone.now(),
        feed_next_at=timezone.now(),
        feed_items=3,
        feed_problem="no_answer",
        feed_problems=[{"item": "1", "code": "area", "fields": [], "since": ""}],
    )
    same = decide(desk.inspector, met, feed_url=FEED, kind="poster")
    assert (same.feed_items, same.feed_etag, same.feed_next_at) == (3, "", None)
    policy = decide(desk.inspector, met, feed_url=FEED + "?all")
    assert (policy.feed_read_at, policy.feed_items, policy.feed_problems, policy.feed_problem) == (
        None,
        0,
        [],
        "",
    )


def test_what_a_system_sends_is_taken_until_somebody_switches_it_off(desk, met, api_client, incident) -> None:
    appeal = sent(api_client, incident)
    decide(desk.inspector, met, Sharing.OFF)
    for reference in ("A/1", "A/2"):
        with pytest.raises(Refused) as refused:
            sent(api_client, incident, reference)
        assert refused.value.refusal.code == "sharing_off"
        assert "inspector of your force" in refused.value.refusal.message
    decide(desk.publicity, met, Sharing.DRAFT)
    assert sent(api_client, incident).pk == appeal.pk


def test_only_the_charity_keeps_what_left_its_feed_and_says_why(desk, appeal) -> None:
    entry = FeedEntry(appeal=appeal, fingerprint="", taken_at=timezone.now())

    def may(actor: Actor, row: FeedEntry | None = entry) -> str | None:
        refusal = policies.may_keep_despite_feed(actor, appeal, row)
        return refusal and refusal.code

    assert [may(desk.publicity, None), may(desk.publicity)] == ["not_due", "not_due"]
    entry.gone_at = timezone.now()
    entry.save()
    assert [may(desk.publicity), may(desk.inspector)] == [None, "organisation"]
    caseworker = Actor(
        organisation_id=appeal.charity_id, organisation_kind="charity", roles=frozenset(), user_id=1
    )
    assert may(caseworker) == "role"
    with pytest.raises(Invalid):
        services.keep_despite_feed(actor=desk.publicity, appeal_id=appeal.pk, reason=" ")
    services.keep_despite_feed(actor=desk.publicity, appeal_id=appeal.pk, reason="The force still looks.")
    entry.refresh_from_db()
    assert (entry.kept_by_id, entry.kept_reason) == (desk.publicity.user_id, "The force still looks.")
    assert may(desk.publicity, entry) == "not_due"
    with pytest.raises(Refused):
        services.keep_despite_feed(actor=desk.publicity, appeal_id=appeal.pk, reason="Again.")


def test_nothing_is_kept_that_has_ended(desk, appeal) -> None:
    appeal.status = AppealStatus.WITHDRAWN
    entry = FeedEntry(appeal=appeal, gone_at=timezone.now())
    refusal = policies.may_keep_despite_feed(desk.publicity, appeal, entry)
    assert refusal is not None
    assert refusal.code == "not_due"
