"""A danger in the family is recorded while an appeal runs: it is shown nowhere until an inspector looks."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from appeals import delivery, services
from appeals.contributions import publicity_work
from appeals.enums import AppealStatus, Channel, PlacementStatus
from appeals.models import Appeal, Placement, PublicAppeal
from foundation.access import Refused
from foundation.audit.models import AuditEvent
from missingcases import services as cases
from missingcases.merging import services as merging
from missingcases.models import Flag, TimelineEntry
from missingcases.policies import FAMILY_DANGER
from missingcases.selectors import kept_from_family
from partners.routes import services as routes
from tests.appeals import making, outlets
from tests.appeals.conftest import Desk

pytestmark = pytest.mark.django_db
S, P = AppealStatus, PlacementStatus
HIDDEN = ("honour", "marriage", "forced")


def flagged(desk: Desk, incident, status: str = "suspected", **given: object) -> Flag:
    held = Flag.objects.filter(person=incident.person_id, kind="honour_based_abuse").first()
    return cases.set_flag(
        actor=desk.supervisor, incident_id=incident.pk, kind="honour_based_abuse", status=status,
        source="A teacher", sensitivity="owner_only", version=held.version if held else 0, **given,
    )  # fmt: skip


def status(appeal: Appeal) -> str:
    return Appeal.objects.get(pk=appeal.pk).status


def overridden(desk: Desk, appeal: Appeal, reason: str = "She is with her aunt, who is safe.") -> None:
    services.override_consent(actor=desk.inspector, appeal_id=appeal.pk, reason=reason)


def resumed(desk: Desk, appeal: Appeal) -> Appeal:
    return services.resume(actor=desk.publicity, appeal_id=appeal.pk)


def asks_first(desk: Desk, appeal: Appeal) -> bool:
    with pytest.raises(Refused) as caught:
        resumed(desk, appeal)
    return caught.value.refusal.code == FAMILY_DANGER.code


def test_it_is_gone_everywhere_in_the_same_commit_and_outlets_are_told(desk, ready, incident) -> None:
    making.outlet()
    outlets.media()
    feed = making.outlet(Channel.MEDIA_FEED)
    services.publish_appeal(actor=desk.second, appeal_id=ready.pk)
    delivery.send_appeal(ready.pk)
    assert PublicAppeal.objects.get().is_live

    flagged(desk, incident)

    assert status(ready) == S.PAUSED
    assert not PublicAppeal.objects.filter(is_live=True).exists()
    shown = dict(Placement.objects.values_list("outlet__channel", "status"))
    assert shown == {
        Channel.WEBSITE: P.CONFIRMED,
        Channel.POSTER: P.CONFIRMED,
        Channel.MEDIA_FEED: P.WITHDRAWING,
        Channel.MEDIA_EMAIL: P.WITHDRAWING,
    }
    delivery.read_reports()
    assert Placement.objects.filter(outlet=feed, status=P.LIVE).count() == 0


def test_both_sides_are_told_why_in_words_that_name_no_flag(
    desk, live, incident, met_inspector, met_supervisor, publicity_officer, kent_officer
) -> None:
    flagged(desk, incident)

    paused = TimelineEntry.objects.get(kind="appeals.paused")
    assert paused.summary == f"Appeal {live.reference} is paused: somebody in this family may be a danger"
    for actor, words in (
        (desk.publicity, f"Paused, somebody in the family may be a danger: appeal {live.reference}"),
        (
            desk.inspector,
            f"May it be shown again? Somebody in the family may be a danger: appeal {live.reference}",
        ),
    ):
        queue = publicity_work(actor)
        assert words in [item.words for item in queue.items]
        assert not any(word in str(queue).lower() for word in HIDDEN)
    assert publicity_work(desk.supervisor).items == ()
    for member in (met_inspector, met_supervisor, publicity_officer):
        page = member.sign_in(Client()).get(reverse("appeals:show", args=[live.reference]))
        seen = page.content.decode()
        assert FAMILY_DANGER.message in seen
        assert "until a police inspector has looked at it again" in seen
        assert not any(word in seen.lower() for word in HIDDEN)
        assert ("Override missing consent" in seen) == (member is met_inspector)
    foreign = kent_officer.sign_in(Client()).get(reverse("appeals:show", args=[live.reference]))
    assert foreign.status_code == 404


def test_an_inspector_looks_again_knowing_of_it_and_the_charity_brings_it_back(
    desk, live, incident, met_inspector, publicity_officer
) -> None:
    flagged(desk, incident)
    assert asks_first(desk, live)
    with pytest.raises(Refused):
        services.override_consent(actor=desk.supervisor, appeal_id=live.pk, reason="She is safe.")

    page = met_inspector.sign_in(Client())
    address = reverse("appeals:override", args=[live.reference])
    assert FAMILY_DANGER.message in page.get(address).content.decode()
    version = Appeal.objects.get(pk=live.pk).version
    assert page.post(address, {"reason": "", "version": version}).status_code == 422
    assert page.post(address, {"reason": "She is with her aunt.", "version": version}).status_code == 302
    assert publicity_work(desk.inspector).items == ()
    seen = publicity_officer.sign_in(Client()).get(reverse("appeals:show", args=[live.reference]))
    assert "an inspector has looked at it again" in seen.content.decode()

    assert resumed(desk, live).status == S.LIVE
    assert publicity_work(desk.publicity).items == ()


def test_an_override_from_before_counts_no_more_and_stays_readable(
    desk, ready, incident, met_inspector
) -> None:
    making.outlet()
    overridden(desk, ready, "No relative can be reached.")
    services.publish_appeal(actor=desk.second, appeal_id=ready.pk)

    flagged(desk, incident)

    assert asks_first(desk, ready)
    seen = met_inspector.sign_in(Client()).get(reverse("appeals:show", args=[ready.reference]))
    assert "Earlier override, which counts no more" in seen.content.decode()
    assert "No relative can be reached." in seen.content.decode()
    assert AuditEvent.objects.filter(action="appeals.override_ended").count() == 1
    overridden(desk, ready)
    assert resumed(desk, ready).status == S.LIVE


def test_what_is_authorised_or_scheduled_is_authorised_anew(desk, ready, incident) -> None:
    making.outlet()
    overridden(desk, ready)
    services.publish_appeal(actor=desk.second, appeal_id=ready.pk, publish_at=making.tomorrow())

    flagged(desk, incident)

    assert services.publish_due(now=making.tomorrow()) == 0
    kept = Appeal.objects.get(pk=ready.pk)
    assert (kept.status, kept.authorised_at, kept.override_at) == (S.DRAFT, None, None)
    said = TimelineEntry.objects.get(kind="appeals.returned_to_draft").summary
    assert said.endswith("anew: somebody in this family may be a danger")
    making.authorised(desk.supervisor, ready)
    overridden(desk, ready)
    assert services.publish_appeal(actor=desk.second, appeal_id=ready.pk).status == S.LIVE


def test_an_authoritys_consent_from_before_does_not_bring_it_back_without_an_inspector(desk) -> None:
    young = timezone.localdate().replace(year=timezone.localdate().year - 12, day=1)
    child = making.open_incident(desk.officer, desk.supervisor, date_of_birth=young, looked_after="yes")
    appeal = making.asked(desk.officer, child, content=making.details(age=12))
    making.checked(desk.publicity, appeal)
    making.consented(desk.publicity, appeal, by="placing_authority", name="Ms Bell")
    services.record_view(
        actor=desk.publicity, appeal_id=appeal.pk, party="person", stance="for", words="He would."
    )
    making.authorised(desk.supervisor, appeal)
    making.outlet()
    services.publish_appeal(actor=desk.second, appeal_id=appeal.pk)

    flagged(desk, child)

    assert status(appeal) == S.PAUSED
    assert asks_first(desk, appeal)
    overridden(desk, appeal)
    assert resumed(desk, appeal).status == S.LIVE


def test_what_was_known_already_pauses_nothing_again(desk, live, incident) -> None:
    flagged(desk, incident)
    overridden(desk, live)
    resumed(desk, live)

    flagged(desk, incident, status="confirmed")
    cases.set_flag(
        actor=desk.officer, incident_id=incident.pk, kind="trafficking", status="suspected", source="A friend"
    )

    assert status(live) == S.LIVE


def test_ruled_out_and_raised_once_more_it_is_looked_at_once_more(desk, live, incident) -> None:
    flagged(desk, incident)
    overridden(desk, live)
    flagged(desk, incident, status="ruled_out", reason="It was another person.")
    resumed(desk, live)

    flagged(desk, incident)

    assert status(live) == S.PAUSED
    assert asks_first(desk, live)


def test_a_child_rescue_alert_goes_on(desk, live, incident) -> None:
    Appeal.objects.filter(pk=live.pk).update(kind="child_rescue_alert", alert_id=7, page="/alerts/7/")

    flagged(desk, incident)

    assert status(live) == S.LIVE


def test_a_concern_that_is_raised_by_hand_does_the_same(desk, live, incident) -> None:
    routes.raise_by_hand(
        actor=desk.officer, incident_id=incident.pk, kind="forced_marriage", why="A ticket was booked."
    )

    assert status(live) == S.PAUSED


def test_a_merge_with_a_record_that_says_so_does_the_same(desk, live, incident, met_supervisor) -> None:
    other = making.open_incident(desk.officer, desk.supervisor)
    flagged(desk, other)
    assert status(live) == S.LIVE

    merging.merge_people(
        actor=desk.supervisor,
        keep=incident.person.reference,
        gone=other.person.reference,
        reason="Same telephone.",
    )

    assert kept_from_family([incident.pk])
    assert status(live) == S.PAUSED
