"""The demonstration's Return Home Interviews: one at each step, and those long dealt with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import uuid4

from django.utils import timezone

from foundation.accounts.models import Organisation
from foundation.past import Agenda, Step
from missingcases.demo import History
from missingcases.demo.cases import Case
from missingcases.services import lock_incident
from rhi import services
from rhi.interviews import demo as interviews
from rhi.models import Referral
from rhi.services.opening import Details

MANAGER, INTERVIEWER, AUTHORITY = "charity.manager", "charity.interviewer", "lambeth.worker"
ARRANGED, NOT_ARRANGED = "la-lambeth", "la-southwark"
CHILD_UNTIL = 18
_STILL_BEING_WRITTEN = "The sharing agreement is being signed; the authority asked for it by telephone."


class Interviews:
    """The steps, by the keys of `missingcases.demo`."""

    def __init__(self, history: History) -> None:
        self.history = history
        self.referrals: dict[str, int] = {}

    def arrange(self) -> None:
        """Lambeth has the charity interview its children; the interviewer says who she is."""
        charity = Organisation.objects.get(code="missing-people")
        services.save_policy(
            actor=self.history.actor(AUTHORITY),
            version=1,
            is_on=True,
            provider_id=charity.pk,
            offered_to="every_child",
            out_of_area=True,
            reason="Agreed with the charity for this year.",
        )
        services.save_profile(
            actor=self.history.actor(MANAGER),
            user_id=self.history.actor(INTERVIEWER).user_id or 0,
            version=0,
            values={
                "languages": ["Arabic", "French"],
                "care_providers": ["Northfield House"],
                "gender": "woman",
                "capacity": 6,
                "telephone": "07700 900741",
                "is_available": True,
            },
            area_ids=[self.history.organisations[ARRANGED]],
            worked_for_ids=[],
        )

    def open(self, key: str) -> None:
        """The child came home."""
        incident = lock_incident(self.history.incidents[key])
        if not incident.is_open and (made := services.open_for_return(incident_id=incident.pk)):
            self.referrals[key] = made.pk

    def not_arranged(self, key: str) -> None:
        """Somebody finds out whose child it is: an authority that arranged nothing."""
        services.say_authority(
            actor=self.history.actor(MANAGER),
            referral_id=self.referrals[key],
            authority_id=self.history.organisations[NOT_ARRANGED],
        )

    def give(self, key: str) -> None:
        """How they are reached is written down, and an interviewer has them."""
        referral = Referral.objects.get(pk=self.referrals[key])
        given: dict[str, Any] = {"actor": self.history.actor(MANAGER), "referral_id": referral.pk}
        details = Details(
            carer="Key worker on shift",
            safe_contact="Ring the home after four and ask for the key worker.",
            cared_for_by="Elm Lodge",
        )
        services.edit_details(**given, version=referral.version, details=details)
        referral.refresh_from_db()
        interviewer = self.history.actor(INTERVIEWER).user_id or 0
        services.allocate(**given, interviewer_id=interviewer, version=referral.version)

    def try_to_reach(self, key: str, outcome: str) -> None:
        """An attempt to reach them."""
        services.record_attempt(
            actor=self.history.actor(INTERVIEWER),
            referral_id=self.referrals[key],
            at=timezone.now(),
            channel="call",
            whom="carer",
            outcome=outcome,
            note="",
            form_token=uuid4(),
        )

    def answer(self, key: str, answer: str, reason: str = "") -> None:
        """What the child said."""
        services.record_answer(
            actor=self.history.actor(INTERVIEWER),
            referral_id=self.referrals[key],
            answer=answer,
            answered_at=timezone.now(),
            limits_explained=True,
            decline_reason=reason,
        )

    def talk(self, key: str, *, to_the_end: bool = False) -> None:
        """The interviewer writes down what the child says."""
        write = interviews.write_and_complete if to_the_end else interviews.write
        write(self.history.actor(INTERVIEWER), self.referrals[key])

    def visit(self, key: str) -> None:
        """The interviewer says where she will be."""
        start = timezone.now() + timedelta(minutes=40)
        services.plan_visit(
            actor=self.history.actor(INTERVIEWER),
            referral_id=self.referrals[key],
            place="Elm Lodge, 12 Sample Road",
            with_whom="The child, and the key worker on shift",
            starts_at=start,
            ends_at=start + timedelta(hours=1),
            markers=["dog"],
            safety_note="Parks in the lit street.",
            form_token=uuid4(),
        )

    def report(self, key: str) -> None:
        """The authority is told."""
        services.send_report(
            actor=self.history.actor(INTERVIEWER),
            referral_id=self.referrals[key],
            lines=(),
            summary="We asked twice. The key worker says that the evenings with the new group worry her.",
            override_reason=_STILL_BEING_WRITTEN,
        )


def plan(agenda: Agenda, history: History) -> None:
    """Put every returned child of the demonstration on the agenda."""
    does = Interviews(history)
    agenda.ago(does.arrange, days=200)
    home = sorted(
        ((_home_at(agenda, case), case) for case in history.cases if _came_home(case)), key=_newest_first
    )
    for number, (at, case) in enumerate((at, case) for at, case in home if case.care == ARRANGED):
        _of_arranged(agenda, does, case.key, at, number)
    for number, (at, case) in enumerate((at, case) for at, case in home if case.care != ARRANGED):
        agenda.at(at, partial(does.open, case.key))
        if number and not case.care:
            _then(agenda, does, case.key, at, (5, partial(does.not_arranged, case.key)))


def _came_home(case: Case) -> bool:
    return case.found is not None and case.age < CHILD_UNTIL


def _home_at(agenda: Agenda, case: Case) -> datetime:
    """Just after the force recorded the return."""
    return agenda.now - timedelta(hours=case.hours) + timedelta(hours=case.found or 0, minutes=31)


def _newest_first(home: tuple[datetime, Case]) -> tuple[float, str]:
    return -home[0].timestamp(), home[1].key


def _of_arranged(agenda: Agenda, does: Interviews, key: str, at: datetime, number: int) -> None:
    """The newest wait, those before them stand at one step each, the older ones are dealt with."""
    agenda.at(at, partial(does.open, key))
    give = (4, partial(does.give, key))
    reached = (8, partial(does.try_to_reach, key, "talked"))
    steps: tuple[tuple[tuple[float, Step], ...], ...] = (
        (),
        (give, (6, partial(does.try_to_reach, key, "no_answer"))),
        (give, reached, (9, partial(does.answer, key, "accepted")), (10, partial(does.talk, key))),
        (give, reached, (9, partial(does.answer, key, "declined", "coercion_suspected"))),
        (
            give,
            reached,
            (9, partial(does.answer, key, "accepted")),
            (30, partial(does.talk, key, to_the_end=True)),
        ),
    )
    dealt_with = (
        give,
        reached,
        (20, partial(does.answer, key, "declined", "does_not_consider_missing")),
        (30, partial(does.report, key)),
    )
    _then(agenda, does, key, at, *(steps[number] if number < len(steps) else dealt_with))
    if number == 2:
        agenda.ago(_if_open(does, key, partial(does.visit, key)), minutes=20)


def _then(agenda: Agenda, does: Interviews, key: str, at: datetime, *steps: tuple[float, Step]) -> None:
    for hours, step in steps:
        agenda.at(at + timedelta(hours=hours), _if_open(does, key, step))


def _if_open(does: Interviews, key: str, step: Step) -> Callable[[], None]:
    """The step, where a referral opened and the child did not go missing again before it."""

    def run() -> None:
        row = Referral.objects.filter(pk=does.referrals.get(key, 0)).first()
        if row is not None and row.is_running:
            step()

    return run
