"""Appeals that a force's system sends: once each, followed by version, and never changed behind anybody."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from appeals import checks, policies, selectors, services
from appeals.enums import AppealStatus, Origin
from appeals.models import Appeal, Content
from foundation.access import Refused
from foundation.actors import Actor
from foundation.exceptions import NotVisible
from missingcases.models import Incident
from tests.appeals import making
from tests.missingcases.test_races import at_once

S = AppealStatus


@pytest.fixture
def system_of_met(api_client: Actor) -> Actor:
    return api_client


def sent(actor: Actor, incident: Incident, external_reference: str = "A/1", **given: Any) -> Appeal:
    content = making.details(**given)
    return services.share_appeal(
        actor=actor,
        incident_id=incident.pk,
        form_token=uuid4(),
        external_reference=external_reference,
        kind="standard",
        reason="No lead so far.",
        police_view="",
        content=content,
        area_ids=[content.area_id],
    )


def numbers(appeal: Appeal) -> list[int]:
    return sorted(appeal.contents.values_list("number", flat=True))


@pytest.mark.django_db
def test_what_was_sent_twice_is_one_draft(system_of_met, incident) -> None:
    first = sent(system_of_met, incident)
    assert (first.status, first.origin) == (S.REQUESTED, Origin.SYSTEM)
    assert sent(system_of_met, incident).pk == first.pk
    assert numbers(first) == [1]


@pytest.mark.django_db
def test_the_same_content_under_another_name_is_the_appeal_that_is_there(
    desk, system_of_met, appeal, incident
) -> None:
    assert sent(system_of_met, incident, "A/7").pk == appeal.pk
    appeal.refresh_from_db()
    assert appeal.external_reference == "A/7"
    # Known by that name from now on: other content is its next version.
    assert sent(system_of_met, incident, "A/7", clothing="A blue coat.").pk == appeal.pk
    assert numbers(appeal) == [1, 2]
    assert Appeal.objects.count() == 1


@pytest.mark.django_db
def test_without_a_name_the_same_content_is_found_and_other_content_is_another_appeal(
    system_of_met, appeal, incident
) -> None:
    assert sent(system_of_met, incident, "").pk == appeal.pk
    assert sent(system_of_met, incident, "", age=47).pk != appeal.pk


@pytest.mark.django_db
def test_other_content_is_the_next_version_and_is_authorised_anew(desk, system_of_met, incident) -> None:
    appeal = sent(system_of_met, incident)
    making.checked(desk.publicity, appeal)
    welsh = services.Words(language="cy", description="Mae gan Robin wallt brown.")
    services.save_content(
        actor=desk.publicity,
        appeal_id=appeal.pk,
        details=making.details(wordings=(services.Words(description="Plainer words."), welsh)),
        picture_id=None,
    )
    making.consented(desk.publicity, appeal)
    making.authorised(desk.supervisor, appeal)
    # The system repeats itself: what the charity made of it stands.
    sent(system_of_met, incident)
    appeal.refresh_from_db()
    assert (appeal.status, numbers(appeal)) == (S.FAMILY_CONSENTED, [1, 2])

    sent(system_of_met, incident, clothing="A blue coat.")
    appeal.refresh_from_db()
    assert (appeal.status, appeal.authorised_at, numbers(appeal)) == (S.DRAFT, None, [1, 2, 3])
    # Who prepared it at the charity is still not who publishes it, and the Welsh is kept.
    assert appeal.prepared_by_id == desk.publicity.user_id
    words = {one.language: one for one in selectors.wordings_of(selectors.newest_content(appeal))}
    assert (words["en"].clothing, words["cy"].description) == ("A blue coat.", welsh.description)


@pytest.mark.django_db
def test_what_is_live_or_ended_is_not_changed_from_outside(desk, system_of_met, live, incident) -> None:
    sent(system_of_met, incident)
    for code in ("live", "ended"):
        with pytest.raises(Refused) as refused:
            sent(system_of_met, incident, clothing="A blue coat.")
        assert refused.value.refusal.code == code
        if code == "live":
            services.withdraw_appeal(
                actor=desk.publicity, appeal_id=live.pk, cause="staff", reason="It does no good."
            )
    assert numbers(live) == [1]


@pytest.mark.django_db
def test_the_charitys_veto_stands(desk, system_of_met, incident) -> None:
    appeal = sent(system_of_met, incident)
    services.decline(
        actor=desk.publicity, appeal_id=appeal.pk, reasons=["suicide_risk"], reason="A risk is known."
    )
    assert sent(system_of_met, incident).status == S.DECLINED
    with pytest.raises(Refused):
        sent(system_of_met, incident, clothing="A blue coat.")


@pytest.mark.django_db
def test_one_name_is_one_incident(desk, system_of_met, incident) -> None:
    sent(system_of_met, incident)
    with pytest.raises(Refused) as refused:
        sent(system_of_met, making.open_incident(desk.officer, desk.supervisor))
    assert refused.value.refusal.code == "token"


@pytest.mark.django_db
def test_another_force_finds_nothing(kent_officer, incident) -> None:
    with pytest.raises(NotVisible):
        sent(kent_officer.actor, incident)


@pytest.mark.django_db
def test_who_may_send_again(desk, system_of_met, kent_officer, appeal) -> None:
    refusals = [
        policies.may_send_again(one, appeal) for one in (system_of_met, desk.officer, kent_officer.actor)
    ]
    assert [one and one.code for one in refusals] == [None, "role", "organisation"]


@pytest.mark.usefixtures("committing_db")
def test_a_system_that_sends_twice_at_once_makes_one(system_of_met, incident) -> None:
    at_once(*[lambda: sent(system_of_met, incident)] * 2)
    assert (Appeal.objects.count(), Content.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("text", "pointed_out"),
    [
        ("Call 101 or 116 000.", False),
        ("Call 116000 by 12/11/2026, quote 4021.", False),
        ("Call 020 7946 0958.", True),
        ("Text 07700 900123 now.", True),
        ("Ring +44 (0)20 7946 0958.", True),
        ("Call 116 000 or 0808 157 0123.", True),
        ("5 feet 4, 46 years.", False),
    ],
)
def test_another_number_is_pointed_out_and_does_not_block(text, pointed_out) -> None:
    assert bool(checks.other_number(text)) is pointed_out
