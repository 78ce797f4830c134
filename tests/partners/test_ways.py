"""A referral's whole way: sent, answered, worked on, ended; and what ends with it."""

from __future__ import annotations

import pytest
from django.utils import timezone

from config.switchboard import ROUTES
from foundation.access import Refused
from foundation.exceptions import Invalid, NotVisible
from foundation.states import REGISTRY
from missingcases.events import IncidentClosed
from missingcases.models import Release
from missingcases.services import record_outcome
from partners import selectors, services, subscribers
from partners.enums import ReferralStatus
from partners.models import Holding
from partners.services import ending
from tests.missingcases import making as cases
from tests.partners import making

pytestmark = pytest.mark.django_db


def held_by(referral) -> list[tuple[str, str]]:
    rows = selectors.holdings_of(referral)
    return [(row.organisation.code, row.because) for row in rows]


def test_only_these_ways_lead_from_here_to_there() -> None:
    ways = {(one.source, one.to) for one in REGISTRY["partners.Referral"].transitions}
    assert ways == {
        ("draft", "sent"),
        ("draft", "withdrawn"),
        ("sent", "accepted"),
        ("sent", "rejected"),
        ("sent", "returned"),
        ("sent", "withdrawn"),
        ("accepted", "in_progress"),
        ("accepted", "completed"),
        ("accepted", "returned"),
        ("accepted", "withdrawn"),
        ("in_progress", "completed"),
        ("in_progress", "returned"),
        ("in_progress", "withdrawn"),
    }


def test_it_goes_as_a_release_of_allowed_fields_and_is_the_senders_until_it_is_accepted(
    referral, partner_worker, met_coordinator
) -> None:
    release = referral.release
    assert (release.kind, release.overridden) == ("partner_referral", True)
    assert set(release.field_names) == set(making.TRACED)
    assert (release.wishes, release.lawful_basis) == ("Her sister asks for it.", "legitimate_interests")
    assert referral.content == ""
    assert held_by(referral) == [("metropolitan", "written")]

    services.accept(actor=partner_worker.actor, referral_id=referral.pk, worker="Robin, tracing desk")
    services.report_progress(actor=partner_worker.actor, referral_id=referral.pk, words="Registers asked.")
    done = services.complete(
        actor=partner_worker.actor, referral_id=referral.pk, outcome="not_traced", words="Looked in all."
    )

    assert done.status == "completed"
    assert Release.objects.get(pk=release.pk).status == "revoked"
    assert held_by(referral) == [
        ("metropolitan", "written"),
        ("tracing-trust", "accepted"),
        ("metropolitan", "completed"),
    ]
    assert Holding.objects.filter(held_until__isnull=True).count() == 1
    assert selectors.content_of(partner_worker.actor, done) == {}
    assert selectors.content_of(met_coordinator.actor, done) == making.TRACED


def test_what_a_partner_may_not_be_told_is_refused(met_coordinator, missing, tracing) -> None:
    with pytest.raises(Invalid) as told:
        making.referred(met_coordinator, missing, tracing, fields=making.TRACED | {"health": "Diabetes"})
    assert set(told.value.problems) == {"health"}
    with pytest.raises(Invalid) as told:
        making.referred(met_coordinator, missing, tracing, fields={"name": "Ada"})
    assert set(told.value.problems) == {"date_of_birth", "missing_since"}
    with pytest.raises(Invalid) as told:
        making.referred(met_coordinator, missing, tracing, override_reason="")
    assert set(told.value.problems) == {"override_reason"}
    with pytest.raises(Refused, match="does not take this"):
        making.referred(met_coordinator, missing, tracing, takes="legal", fields=making.SUPPORT)


def test_nobody_is_referred_twice_to_one_partner_at_once(met_coordinator, missing, tracing, referral) -> None:
    with pytest.raises(Refused, match="already"):
        making.referred(met_coordinator, missing, tracing)


