"""Each route in its order: a child, an adult with and without consent, forced marriage, terrorism."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foundation.access import Refused
from foundation.exceptions import Invalid, NotVisible
from missingcases import services as cases
from missingcases.models import Incident
from missingcases.selectors import kept_from_family
from partners.routes import keeping, selectors, services
from partners.routes.contributions import NOT_FOR_FAMILY, service_card
from partners.routes.deadlines import NEXT_WITHIN
from partners.routes.enums import OPEN, RESPONDERS, ConcernStatus, FlagKind, Kind, Path, path_of, raised_by
from partners.routes.models import Concern, Notice
from partners.routes.next_steps import NEXT
from partners.routes.states import CONCERN
from tests.cast import Member
from tests.missingcases import making
from tests.partners.making import told
from tests.partners.routes.conftest import concern_of, flagged, referred

pytestmark = pytest.mark.django_db
S = ConcernStatus


@pytest.mark.parametrize("is_child", [True, False])
@pytest.mark.parametrize("flag", list(FlagKind))
def test_which_flag_raises_what(flag: FlagKind, is_child: bool) -> None:
    """The whole table; what is not in it raises nothing."""
    anybody = {
        "trafficking": Kind.TRAFFICKING,
        "county_lines": Kind.TRAFFICKING,
        "honour_based_abuse": Kind.FORCED_MARRIAGE,
        "terrorism": Kind.TERRORISM,
    }
    child_alone = {"cse": Kind.TRAFFICKING, "uasc": Kind.TRAFFICKING}
    expected = anybody.get(flag.value) or (child_alone.get(flag.value) if is_child else None)

    assert raised_by(flag, is_child=is_child) == expected


def test_every_path_says_what_is_next_and_by_when_from_each_open_state_it_has() -> None:
    for path in Path:
        ways = [
            (way.source, way.to)
            for way in CONCERN.transitions
            if (refusal := way.guard(Concern(path=path, incident=Incident(owner_id=1)), Officer)) is None
            or refusal.code != "other_path"
        ]
        reached = {S.RAISED.value} | {to for _, to in ways if to != S.RULED_OUT}
        assert {(path, one) for one in reached & OPEN} == {key for key in NEXT if key[0] == path}
    assert NEXT.keys() == NEXT_WITHIN.keys()
    assert {path_of(kind, is_child=flag) for kind in Kind for flag in (True, False)} == set(Path)


class Officer:
    """Enough of an actor for a guard."""

    is_system = False
    organisation_id = 1


def test_the_charity_is_no_responder() -> None:
    said = " ".join(one.label for found in RESPONDERS.values() for one in found)

    assert "Missing People" not in said


def test_a_child_goes_to_the_local_authority_first_and_needs_no_consent(
    child, met_officer, met, lambeth
) -> None:
    assert (child.path, child.due_at - child.raised_at) == (Path.CHILD, timedelta(hours=1))
    with pytest.raises(Refused):
        referred(met_officer, child)
    with pytest.raises(Refused):
        services.record_consent(actor=met_officer.actor, concern_id=child.pk, is_given=True)
    for wrong, person in ((met.pk, "Ms Bell"), (lambeth.pk, " ")):
        with pytest.raises(Invalid):
            services.tell_authority(
                actor=met_officer.actor, concern_id=child.pk, authority_id=wrong, person=person
            )

    services.tell_authority(
        actor=met_officer.actor, concern_id=child.pk, authority_id=lambeth.pk, person="Ms Bell, duty desk"
    )
    done = referred(met_officer, child, "local_authority", name="Lambeth")

    assert (done.status, done.due_at, done.authority_id) == (S.REFERRED, None, lambeth.pk)


def test_an_age_that_nobody_knows_is_treated_as_a_childs(met_officer) -> None:
    assert concern_of(flagged(met_officer, "county_lines")).path == Path.CHILD


def test_an_adult_is_referred_with_consent(adult, met_officer) -> None:
    assert adult.path == Path.ADULT
    with pytest.raises(Refused):
        referred(met_officer, adult)

    services.record_consent(actor=met_officer.actor, concern_id=adult.pk, is_given=True)

    assert referred(met_officer, adult, "salvation_army").status == S.REFERRED


def test_without_consent_a_notice_names_nobody_and_cannot_be_joined(adult, met_officer) -> None:
    services.record_consent(actor=met_officer.actor, concern_id=adult.pk, is_given=False)
    with pytest.raises(Refused):
        referred(met_officer, adult)
    with pytest.raises(Invalid):
        services.notify(actor=met_officer.actor, concern_id=adult.pk, responder="nspcc")

    services.notify(actor=met_officer.actor, concern_id=adult.pk, responder="home_office")

    notice = Notice.objects.get()
    assert {field.name for field in Notice._meta.get_fields()} == {
        "id", "reference", "organisation", "responder", "month",
    }  # fmt: skip
    assert notice.month == timezone.localdate().replace(day=1)
    assert not isinstance(notice.pk, int)
    adult.refresh_from_db()
    assert (adult.status, adult.responder, adult.responder_reference) == (S.NOTIFIED, "", "")


def test_they_may_change_their_mind_before_it_is_sent(adult, met_officer) -> None:
    for answer in (False, True, False):
        services.record_consent(actor=met_officer.actor, concern_id=adult.pk, is_given=answer)

    adult.refresh_from_db()
    assert adult.status == S.NOT_CONSENTED


@pytest.mark.parametrize(
    ("flag", "path", "responder", "wrong"),
    [
        ("honour_based_abuse", Path.SAFEGUARDING, "forced_marriage_unit", "local_authority"),
        ("terrorism", Path.COUNTER_TERRORISM, "ct_liaison", "police"),
    ],
)
def test_forced_marriage_and_terrorism_go_to_their_own(met_officer, flag, path, responder, wrong) -> None:
    concern = concern_of(flagged(met_officer, flag))
    assert concern.path == path
    with pytest.raises(Invalid):
        referred(met_officer, concern, wrong)

    assert referred(met_officer, concern, responder).status == S.REFERRED


def test_a_referral_needs_a_reference_a_name_and_a_day_that_has_been(adult, met_officer) -> None:
    services.record_consent(actor=met_officer.actor, concern_id=adult.pk, is_given=True)
    tomorrow = timezone.localdate() + timedelta(days=2)
    with pytest.raises(Invalid) as caught:
        referred(met_officer, adult, "other_first", reference=" ", referred_on=tomorrow)

    assert set(caught.value.problems) == {"name", "reference", "referred_on"}


def test_the_family_is_told_nothing_of_a_forced_marriage(met_officer, met_supervisor) -> None:
    incident = flagged(met_officer, "honour_based_abuse")
    card = service_card(met_officer.actor, incident.pk)
    assert card is not None
    assert NOT_FOR_FAMILY in card.intro
    assert kept_from_family([incident.pk])

    # The concern ends with a mistake of route; the family is told again once the flag itself is ruled out.
    services.rule_out(actor=met_supervisor.actor, concern_id=concern_of(incident).pk, reason="A mistake.")
    assert kept_from_family([incident.pk])
    cases.set_flag(
        actor=met_supervisor.actor, incident_id=incident.pk, kind="honour_based_abuse",
        status="ruled_out", source="Herself", reason="It was another person.",
    )  # fmt: skip

    assert not kept_from_family([incident.pk])
    card = service_card(met_officer.actor, incident.pk)
    assert card is not None
    assert NOT_FOR_FAMILY not in card.intro


def test_one_raised_by_hand_sets_the_flag_that_every_service_goes_by(met_officer) -> None:
    incident = making.report(met_officer.actor)
    raised_by_hand(met_officer, incident, "terrorism")
    assert not kept_from_family([incident.pk])

    raised_by_hand(met_officer, incident, "forced_marriage")

    assert kept_from_family([incident.pk]) == {incident.pk}
    assert Concern.objects.filter(incident=incident, kind="forced_marriage").count() == 1


def test_a_supervisor_rules_out_and_an_officer_does_not(adult, met_officer, met_supervisor) -> None:
    with pytest.raises(Refused):
        services.rule_out(actor=met_officer.actor, concern_id=adult.pk, reason="No.")
    with pytest.raises(Refused):
        services.rule_out(actor=met_supervisor.actor, concern_id=adult.pk, reason="")

    done = services.rule_out(actor=met_supervisor.actor, concern_id=adult.pk, reason="He is a tourist.")

    assert (done.status, done.due_at) == (S.RULED_OUT, None)


def test_one_of_a_kind_is_open_and_a_flag_raises_it_once(adult, met_officer, met_supervisor) -> None:
    with pytest.raises(Refused):
        raised_by_hand(met_officer, adult.incident, "trafficking")
    services.rule_out(actor=met_supervisor.actor, concern_id=adult.pk, reason="No.")
    cases.set_flag(
        actor=met_officer.actor,
        incident_id=adult.incident_id,
        kind="trafficking",
        status="confirmed",
        source="A friend",
    )
    assert Concern.objects.filter(ended_at=None).count() == 0

    assert raised_by_hand(met_officer, adult.incident, "trafficking").by_flag == ""
    for kind, why in (("other", "Why"), ("terrorism", " ")):
        with pytest.raises(Invalid):
            raised_by_hand(met_officer, adult.incident, kind, why)


def raised_by_hand(officer: Member, incident: Incident, kind: str, why: str = "Three phones.") -> Concern:
    return services.raise_by_hand(actor=officer.actor, incident_id=incident.pk, kind=kind, why=why)


def test_who_is_missing_again_with_such_a_flag_has_a_concern_again(
    adult, met_officer, met_supervisor
) -> None:
    incident = making.standing_in("reported", adult.incident.owner_id, person=adult.incident.person)

    assert services.raise_for_report(incident_id=incident.pk) == 1
    assert services.raise_for_report(incident_id=incident.pk) == 0


def test_nobody_but_the_force_sees_it(
    child, kent_officer, caseworker, authority_worker, auditor, met_officer
) -> None:
    for stranger in (kent_officer, caseworker, authority_worker, auditor):
        assert list(selectors.visible_to(stranger.actor)) == []
        assert list(selectors.notices_of(stranger.actor)) == []
        with pytest.raises(NotVisible):
            services.record_consent(actor=stranger.actor, concern_id=child.pk, is_given=True)
    assert (
        kent_officer.sign_in(Client()).get(reverse("routes:concern", args=[child.reference])).status_code
        == 404
    )


def test_of_a_duplicate_the_kept_incidents_concern_goes_on(adult, met_officer, system) -> None:
    gone = making.report(met_officer.actor, date_of_birth=date(1980, 5, 17))
    twin = raised_by_hand(met_officer, gone, "trafficking")
    other = raised_by_hand(met_officer, gone, "terrorism")

    assert keeping._merge(adult.incident_id, gone.pk, system) == 2

    for row in (twin, other):
        row.refresh_from_db()
    assert (twin.status, other.status) == (S.RULED_OUT, S.RAISED)
    assert twin.incident_id == other.incident_id == adult.incident_id


@pytest.mark.parametrize("is_flagged", [True, False])
def test_the_charity_is_led_to_a_release_and_learns_nothing_of_concerns(
    met_officer, caseworker, duty_manager, family_worker, publicity_officer, charity, is_flagged
) -> None:
    incident = flagged(met_officer, "honour_based_abuse") if is_flagged else making.report(met_officer.actor)
    told(met_officer, incident, charity)

    cards = [service_card(one.actor, incident.pk) for one in (caseworker, duty_manager)]

    (act,) = cards[0].actions
    assert (act.url, act.refusal) == (
        reverse("missingcases:release_new", args=[incident.reference]),
        None,
    )
    assert {(card.lines, card.intro, card.empty) for card in cards} == {((), cards[0].intro, cards[0].empty)}
    assert "no first responder" in cards[0].intro
    assert NOT_FOR_FAMILY not in cards[0].intro
    browser = caseworker.sign_in(Client())
    page = browser.get(reverse("missingcases:services", args=[incident.reference])).content.decode()
    assert act.url in page
    assert "Break confidence" in browser.get(act.url).content.decode()
    with pytest.raises(NotVisible):
        raised_by_hand(caseworker, incident, "trafficking")
    assert service_card(publicity_officer.actor, incident.pk) is None
    assert service_card(family_worker.actor, incident.pk) is None
