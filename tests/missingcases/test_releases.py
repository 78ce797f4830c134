"""Releases from records that no incident knows of: who reads them, and until when."""

from datetime import timedelta

import pytest
from django.utils import timezone

from foundation.access import Refused
from foundation.audit.models import AuditEvent
from foundation.events.models import Owed
from foundation.exceptions import Invalid, NotVisible
from missingcases import policies, selectors, services
from missingcases.enums import Ground, LawfulBasis, ReleaseKind
from missingcases.models import AudienceRow, Incident, Release, TimelineEntry
from missingcases.services.lateness import escalate_overdue
from tests.missingcases import making, releasing
from tests.missingcases_pages import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def extract(rhi_interviewer, met) -> Release:
    return releasing.released(rhi_interviewer.actor, met.pk)


def problems(caught) -> set[str]:
    return set(caught.value.problems)


def test_a_release_without_an_incident_is_read_by_its_receiver_and_nobody_else(
    extract, met_officer, kent_officer, caseworker, auditor, duty_manager, rhi_interviewer
) -> None:
    assert extract.incident_id is None
    assert list(selectors.released_to(met_officer.actor)) == [extract]
    assert services.read_release(actor=met_officer.actor, release_id=extract.pk)
    for stranger in (kent_officer, caseworker, auditor):
        assert extract not in selectors.released_to(stranger.actor)
        assert extract not in selectors.released_by(stranger.actor)
        with pytest.raises(NotVisible):
            services.read_release(actor=stranger.actor, release_id=extract.pk)
    for ours in (duty_manager, rhi_interviewer):
        assert list(selectors.released_by(ours.actor)) == [extract]
    assert not AudienceRow.objects.exists()
    assert not TimelineEntry.objects.exists()


def test_a_named_person_alone_reads_what_is_released_to_them(
    caseworker, met, met_officer, second_met_officer
) -> None:
    to_one = services.ReleaseTerms(override_reason="No agreement.", to_user_id=met_officer.user.pk)
    row = releasing.released(caseworker.actor, met.pk, terms=to_one)
    assert list(selectors.released_to(met_officer.actor)) == [row]
    assert not selectors.released_to(second_met_officer.actor).exists()
    with pytest.raises(NotVisible):
        services.read_release(actor=second_met_officer.actor, release_id=row.pk)
    services.acknowledge_release(actor=met_officer.actor, release_id=row.pk)
    terms = services.ReleaseTerms(override_reason="x", to_user_id=caseworker.user.pk)
    with pytest.raises(Invalid) as caught:
        releasing.released(caseworker.actor, met.pk, terms=terms)
    assert problems(caught) == {"to_user"}


def test_the_first_reading_and_every_reading_leave_their_trace(extract, met_officer, rhi_interviewer) -> None:
    services.read_release(actor=rhi_interviewer.actor, release_id=extract.pk)
    extract.refresh_from_db()
    assert extract.first_read_at is None
    services.read_release(actor=met_officer.actor, release_id=extract.pk)
    extract.refresh_from_db()
    first = extract.first_read_at
    assert first is not None
    services.read_release(actor=met_officer.actor, release_id=extract.pk)
    extract.refresh_from_db()
    assert extract.first_read_at == first
    readings = AuditEvent.objects.filter(action="release.read", organisation_id=met_officer.organisation.pk)
    assert readings.count() == 2


