"""Who is suggested for a child, and who is never given one."""

from __future__ import annotations

import pytest
from django.utils import timezone

from foundation.access import Refused
from foundation.accounts.enums import Role
from foundation.exceptions import Conflict, Invalid, NotVisible, Stale
from rhi import policies, services
from rhi.independence import why_not_independent
from rhi.models import AuthorityPolicy, Referral
from rhi.selectors import suggestions
from tests.cast import Member, member
from tests.rhi.conftest import allocated, answered, hours_ago, referred

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(arranged, met_officer, lambeth) -> Referral:
    return referred(met_officer, lambeth, hours=5)


@pytest.fixture
def second(charity) -> Member:
    return member("second.rhi@harbour.test", "Second Interviewer", charity, Role.RHI_INTERVIEWER)


def save(manager: Member, person: Member, *, areas=(), worked_for=(), version=0, **given) -> None:
    values = {
        "languages": [],
        "care_providers": [],
        "gender": "",
        "capacity": 5,
        "telephone": "",
        "is_available": True,
    }
    services.save_profile(
        actor=manager.actor,
        user_id=person.user.pk,
        version=version,
        values=values | given,
        area_ids=[one.pk for one in areas],
        worked_for_ids=[one.pk for one in worked_for],
    )


def order(manager: Member, referral: Referral) -> list[str]:
    return [one.person.email for one in suggestions(manager.actor, referral)]


@pytest.mark.parametrize(
    ("wish", "better"),
    [
        ({"language": "Polish"}, {"languages": [" polish"]}),
        ({"gender_preference": "woman"}, {"gender": "woman"}),
        ({}, {"capacity": 50}),
    ],
)
def test_the_better_one_for_the_child_is_suggested_first(
    waiting, duty_manager, rhi_interviewer, second, met_officer, lambeth, wish, better
) -> None:
    Referral.objects.filter(pk=waiting.pk).update(**wish)
    waiting.refresh_from_db()
    save(duty_manager, second, **better)
    for _ in range(2):  # both have as much to do
        for person in (rhi_interviewer, second):
            allocated(referred(met_officer, lambeth), duty_manager, person)
    assert order(duty_manager, waiting) == [second.user.email, rhi_interviewer.user.email]


def test_one_who_is_away_full_or_far_comes_later(
    waiting, duty_manager, rhi_interviewer, second, lambeth
) -> None:
    save(duty_manager, second, areas=[lambeth])
    assert order(duty_manager, waiting)[0] == second.user.email
    save(duty_manager, second, areas=[lambeth], is_available=False, version=1)
    assert order(duty_manager, waiting)[0] == rhi_interviewer.user.email
    save(duty_manager, second, capacity=0, version=2)
    assert suggestions(duty_manager.actor, waiting)[1].is_full


def test_nobody_of_the_childs_care_is_given_them_whatever_is_said(
    waiting, duty_manager, rhi_interviewer, second, lambeth
) -> None:
    save(duty_manager, rhi_interviewer, worked_for=[lambeth])
    save(duty_manager, second, care_providers=["St. Anne's  House"])
    details = services.Details(cared_for_by="Social work team 3\nst annes house")
    services.edit_details(
        actor=duty_manager.actor, referral_id=waiting.pk, version=waiting.version, details=details
    )
    waiting.refresh_from_db()
    for person in (rhi_interviewer, second):
        with pytest.raises(Refused) as refused:
            allocated(waiting, duty_manager, person)
        assert refused.value.refusal.code == "not_independent"
    assert all(one.refusal for one in suggestions(duty_manager.actor, waiting))


def test_an_interviewer_who_knows_the_child_steps_back_for_good(
    waiting, duty_manager, rhi_interviewer
) -> None:
    allocated(waiting, duty_manager, rhi_interviewer)
    with pytest.raises(NotVisible):
        services.say_known(actor=duty_manager.actor, referral_id=0, reason="x")
    with pytest.raises(Refused):
        services.say_known(actor=duty_manager.actor, referral_id=waiting.pk, reason="x")
    services.say_known(actor=rhi_interviewer.actor, referral_id=waiting.pk, reason="My niece's friend.")
    waiting.refresh_from_db()
    assert (waiting.status, waiting.interviewer) == ("referred", None)
    with pytest.raises(Refused) as refused:
        allocated(waiting, duty_manager, rhi_interviewer)
    assert refused.value.refusal.code == "knows_child"


