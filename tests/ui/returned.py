"""Children who came home, one at each step of their interview, so that every page has something to show."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from foundation.accounts.models import Organisation
from foundation.actors import Actor
from missingcases import services as cases
from missingcases.models import Incident
from rhi import services
from rhi.interviews import services as interviews
from rhi.interviews.models import Interview
from rhi.interviews.services import Typed
from rhi.models import AuthorityPolicy, Referral, Visit
from tests.cast import Member
from tests.missingcases import making
from tests.rhi.interviews.conftest import wishes

SINCE_LATE = timedelta(hours=80)
_UNSIGNED = "The agreement is being written; the authority asked for it."


class _Children:
    """The steps, as the people of the demonstration take them."""

    def __init__(self, officer: Actor, manager: Actor, interviewer: Member) -> None:
        self.officer, self.manager, self.interviewer = officer, manager, interviewer

    def home(self, name: str, authority: str = "la-lambeth", *, at: datetime | None = None) -> int:
        """Reported, found and back; the incident's key."""
        placed = Organisation.objects.get(code=authority).pk if authority else None
        given = {"looked_after": "yes", "placing_authority_id": placed} if placed else {}
        back = at or timezone.now()
        incident = making.report(
            self.officer, given_names=name, family_name="Returned", date_of_birth=making.child_born(), **given
        )
        making.located(self.officer, incident, located_at=back)
        cases.record_returned(actor=self.officer, incident_id=incident.pk, returned_at=back)
        return incident.pk

    def referred(self, name: str, authority: str = "la-lambeth", **given: Any) -> Referral:
        """Referred by itself, by this or by the running worker."""
        incident_id = self.home(name, authority, **given)
        services.open_for_return(incident_id=incident_id)
        return Referral.objects.get(incident_id=incident_id)

    def allocated(self, name: str, **given: Any) -> Referral:
        """Given to the interviewer, who tried to reach them."""
        row = self.referred(name, **given)
        services.edit_details(
            actor=self.manager,
            referral_id=row.pk,
            version=row.version,
            details=services.Details(
                carer="Key worker on shift",
                safe_contact="Ring the home after four.",
                needs="A break after each quarter of an hour.",
                worker_safety="Dog in the yard.",
                cared_for_by="Elm Lodge",
            ),
        )
        row.refresh_from_db()
        services.allocate(
            actor=self.manager,
            referral_id=row.pk,
            interviewer_id=self.interviewer.user.pk,
            version=row.version,
        )
        services.record_attempt(
            actor=self.interviewer.actor,
            referral_id=row.pk,
            at=timezone.now(),
            channel="call",
            whom="carer",
            outcome="no_answer",
            note="Rings again at five.",
            form_token=uuid4(),
        )
        return Referral.objects.get(pk=row.pk)

    def answered(self, name: str, answer: str = "accepted", reason: str = "", **given: Any) -> Referral:
        """The child answered the offer."""
        row = self.allocated(name, **given)
        services.record_answer(
            actor=self.interviewer.actor,
            referral_id=row.pk,
            answer=answer,
            answered_at=timezone.now(),
            limits_explained=True,
            decline_reason=reason,
        )
        return Referral.objects.get(pk=row.pk)

    def visit(self, row: Referral) -> Visit:
        """The interviewer says where she goes."""
        start = timezone.now() + timedelta(minutes=30)
        return services.plan_visit(
            actor=self.interviewer.actor,
            referral_id=row.pk,
            place="Elm Lodge, 12 Sample Road",
            with_whom="The key worker",
            starts_at=start,
            ends_at=start + timedelta(hours=1),
            markers=["dog"],
            safety_note="Parks in the lit street.",
            form_token=uuid4(),
        )

    def begun(self, name: str) -> Interview:
        """Written so far: harm, so that something is proposed, and the child's wishes."""
        row = self.answered(name)
        actor = self.interviewer.actor
        found = interviews.start(actor=actor, referral_id=row.pk, limits_explained=True)
        for typed in (
            Typed("push.home", 0, words="The new group is loud at night."),
            Typed("push.themes", 0, codes=("push-unhappy-in-placement",)),
            Typed("harm.hurt", 0, choice="yes"),
            Typed("plan.first", 0, words="Music, or the garden."),
        ):
            interviews.save_answer(actor=actor, reference=found.reference, typed=typed)
        wishes(self.interviewer, found)
        interviews.confirm_outcome(
            actor=actor, reference=found.reference, kind="s47", ground="serious_harm", words="Was hurt."
        )
        return found


def children_at_each_step(
    officer: Actor, of_another_force: Actor, manager: Actor, interviewer: Member
) -> tuple[tuple[str, str], str]:
    """A child for each thing that can be done about an interview; most of them of the other force.

    Returns two incidents of the officer's that a coordinator is told of (to be referred, to pass on
    about), and the interview that waits for a second look.
    """
    lambeth = Organisation.objects.get(code="la-lambeth")
    AuthorityPolicy.objects.update_or_create(
        authority=lambeth,
        defaults={"is_on": True, "provider_id": manager.organisation_id, "out_of_area": True},
    )
    own = _Children(officer, manager, interviewer)
    by_hand = own.home("Una", "la-southwark")  # whose authority arranged nothing
    running = own.allocated("Xan")
    do = _Children(of_another_force, manager, interviewer)
    do.referred("Vic", "")  # nobody knows yet whose child it is
    do.referred("Wren", at=timezone.now() - SINCE_LATE)
    do.visit(do.answered("Yann"))
    there = do.visit(do.answered("Zoe"))
    services.check_in(actor=interviewer.actor, visit_id=there.pk)
    unheard = do.visit(do.answered("Abe"))
    Visit.objects.filter(pk=unheard.pk).update(called=1)
    do.answered("Bo", "declined", "coercion_suspected")
    told = do.answered("Cal", "declined", "no_trust")
    services.send_report(
        actor=interviewer.actor,
        referral_id=told.pk,
        lines=(),
        summary="We asked twice.",
        override_reason=_UNSIGNED,
    )
    interviews.take_to_phone(actor=interviewer.actor, reference=do.begun("Dee").reference)
    told_of = Incident.objects.get(pk=by_hand).reference, running.incident.reference
    return told_of, _completed(do)


def _completed(do: _Children) -> str:
    found = do.begun("Eli")
    given = {"actor": do.interviewer.actor, "reference": found.reference}
    interviews.drop_outcome(**given, kind="police_intelligence", reason="He fell.")
    interviews.complete(**given, held_at=timezone.now())
    return found.reference