def test_who_refers_and_who_does_not(
    met_officer, kent_officer, caseworker, charity, missing, tracing, publicity_officer
) -> None:
    for nobody, error in ((met_officer, Refused), (kent_officer, NotVisible), (caseworker, NotVisible)):
        with pytest.raises(error):
            making.referred(nobody, missing, tracing)
    making.told(met_officer, missing, charity)
    assert making.referred(caseworker, missing, tracing).sender == charity
    with pytest.raises(Refused):
        making.referred(publicity_officer, missing, tracing)


def test_a_rejection_says_why_and_comes_back(referral, partner_worker, met_coordinator, tracing) -> None:
    with pytest.raises(Invalid):
        services.reject(actor=partner_worker.actor, referral_id=referral.pk, reason="other")
    back = services.reject(
        actor=partner_worker.actor, referral_id=referral.pk, reason="no_capacity", words="In March again."
    )
    assert (back.status, back.reason_words) == ("rejected", "In March again.")
    assert list(selectors.listed(met_coordinator.actor, "back")) == [back]
    other = making.referred(
        met_coordinator, referral.incident, making.partner("other-trust"), follows_id=back.pk
    )
    assert other.follows == back
    assert not selectors.listed(met_coordinator.actor, "back").exists()


def test_what_came_back_waits_until_another_is_sent_in_its_place(
    referral, partner_worker, met_coordinator
) -> None:
    back = services.reject(actor=partner_worker.actor, referral_id=referral.pk, reason="no_capacity")
    draft = services.draft(
        actor=met_coordinator.actor,
        incident_id=referral.incident_id,
        partner_id=making.partner("other-trust").organisation_id,
        takes="tracing",
        fields=making.TRACED,
        lawful_basis="legitimate_interests",
        why="They have no room.",
        follows_id=back.pk,
    )
    assert list(selectors.listed(met_coordinator.actor, "back")) == [back]
    services.send(actor=met_coordinator.actor, referral_id=draft.pk, override_reason="No agreement yet.")
    assert not selectors.listed(met_coordinator.actor, "back").exists()


def test_a_finding_ends_the_search_and_not_the_support(
    met_officer, met_coordinator, missing, tracing, referral, django_capture_on_commit_callbacks
) -> None:
    support = making.referred(met_coordinator, missing, tracing, takes="counselling", fields=making.SUPPORT)
    cases.located(met_officer.actor, missing)
    referral.refresh_from_db()
    support.refresh_from_db()
    assert (referral.status, referral.withdraw_reason) == ("withdrawn", "stopped")
    assert referral.release.status == "revoked"
    assert support.status == ReferralStatus.SENT
    ending.stop_for_incident(incident_id=missing.pk, cause="cancelled")
    support.refresh_from_db()
    assert support.status == ReferralStatus.WITHDRAWN


def test_a_death_ends_the_support_too_before_the_case_is_closed(
    missing, met_officer, met_coordinator, tracing, partner_worker
) -> None:
    support = making.referred(met_coordinator, missing, tracing, takes="counselling", fields=making.SUPPORT)
    services.accept(actor=partner_worker.actor, referral_id=support.pk, worker="Robin")
    cases.located(met_officer.actor, missing)
    outcome = cases.outcome(outcome="located_deceased")
    record_outcome(actor=met_officer.actor, incident_id=missing.pk, version=None, outcome=outcome)
    support.refresh_from_db()
    missing.refresh_from_db()
    assert (support.status, missing.status) == ("withdrawn", "located")


def test_a_death_ends_the_support_of_an_earlier_incident_too(
    missing, met_officer, met_coordinator, tracing
) -> None:
    support = making.referred(met_coordinator, missing, tracing, takes="counselling", fields=making.SUPPORT)
    later = cases.standing_in("located", missing.owner_id, person=missing.person, outcome="located_deceased")
    assert subscribers.end_for_closed in ROUTES[IncidentClosed].afterwards
    subscribers.end_for_closed(IncidentClosed(incident_id=later.pk, at=timezone.now()))
    support.refresh_from_db()
    assert support.status == ReferralStatus.WITHDRAWN
