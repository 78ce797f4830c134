"""The pages: who reaches them, what each side reads, and what stands on the cards of others."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from foundation.accounts.enums import OrganisationKind, Role
from foundation.exceptions import Conflict, Invalid
from partners import contributions, openings, selectors, services
from partners.models import Profile, Referral
from partners.services.restored import end_again
from tests.cast import member, organisation
from tests.partners import making

pytestmark = pytest.mark.django_db


@pytest.fixture
def kent_coordinator(kent):
    return member("coordinator@kent.example", "Neil Finch", kent, Role.POLICE_COORDINATOR)


def page(who, name: str, *args: object, **query: str):
    return who.sign_in(Client()).get(reverse(f"partners:{name}", args=args), query)


def test_whoever_has_no_part_in_it_finds_nothing(
    referral, kent_coordinator, caseworker, family_worker, stranger_worker, publicity_officer, auditor
) -> None:
    for stranger in (kent_coordinator, caseworker, family_worker, stranger_worker):
        assert page(stranger, "referral", referral.reference).status_code == 404
        assert referral.reference not in page(stranger, "listing").content.decode()
        assert contributions.timeline(stranger.actor, referral.incident_id) == []
    for nobody in (publicity_officer, auditor):
        assert page(nobody, "referral", referral.reference).status_code == 403
    assert page(stranger_worker, "accept", referral.reference).status_code == 404
    assert page(kent_coordinator, "withdraw", referral.reference).status_code == 404


def test_a_force_does_not_see_the_charitys_referral_nor_one_desk_anothers(
    met_officer, met_coordinator, caseworker, family_worker, charity, missing, tracing
) -> None:
    making.told(met_officer, missing, charity, desk=Role.CHARITY_CASEWORKER)
    sent = making.referred(caseworker, missing, tracing)
    assert page(met_coordinator, "referral", sent.reference).status_code == 404
    assert page(family_worker, "referral", sent.reference).status_code == 404
    assert page(caseworker, "referral", sent.reference).status_code == 200
    assert contributions.service_card(met_coordinator.actor, missing.pk).lines == ()


def test_each_side_reads_its_own_and_the_partner_no_reason(
    referral, met_coordinator, met_inspector, partner_worker
) -> None:
    at_sender = page(met_coordinator, "referral", referral.reference).content.decode()
    for words in ("It is still yours", "All lines at the force", "Ada Example", referral.incident.reference):
        assert words in at_sender
    at_partner = page(partner_worker, "referral", referral.reference).content.decode()
    assert "Ada Example" in at_partner
    assert "Her sister asks for it." in at_partner
    for hidden in ("All lines at the force", referral.incident.reference, "Ines Moura"):
        assert hidden not in at_partner
    assert page(met_inspector, "referral", referral.reference).status_code == 200
    referral.refresh_from_db()
    assert referral.release.first_read_at is not None


def test_a_partner_does_not_read_why_a_referral_was_withdrawn(
    referral, met_coordinator, partner_worker
) -> None:
    given = {"reason": "person_objects", "words": "She fled from him."}
    services.withdraw(actor=met_coordinator.actor, referral_id=referral.pk, **given)
    ours = page(met_coordinator, "referral", referral.reference).content.decode()
    for name in ("referral", "listing"):
        args = [referral.reference] if name == "referral" else []
        theirs = page(partner_worker, name, *args, show="all").content.decode()
        assert "Withdrawn" in theirs
        for hidden in ("does not want it", "She fled"):
            assert hidden not in theirs
    assert "does not want it" in ours
    assert "She fled from him." in ours


def test_a_partner_reads_its_own_words_of_how_a_referral_ended(
    referral, met_coordinator, partner_worker, tracing
) -> None:
    worker = partner_worker.actor
    services.reject(actor=worker, referral_id=referral.pk, reason="not_ours", words="Ask in Leeds.")
    for reader in (met_coordinator, partner_worker):
        shown = page(reader, "referral", referral.reference).content.decode()
        assert "Not what we do" in shown
        assert "Ask in Leeds." in shown
    other = making.referred(met_coordinator, referral.incident, tracing)
    services.accept(actor=worker, referral_id=other.pk, worker="Robin")
    services.give_back(actor=worker, referral_id=other.pk, words="We close in May.")
    assert "We close in May." in page(partner_worker, "referral", other.reference).content.decode()
    restored = making.referred(met_coordinator, referral.incident, tracing)
    end_again({"referral_id": restored.pk})
    said = "ask the partner how"
    assert said in page(met_coordinator, "referral", restored.reference).content.decode()
    assert said not in page(partner_worker, "referral", restored.reference).content.decode()


def test_referring_from_the_incident_to_the_draft_to_the_partner(
    client, met_coordinator, missing, tracing
) -> None:
    browser = met_coordinator.sign_in(client)
    start = reverse("partners:refer", args=[missing.reference])
    chosen = browser.get(start, {"takes": "tracing"}).content.decode()
    assert tracing.organisation.name in chosen
    form = f"{start}?takes=tracing&partner={tracing.reference}"
    assert missing.person.full_name in browser.get(form).content.decode()
    given = {
        **making.TRACED,
        "why": "No line is left.",
        "lawful_basis": "legitimate_interests",
        "version": "0",
    }
    refused = browser.post(form, {**given, "send": "1"}).content.decode()
    assert "without a sharing agreement" in refused
    assert Referral.objects.count() == 0
    kept = browser.post(form, {**given, "draft": "1"})
    row = Referral.objects.get()
    assert (row.status, kept.status_code) == ("draft", 302)
    assert page(making.worker_of(tracing.organisation), "referral", row.reference).status_code == 404
    browser.post(
        reverse("partners:draft", args=[row.reference]),
        {**given, "version": row.version, "override_reason": "It is being signed.", "send": "1"},
    )
    row.refresh_from_db()
    assert row.status == "sent"


def test_the_directory_is_the_charitys_to_keep(
    duty_manager, administrator, met_coordinator, met_administrator, partner_worker, tracing
) -> None:
    with pytest.raises(Conflict) as both:
        services.edit_profile(
            actor=duty_manager.actor,
            profile_id=tracing.pk,
            version=tracing.version + 1,
            details=services.ProfileDetails(takes=("legal",), email="a@b.example"),
        )
    assert both.value.theirs["email"] == tracing.email
    assert page(administrator, "edit", tracing.reference).status_code == 200
    assert page(met_coordinator, "partner", tracing.reference).status_code == 200
    assert page(met_coordinator, "edit", tracing.reference).status_code == 403
    assert "The charity keeps" in page(met_administrator, "edit", tracing.reference).content.decode()
    assert page(partner_worker, "directory").status_code == 403


def test_who_serves_an_area_comes_before_who_serves_all(tracing, other_partner) -> None:
    from foundation.places.models import Area

    borough = Area.objects.get(gss_code="E09000022")
    london = Area.objects.get(name="London", kind="region")
    other_partner.areas.add(london)
    found = selectors.partners_for("tracing", borough.pk)
    assert [one.profile for one in found] == [other_partner, tracing]
    wales = Area.objects.get(name="Wales", kind="nation")
    assert [one.profile for one in selectors.partners_for("tracing", wales.pk)] == [tracing]
    Profile.objects.filter(pk=tracing.pk).update(is_active=False)
    assert selectors.partners_for("tracing", wales.pk) == []


def test_opening_times_are_read_as_people_write_them() -> None:
    times = openings.read("Mon-Fri 09:00-17:00\nSaturday 10.00 to 13.00")
    assert openings.write(times) == "Monday to Friday 09:00-17:00\nSaturday 10:00-13:00"
    round_the_clock = openings.read("Mon-Sun all day")
    assert openings.read("Mon-Sun 00:00-24:00") == round_the_clock
    assert openings.write(round_the_clock) == "Monday to Sunday all day"
    assert openings.write(openings.read("Friday 18:00-24:00")) == "Friday 18:00-24:00"
    for wrong in ("Always", "Fri-Mon 09:00-17:00", "Monday 17:00-09:00", "Monday 25:00-26:00"):
        with pytest.raises(ValueError, match=wrong.split()[0]):
            openings.read(wrong)


def test_opening_times_that_overlap_are_refused_in_words(duty_manager, tracing) -> None:
    def written(text: str) -> Profile:
        details = services.ProfileDetails(
            takes=("tracing",), email="a@b.example", opening=openings.read(text)
        )
        version = Profile.objects.get(pk=tracing.pk).version
        return services.edit_profile(
            actor=duty_manager.actor, profile_id=tracing.pk, version=version, details=details
        )

    for twice in ("Monday 09:00-12:00\nMonday to Friday 09:00-17:00", "Mon all day\nMon 22:00-24:00"):
        with pytest.raises(Invalid) as caught:
            written(twice)
        assert "Monday overlap" in caught.value.problems["opening"]
    kept = written("Mon-Fri 09:00-12:00\nMon-Fri 12:00-17:00\nSaturday all day")
    assert kept.opening_times.count() == 11
    saturday = datetime(2026, 11, 28, 23, 59, 30, tzinfo=UTC)
    assert selectors.is_open_at(kept, saturday)
    assert not selectors.is_open_at(kept, saturday + timedelta(minutes=1))


def test_a_colleague_takes_over_and_the_record_says_so(referral, met) -> None:
    other = member("second@met.example", "Ola Berg", met, Role.POLICE_COORDINATOR)
    taken = services.take_over(actor=other.actor, referral_id=referral.pk)
    assert taken.sent_by == other.user
    assert [row.because for row in selectors.holdings_of(taken)] == ["written", "taken_over"]


def test_a_force_that_has_referred_them_itself_is_told_so_when_it_takes_the_other_over(
    referral, kent, met_coordinator, tracing
) -> None:
    Referral.objects.filter(pk=referral.pk).update(sender=kent)
    own = making.referred(met_coordinator, referral.incident, tracing)
    at = reverse("partners:take_over", args=[referral.reference])
    said = met_coordinator.sign_in(Client()).post(at, follow=True).content.decode()
    assert f"for this yourselves: {own.reference}" in said
    referral.refresh_from_db()
    assert referral.sender_id == kent.pk

    services.withdraw(actor=met_coordinator.actor, referral_id=own.pk, reason="in_error")
    taken = services.take_over(actor=met_coordinator.actor, referral_id=referral.pk)
    assert taken.sender_id == met_coordinator.organisation.pk


def test_a_list_asks_as_much_for_many_as_for_one(met_coordinator, met_officer, tracing) -> None:
    from tests.missingcases import making as cases

    def count() -> int:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as asked:
            assert page(met_coordinator, "listing").status_code == 200
        return len(asked)

    making.referred(met_coordinator, cases.report(met_officer.actor), tracing)
    once = count()
    for _ in range(4):
        making.referred(met_coordinator, cases.report(met_officer.actor), tracing)
    assert count() == once


def test_a_partner_is_an_organisation_that_is_one(duty_manager, charity) -> None:
    place = organisation("new-partner", OrganisationKind.PARTNER, "New Partner")
    browser = duty_manager.sign_in(Client())
    assert browser.get(reverse("partners:add")).status_code == 200
    given = {
        "organisation": place.pk,
        "takes": ["legal"],
        "areas": "Wales",
        "opening": "Mon-Fri 09:00-17:00",
        "email": "new@partner.example",
        "works_by": "link",
        "remind_after": 12,
        "escalate_after": 24,
        "return_after": 48,
        "is_active": "on",
        "version": 0,
    }
    assert b"We know no area" in browser.post(reverse("partners:add"), {**given, "areas": "Narnia"}).content
    assert browser.post(reverse("partners:add"), given).status_code == 302
    made = Profile.objects.get(organisation=place)
    assert (made.takes, made.opening_times.count(), made.areas.get().name) == (["legal"], 5, "Wales")
    opened = browser.get(reverse("partners:partner", args=[made.reference])).content.decode()
    assert "Monday to Friday 09:00-17:00" in opened