def test_what_has_expired_is_read_no_more_whatever_any_sweep_does(
    caseworker, met, met_officer, duty_manager
) -> None:
    soon = services.ReleaseTerms(override_reason="x", expires_at=timezone.now() + timedelta(hours=1))
    row = releasing.released(caseworker.actor, met.pk, terms=soon)
    assert services.read_release(actor=met_officer.actor, release_id=row.pk)
    Release.objects.filter(pk=row.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert not selectors.released_to(met_officer.actor).exists()
    with pytest.raises(NotVisible):
        services.read_release(actor=met_officer.actor, release_id=row.pk)
    assert services.read_release(actor=duty_manager.actor, release_id=row.pk)
    past = services.ReleaseTerms(override_reason="x", expires_at=timezone.now())
    with pytest.raises(Invalid) as caught:
        releasing.released(caseworker.actor, met.pk, terms=past)
    assert problems(caught) == {"expires_at"}


def test_confidence_is_broken_on_a_ground_and_by_a_second_person(
    caseworker, met, met_officer, duty_manager
) -> None:
    broken = ReleaseKind.CONFIDENCE_BROKEN
    for ground, basis, wrong in (
        ("", LawfulBasis.VITAL_INTERESTS, "ground"),
        ("curiosity", LawfulBasis.VITAL_INTERESTS, "ground"),
        (Ground.CHILD_ABUSE, LawfulBasis.CONSENT, "lawful_basis"),
    ):
        terms = services.ReleaseTerms(ground=ground)
        with pytest.raises(Invalid) as caught:
            releasing.released(caseworker.actor, met.pk, broken, lawful_basis=basis, terms=terms)
        assert problems(caught) == {wrong}
    terms = services.ReleaseTerms(ground=Ground.CHILD_ABUSE)
    row = releasing.released(
        caseworker.actor, met.pk, broken, lawful_basis=LawfulBasis.SAFEGUARDING, terms=terms
    )
    assert not selectors.released_to(met_officer.actor).exists()
    assert list(selectors.releases_to_decide(duty_manager.actor)) == [row]
    with pytest.raises(NotVisible):
        services.read_release(actor=met_officer.actor, release_id=row.pk)
    with pytest.raises(Refused):
        services.decide_release(actor=caseworker.actor, release_id=row.pk, approve=True, reason="x")
    services.decide_release(actor=duty_manager.actor, release_id=row.pk, approve=True, reason="Others.")
    assert list(selectors.released_to(met_officer.actor)) == [row]
    with pytest.raises(Invalid) as caught:
        releasing.released(
            caseworker.actor,
            met.pk,
            terms=services.ReleaseTerms(ground=Ground.TERRORISM, override_reason="x"),
        )
    assert problems(caught) == {"ground"}


def test_a_manager_does_not_approve_their_own_words(duty_manager, met) -> None:
    row = releasing.released(
        duty_manager.actor,
        met.pk,
        ReleaseKind.THREAT_TO_LIFE,
        lawful_basis=LawfulBasis.VITAL_INTERESTS,
        terms=None,
    )
    assert row.ground == Ground.THREAT_TO_LIFE
    assert not selectors.releases_to_decide(duty_manager.actor).exists()
    with pytest.raises(Refused):
        services.decide_release(actor=duty_manager.actor, release_id=row.pk, approve=True, reason="x")


def test_who_has_no_part_in_a_kind_releases_nothing(
    met_officer, publicity_officer, charity, met, lambeth
) -> None:
    with pytest.raises(Refused):
        releasing.released(met_officer.actor, charity.pk)
    with pytest.raises(Refused):
        releasing.released(publicity_officer.actor, met.pk)
    assert not Release.objects.exists()


def test_a_report_goes_to_an_authority_alone(rhi_interviewer, met, lambeth, authority_worker) -> None:
    with pytest.raises(Invalid) as caught:
        releasing.released(rhi_interviewer.actor, met.pk, ReleaseKind.REPORT)
    assert problems(caught) == {"to_organisation"}
    row = releasing.released(rhi_interviewer.actor, lambeth.pk, ReleaseKind.REPORT)
    assert list(selectors.released_to(authority_worker.actor)) == [row]


def test_a_release_from_nothing_is_not_made(caseworker, met, met_officer) -> None:
    assert policies.may_release(met_officer.actor, None, ReleaseKind.OTHER, sourced=True) is not None
    with pytest.raises(NotVisible):
        releasing.released(caseworker.actor, met.pk, source=None)


def test_the_receiver_acknowledges_on_the_clock_of_the_kind(
    extract, met_officer, caseworker, api_client
) -> None:
    assert extract.acknowledge_by is not None
    assert policies.may_acknowledge_release(caseworker.actor, extract) is not None
    assert policies.may_acknowledge_release(api_client, extract) is None
    Release.objects.filter(pk=extract.pk).update(acknowledge_by=timezone.now() - timedelta(minutes=1))
    assert escalate_overdue() == 1
    assert escalate_overdue() == 0
    extract.refresh_from_db()
    assert extract.escalated_at is not None
    services.acknowledge_release(actor=met_officer.actor, release_id=extract.pk)
    with pytest.raises(Refused):
        services.acknowledge_release(actor=met_officer.actor, release_id=extract.pk)


def test_taken_back_it_is_read_no_more_and_its_writer_still_knows(
    extract, met_officer, duty_manager, rhi_interviewer
) -> None:
    with pytest.raises(NotVisible):
        services.revoke_release(actor=duty_manager.actor, release_id=0, reason="x")
    services.revoke_release(
        actor=rhi_interviewer.actor, release_id=extract.pk, reason="She changed her mind."
    )
    assert not selectors.released_to(met_officer.actor).exists()
    with pytest.raises(NotVisible):
        services.read_release(actor=met_officer.actor, release_id=extract.pk)
    assert [row.status for row in selectors.released_by(duty_manager.actor)] == ["revoked"]


def test_the_sweep_takes_away_the_sight_that_an_expired_release_gave(
    incident, met_officer, kent, kent_officer
) -> None:
    row = releasing.released(
        met_officer.actor, kent.pk, ReleaseKind.OTHER, incident_id=incident.pk, source=None
    )
    assert list(selectors.incidents_visible_to(kent_officer.actor)) == [incident]
    assert services.tidy_expired() == 0
    Release.objects.filter(pk=row.pk).update(expires_at=timezone.now())
    assert services.tidy_expired() == 1
    assert services.tidy_expired() == 0
    assert not selectors.incidents_visible_to(kent_officer.actor).exists()


@pytest.fixture
def incident(met_officer, lambeth):
    return making.report(met_officer.actor)


def test_what_the_charity_tells_a_third_body_says_nothing_of_the_forces_incident(
    incident, rhi_interviewer, kent, kent_officer
) -> None:
    numbers = AudienceRow.objects.order_by("pk").values_list("pk", "change")
    before, changed = list(numbers), Owed.objects.count()
    row = releasing.released(rhi_interviewer.actor, kent.pk, incident_id=incident.pk)
    # Nor does the force learn by a change of its incident that there is a release.
    assert (list(numbers), Owed.objects.count()) == (before, changed)
    assert list(selectors.released_to(kent_officer.actor)) == [row]
    assert not selectors.incidents_visible_to(kent_officer.actor).exists()


def test_of_a_restricted_incident_only_the_named_people_of_its_force_are_told(
    incident, rhi_interviewer, met, met_officer, met_supervisor, second_met_officer
) -> None:
    services.restrict_incident(actor=met_supervisor.actor, incident_id=incident.pk, reason="Ours.")
    row = releasing.released(rhi_interviewer.actor, met.pk, incident_id=incident.pk)
    assert list(selectors.released_to(met_supervisor.actor)) == [row]
    for unnamed in (met_officer, second_met_officer):
        assert not selectors.released_to(unnamed.actor).exists()
        assert not selectors.incidents_visible_to(unnamed.actor).exists()
        with pytest.raises(NotVisible):
            services.read_release(actor=unnamed.actor, release_id=row.pk)


def test_lists_and_the_policy_of_one_release_agree(
    incident, rhi_interviewer, caseworker, duty_manager, family_worker, auditor,
    met_officer, kent_officer, met_supervisor, authority_worker, publicity_officer,
) -> None:  # fmt: skip
    met, charity, lambeth = (one.organisation for one in (met_officer, caseworker, authority_worker))
    made = [
        releasing.released(rhi_interviewer.actor, met.pk, incident_id=incident.pk),
        releasing.released(family_worker.actor, met.pk, ReleaseKind.FAMILY_UPDATE),
        releasing.released(rhi_interviewer.actor, lambeth.pk, ReleaseKind.REPORT),
        releasing.released(caseworker.actor, met.pk, desk="police_supervisor"),
        world.released(incident, met_officer.actor, charity.pk),
        releasing.released(
            caseworker.actor,
            met.pk,
            terms=services.ReleaseTerms(override_reason="x", to_user_id=met_officer.user.pk),
        ),
    ]
    everybody = (rhi_interviewer, caseworker, duty_manager, family_worker, auditor, met_officer, kent_officer,
                 met_supervisor, authority_worker, publicity_officer)  # fmt: skip
    for who in everybody:
        listed = {*selectors.released_to(who.actor), *selectors.released_by(who.actor)}
        allowed = {row for row in made if policies.may_read_release(who.actor, row) is None}
        assert listed == allowed, who.user.email


def test_of_a_family_that_may_be_the_danger_no_finding_is_released_to_whoever_speaks_to_them(
    charity, met_officer, met_inspector
) -> None:
    incident = making.report(met_officer.actor)
    services.set_flag(
        actor=met_officer.actor, incident_id=incident.pk, kind="honour_based_abuse", status="suspected",
        source="A teacher",
    )  # fmt: skip
    Incident.objects.filter(pk=incident.pk).update(disclose_location="yes")

    def release(who, **fields: str) -> Release:
        return releasing.released(
            who.actor, charity.pk, "service_request", incident_id=incident.pk, source=None, fields=fields
        )

    with pytest.raises(Refused) as caught:
        release(met_officer, whereabouts="Leeds")
    assert caught.value.refusal.code == "family_danger"
    assert release(met_officer, first_name="Robin")
    assert release(met_inspector, whereabouts="Leeds: her sister alone, who is safe.")
