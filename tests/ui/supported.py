"""Families as their pages show them: one with everything, and one for each other way a case can stand."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from families.models import ContactRecord, FamilyMember
from families.services import cases, contacts, members, points, tasks, writing
from families.services.cases import CaseDetails
from families.services.members import MemberDetails
from families.voice import family_voice
from foundation.sandbox.control import Control
from missingcases.messages_home import services as messages_home
from missingcases.messages_home.models import MessageHome
from missingcases.models import Incident
from missingcases.voice import services as voice
from tests.cast import Member
from tests.processes import wait_until
from tests.walls.supporting import supported_by

SAFE, OTHER = "+447700900311", "+447700900312"


def families_at_each_step(incident: Incident, worker: Member, manager: Member, provider: Control) -> None:
    """What a worker can do with a family, each where it is offered."""
    everything = supported_by(incident, worker, manager, "She asks what becomes of his flat.")
    mother = FamilyMember.objects.get(reference=everything["member"])
    given = {"actor": worker.actor, "case_id": mother.case_id}
    points.add_point(actor=worker.actor, member_id=mother.pk, kind="sms", value=SAFE)
    father = members.add_member(**given, details=MemberDetails(name="Peter Vance", relationship="parent"))
    members.set_bond(
        **given,
        first_id=mother.pk,
        second_id=father.pk,
        kind="separated",
        in_conflict=True,
        why="The court ordered that he stays away.",
    )
    members.block_member(actor=worker.actor, member_id=father.pk, why="He rang as somebody else.")
    late = timezone.now() + timedelta(seconds=1)
    tasks.add_task(**given, kind="call_back", words="Ring her before the news goes out.", due_at=late)
    message = MessageHome.objects.get(reference=everything["message"])
    messages_home.begin_passing(actor=worker.actor, message_id=message.pk)
    contacts.start_call(**given, member_id=mother.pk, direction="in")
    cases.narrow_case(**given, reason="A colleague lives next door to them.")
    _writes_back(mother, worker, provider)
    _otherwise(worker)


def _writes_back(mother: FamilyMember, worker: Member, provider: Control) -> None:
    """A text and her reply, which nobody has read yet."""
    point = points.add_point(
        actor=worker.actor, member_id=mother.pk, kind="sms", value=OTHER, is_preferred=True
    )
    writing.write_to(
        actor=worker.actor,
        member_id=mother.pk,
        point_id=point.pk,
        words="Nadia here. I ring at six, as we said.",
        form_token=uuid4(),
    )
    wait_until(lambda: bool(provider.texts(to=OTHER)), "the text to a family", seconds=60)
    provider.reply(OTHER, "Six is good, thank you")
    replies = ContactRecord.objects.filter(member=mother, inbound_id__isnull=False)
    wait_until(replies.exists, "a relative's reply", seconds=60)


def _otherwise(worker: Member) -> None:
    """A family in aftercare, and one whose support has ended."""

    def supported(about: str) -> int:
        return cases.open_case(actor=worker.actor, details=CaseDetails(about=about)).pk

    after = supported("Their father Idris")
    son = members.add_member(
        actor=worker.actor, case_id=after, details=MemberDetails(name="Sam Idris", relationship="child")
    )
    points.add_point(actor=worker.actor, member_id=son.pk, kind="sms", value=SAFE)
    cases.begin_aftercare(actor=worker.actor, case_id=after)
    _agrees_to_be_asked(son, worker)
    ended = supported("Her brother Tom")
    sister = members.add_member(
        actor=worker.actor, case_id=ended, details=MemberDetails(name="Ruth Ward", relationship="sibling")
    )
    for number in (OTHER, SAFE):
        points.add_point(actor=worker.actor, member_id=sister.pk, kind="sms", value=number)
    cases.close_case(actor=worker.actor, case_id=ended, reason="He is home.")


def _agrees_to_be_asked(relative: FamilyMember, worker: Member) -> None:
    """A relative with a safe number says yes to being asked how it was."""
    asked = family_voice.find(worker.actor, relative.reference)
    assert asked is not None
    voice.ask(actor=worker.actor, asked=asked, respondent="family", asked_in="call", said_yes=True)
