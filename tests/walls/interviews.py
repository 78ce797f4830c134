"""One child who came home, with everything the provider keeps of it, for the walls."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from foundation.accounts.enums import Role
from foundation.accounts.models import Organisation
from missingcases import services as cases
from rhi import services
from rhi.interviews import services as interviews
from rhi.interviews.form import QUESTIONS
from rhi.interviews.models import Interview
from rhi.interviews.services import Typed
from rhi.models import AuthorityPolicy, Referral, Visit
from tests.cast import Member, member
from tests.missingcases import making


def came_home(officer: Member, manager: Member, words: str) -> dict[str, str]:
    """The arguments of the pages of `rhi` by the argument's meaning."""
    essex = Organisation.objects.get_or_create(
        code="walled-council", defaults={"kind": "local_authority", "name": "Walled Council"}
    )[0]
    AuthorityPolicy.objects.create(authority=essex, provider=manager.organisation, is_on=True)
    worker = member("walled@rhi.example", "Walled Interviewer", manager.organisation, Role.RHI_INTERVIEWER)
    incident = making.report(
        officer.actor, date_of_birth=making.child_born(), looked_after="yes", placing_authority_id=essex.pk
    )
    now = timezone.now()
    making.located(officer.actor, incident, located_at=now)
    cases.record_returned(actor=officer.actor, incident_id=incident.pk, returned_at=now)
    referral = services.open_for_return(incident_id=incident.pk)
    assert referral is not None
    given = {"actor": manager.actor, "referral_id": referral.pk}
    details = services.Details(carer=words, safe_contact=words, needs=words, worker_safety=words)
    services.edit_details(**given, version=referral.version, details=details)
    referral.refresh_from_db()
    services.allocate(**given, interviewer_id=worker.user.pk, version=referral.version)
    given["actor"] = worker.actor
    services.record_attempt(
        **given, at=now, channel="call", whom="child", outcome="talked", note=words, form_token=uuid4()
    )
    visit = services.plan_visit(
        **given,
        place=words,
        with_whom=words,
        starts_at=now + timedelta(minutes=5),
        ends_at=now + timedelta(hours=1),
        markers=(),
        safety_note=words,
        form_token=uuid4(),
    )
    Visit.objects.filter(pk=visit.pk).update(called=1)
    services.record_answer(
        **given,
        answer="declined",
        answered_at=now,
        limits_explained=True,
        decline_reason="coercion_suspected",
    )
    return {
        "referral": referral.reference,
        "visit": visit.reference,
        "interviewer": worker.user.reference,
        "incident": incident.reference,
    }


_ABOUT_A_VISIT = frozenset({"visit", "check_in", "check_out", "cancel_visit", "resolve_visit"})


def argument_of(home: dict[str, str], page: str) -> str:
    """What the page of this name takes as its reference."""
    if page in {"refer", "pass_on"}:
        return home["incident"]
    if page == "interviewer":
        return home["interviewer"]
    return home["visit"] if page in _ABOUT_A_VISIT else home["referral"]


def talked_with(home: dict[str, str], words: str) -> dict[str, str]:
    """The arguments of the pages of an interview in which every answer holds these words."""
    referral = Referral.objects.get(reference=home["referral"])
    begun = _begun(referral, words)
    outcome = begun.outcomes.get()
    return {
        "reference": begun.reference,
        "referral": referral.reference,
        "outcome": outcome.reference,
        "action": outcome.reference,
        "kind": "s47",
        "key": "harm",
        "code": "push-school",
    }


def _begun(referral: Referral, words: str) -> Interview:
    interviewer = Member(referral.interviewer, referral.provider).actor
    answered = {"answer": "declined_but_talked", "decline_reason": "no_trust"}
    services.record_answer(
        actor=interviewer,
        referral_id=referral.pk,
        answered_at=timezone.now(),
        limits_explained=True,
        **answered,
    )
    begun = interviews.start(actor=interviewer, referral_id=referral.pk, limits_explained=True)
    for question in QUESTIONS:
        typed = Typed(question, 0, words=words)
        interviews.save_answer(actor=interviewer, reference=begun.reference, typed=typed)
    interviews.confirm_outcome(
        actor=interviewer, reference=begun.reference, kind="s17", ground="serious_harm", words=words
    )
    return begun
