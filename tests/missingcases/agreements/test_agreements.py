"""A sharing agreement from draft to end: both sides sign, reviews keep it alive, others see nothing."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from foundation.access import Refused
from foundation.exceptions import Conflict, Invalid, NotVisible
from foundation.states import IllegalMove
from missingcases.agreements import policies, selectors, services
from missingcases.agreements.contributions import agreement_work
from missingcases.agreements.models import Agreement
from missingcases.agreements.states import AGREEMENT
from missingcases.enums import LawfulBasis, ReleaseKind
from tests.missingcases import releasing

pytestmark = pytest.mark.django_db

DETAILS = services.AgreementDetails(
    flow=ReleaseKind.INTERVIEW_EXTRACT,
    purpose="To find who harms children.",
    field_names=("where_and_with_whom",),
    lawful_bases=(LawfulBasis.PUBLIC_TASK,),
    retention="Six years",
    contact="The data protection desks of both",
    review_on=date.today() + timedelta(days=300),
)


def code(refusal) -> str:
    assert refusal is not None
    return str(refusal.code)


@pytest.fixture
def draft(duty_manager, met) -> Agreement:
    return services.draft_agreement(actor=duty_manager.actor, other_id=met.pk, we_send=True, details=DETAILS)


def sign(who, row) -> Agreement:
    return services.sign_agreement(actor=who.actor, reference=row.reference, version=row.version)


def test_it_is_in_force_once_a_person_of_each_side_has_signed(
    draft, duty_manager, met_inspector, met, caseworker
) -> None:
    assert [item.words for item in agreement_work(met_inspector.actor).items] == [
        "Sign the agreement: Extract of a return home interview"
    ]
    assert sign(duty_manager, draft).status == "draft"
    assert code(policies.may_sign(duty_manager.actor, Agreement.objects.get())) == "signed"
    with pytest.raises(Invalid):
        releasing.released(caseworker.actor, met.pk, terms=None)
    assert sign(met_inspector, draft).status == "in_force"
    assert releasing.released(caseworker.actor, met.pk, terms=None).agreement == draft
    assert agreement_work(met_inspector.actor) is None
    assert code(policies.may_sign(met_inspector.actor, Agreement.objects.get())) == "not_draft"
    assert code(policies.may_edit(met_inspector.actor, Agreement.objects.get())) == "not_draft"


def test_one_person_of_two_organisations_does_not_sign_for_both(draft, duty_manager, met) -> None:
    sign(duty_manager, draft)
    twice = replace(duty_manager.actor, organisation_id=met.pk)
    assert code(policies.may_sign(twice, Agreement.objects.get())) == "same_person"
    assert code(AGREEMENT.may(Agreement.objects.get(), "in_force", duty_manager.actor)) == "not_signed"


def test_changed_words_need_new_signatures_and_a_stale_page_signs_nothing(
    draft, duty_manager, met_inspector
) -> None:
    sign(duty_manager, draft)
    wider = replace(DETAILS, field_names=("where_and_with_whom", "harm"))
    changed = services.edit_agreement(
        actor=met_inspector.actor, reference=draft.reference, version=1, details=wider
    )
    assert (changed.from_signed_by, changed.field_names) == (None, ["harm", "where_and_with_whom"])
    with pytest.raises(Conflict):
        services.sign_agreement(actor=met_inspector.actor, reference=draft.reference, version=1)
    with pytest.raises(Conflict):
        services.edit_agreement(
            actor=duty_manager.actor, reference=draft.reference, version=1, details=DETAILS
        )
    same = services.edit_agreement(
        actor=duty_manager.actor, reference=draft.reference, version=2, details=wider
    )
    assert same.version == 2


@pytest.mark.parametrize(
    ("wrong", "names"),
    [
        ({"purpose": " ", "retention": "", "contact": ""}, {"purpose", "retention", "contact"}),
        ({"field_names": ()}, {"field_names"}),
        ({"field_names": ("Her <name>",)}, {"field_names"}),
        ({"lawful_bases": ()}, {"lawful_bases"}),
        ({"lawful_bases": ("because",)}, {"lawful_bases"}),
        ({"grace_days": 91}, {"grace_days"}),
        ({"flow": "gossip"}, {"flow"}),
        ({"flow": ReleaseKind.REPORT}, {"flow"}),
        ({"review_on": date.today()}, {"review_on"}),
        ({"review_on": date.today() + timedelta(days=800)}, {"review_on"}),
    ],
)
def test_what_says_too_little_is_not_drafted(wrong, names, duty_manager, met) -> None:
    with pytest.raises(Invalid) as caught:
        services.draft_agreement(
            actor=duty_manager.actor, other_id=met.pk, we_send=True, details=replace(DETAILS, **wrong)
        )
    assert set(caught.value.problems) == names


def test_it_is_drafted_with_another_organisation_by_who_answers_for_sharing(
    duty_manager, caseworker, charity, met_officer
) -> None:
    with pytest.raises(Invalid):
        services.draft_agreement(actor=duty_manager.actor, other_id=charity.pk, we_send=True, details=DETAILS)
    for who in (caseworker, met_officer):
        with pytest.raises(Refused):
            services.draft_agreement(actor=who.actor, other_id=charity.pk, we_send=True, details=DETAILS)


def test_both_sides_and_their_auditor_read_it_and_nobody_else(
    draft, duty_manager, met_inspector, auditor, kent_supervisor, caseworker, met_officer, administrator
) -> None:
    for who in (duty_manager, met_inspector, auditor, administrator):
        assert list(selectors.visible_to(who.actor)) == [draft]
        assert selectors.agreement_named(who.actor, draft.reference) == draft
    for who in (kent_supervisor, caseworker, met_officer):
        assert not selectors.visible_to(who.actor).exists()
        with pytest.raises(NotVisible):
            selectors.agreement_named(who.actor, draft.reference)
        with pytest.raises(NotVisible):
            services.end_agreement(actor=who.actor, reference=draft.reference, reason="x")
    assert code(policies.may_sign(auditor.actor, draft)) == "role"
    assert not selectors.to_sign(auditor.actor).exists()
    assert not selectors.to_review(auditor.actor, date.today()).exists()


def test_a_review_lets_it_cover_releases_again(duty_manager, met_inspector, caseworker, met) -> None:
    lapsed = releasing.agreement(
        duty_manager,
        met_inspector,
        ReleaseKind.INTERVIEW_EXTRACT,
        "where_and_with_whom",
        review_on=date.today() - timedelta(days=40),
    )
    assert len(agreement_work(met_inspector.actor).items) == 1
    with pytest.raises(Invalid):
        releasing.released(caseworker.actor, met.pk)
    given = {"actor": met_inspector.actor, "reference": lapsed.reference, "version": 1}
    with pytest.raises(Invalid) as caught:
        services.review_agreement(**given, review_on=date.today(), findings=" ")
    assert set(caught.value.problems) == {"review_on", "findings"}
    services.review_agreement(**given, review_on=date.today() + timedelta(days=365), findings="Still needed.")
    assert releasing.released(caseworker.actor, met.pk).agreement == lapsed
    with pytest.raises(Conflict):
        services.review_agreement(**given, review_on=date.today() + timedelta(days=2), findings="Late.")


def test_what_has_ended_covers_nothing_and_what_was_released_stays(
    duty_manager, met_inspector, caseworker, met, met_officer
) -> None:
    row = releasing.agreement(
        duty_manager, met_inspector, ReleaseKind.INTERVIEW_EXTRACT, "where_and_with_whom"
    )
    before = releasing.released(caseworker.actor, met.pk, terms=None)
    with pytest.raises(Refused):
        services.end_agreement(actor=met_inspector.actor, reference=row.reference, reason=" ")
    services.end_agreement(actor=met_inspector.actor, reference=row.reference, reason="The service ended.")
    with pytest.raises(Invalid):
        releasing.released(caseworker.actor, met.pk, terms=None)
    assert policies.may_review(duty_manager.actor, Agreement.objects.get()) is not None
    with pytest.raises(IllegalMove):
        services.end_agreement(actor=duty_manager.actor, reference=row.reference, reason="Again.")
    assert before.agreement == row


def test_the_other_side_of_nothing_is_refused_by_the_table(draft, kent_supervisor, met_inspector) -> None:
    stranger = replace(met_inspector.actor, organisation_id=kent_supervisor.organisation.pk)
    assert code(policies.may_edit(stranger, draft)) == "other_organisation"
    assert code(policies.may_end(stranger, draft)) == "other_organisation"