def test_independence_reads_names_of_homes_as_people_write_them() -> None:
    given = {"authority_ids": [1], "worked_for_ids": [2], "knows_the_child": False}
    assert why_not_independent(**given, cared_for_by="", care_providers=[""]) is None
    assert why_not_independent(**given, cared_for_by="Oak Lodge", care_providers=["Elm Lodge"]) is None
    assert why_not_independent(**given, cared_for_by="Oak-Lodge.", care_providers=["OAKLODGE"]) is not None


def test_who_may_edit_step_back_and_say_why_late(waiting, duty_manager, rhi_interviewer, caseworker) -> None:
    assert policies.may_edit(caseworker.actor, waiting).code == "not_visible"
    assert policies.may_edit(duty_manager.actor, waiting) is None
    assert policies.may_step_back(rhi_interviewer.actor, waiting).code == "not_visible"
    assert policies.may_say_why_late(duty_manager.actor, waiting, late=False).code == "in_time"
    assert policies.may_say_why_late(duty_manager.actor, waiting, late=True) is None
    assert policies.may_set_visit_rule(caseworker.actor).code == "role"
    waiting.status = "withdrawn"
    assert policies.may_edit(duty_manager.actor, waiting).code == "ended"


def test_two_who_edit_see_both_sides(waiting, duty_manager) -> None:
    given = {"actor": duty_manager.actor, "referral_id": waiting.pk, "version": waiting.version}
    services.edit_details(**given, details=services.Details(carer="Aunt"))
    with pytest.raises(Conflict) as conflict:
        services.edit_details(**given, details=services.Details(carer="Uncle"))
    assert (conflict.value.theirs["carer"], conflict.value.yours["carer"]) == ("Aunt", "Uncle")
    given["version"] += 1
    with pytest.raises(Invalid):
        services.edit_details(**given, details=services.Details(gender_preference="x"))
    assert services.edit_details(**given, details=services.Details(carer="Aunt")).version == given["version"]


def test_why_a_time_was_missed_is_asked_of_late_ones_alone(
    arranged, met_officer, lambeth, duty_manager, rhi_interviewer
) -> None:
    late = allocated(referred(met_officer, lambeth, hours=80), duty_manager, rhi_interviewer)
    given = {"actor": duty_manager.actor, "referral_id": late.pk, "which": "interview"}
    with pytest.raises(Invalid):
        services.say_why_late(**given, reason="")
    services.say_why_late(**given, reason="no_interviewer")
    with pytest.raises(Refused):
        services.say_why_late(**given | {"which": "report"}, reason="writing_up")
    answered(late, rhi_interviewer, "carer_only", answered_at=hours_ago(79))
    late.refresh_from_db()
    assert late.breach_reason == "no_interviewer"
    with pytest.raises(Refused):  # it was settled within the hours after all
        services.say_why_late(**given, reason="other")
    Referral.objects.filter(pk=late.pk).update(report_due_at=timezone.now())
    services.say_why_late(**given | {"which": "report"}, reason="writing_up")


def test_a_profile_that_cannot_be_is_refused(duty_manager, rhi_interviewer, caseworker, charity) -> None:
    with pytest.raises(Invalid) as wrong:
        save(duty_manager, rhi_interviewer, gender="x", capacity=100, telephone="1")
    assert set(wrong.value.problems) == {"gender", "capacity", "telephone"}
    with pytest.raises(Invalid):
        save(duty_manager, rhi_interviewer, areas=[charity])
    with pytest.raises(NotVisible):
        save(duty_manager, caseworker)
    with pytest.raises(NotVisible):
        save(caseworker, rhi_interviewer)
    save(duty_manager, rhi_interviewer)
    with pytest.raises(Stale):
        save(duty_manager, rhi_interviewer)


def test_an_authority_says_what_is_offered_and_to_whom(
    lambeth, charity, croydon, authority_worker, duty_manager
) -> None:
    given = {"version": 1, "is_on": True, "offered_to": "looked_after", "out_of_area": False, "reason": "x"}
    services.save_policy(actor=authority_worker.actor, provider_id=lambeth.pk, **given)
    row = AuthorityPolicy.objects.get(authority=lambeth)
    assert (row.provider, row.offered_to, row.is_on) == (lambeth, "looked_after", True)
    with pytest.raises(Stale):
        services.save_policy(actor=authority_worker.actor, provider_id=charity.pk, **given)
    with pytest.raises(Refused):
        services.save_policy(actor=duty_manager.actor, provider_id=charity.pk, **given)
    with pytest.raises(Invalid) as wrong:
        services.save_policy(
            actor=authority_worker.actor,
            provider_id=croydon.pk,
            **given | {"offered_to": "x", "reason": ""},
        )
    assert set(wrong.value.problems) == {"provider", "offered_to", "reason"}
