"""One of everything that a family's worker keeps."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

from django.utils import timezone

from families.models import Guidance
from families.services import cases, contacts, counselling, members, planning, points, tasks, telling, visits
from families.services.cases import CaseDetails
from families.services.contacts import Heard
from families.services.members import MemberDetails
from families.services.telling import Telling
from foundation.visits.services import Plan
from missingcases.messages_home import services as messages_home
from missingcases.models import Incident
from tests.cast import Member

OF_A_MEMBER = (
    "member", "member_change", "code_word", "reveal", "check", "block", "unblock", "point_add", "call",
    "write", "tell",
    "read", "plan", "refer",
)  # fmt: skip
OF_A_VISIT = ("visit", "visit_there", "visit_away", "visit_cancel", "visit_resolve")
OF_A_MESSAGE = ("message", "message_take", "message_put_back", "message_could_not")


def supported_by(incident: Incident, worker: Member, colleague: Member, words: str) -> dict[str, str]:
    """The arguments of the pages: references by the page's name, the others by their own."""
    actor, now = worker.actor, timezone.now()
    case = cases.open_case(
        actor=actor,
        details=CaseDetails(about=words, missing_since=date(2026, 1, 1)),
        incident_reference=incident.reference,
    )
    given = {"actor": actor, "case_id": case.pk}
    member = members.add_member(**given, details=MemberDetails(name=words, relationship="parent"))
    of_member = {"actor": actor, "member_id": member.pk}
    point = points.add_point(**of_member, kind="post", value=words, unsafe_why=words)
    members.set_code_word(**of_member, word=words)
    access = cases.name_colleague(**given, user_id=colleague.user.pk, is_kept_out=False)
    party = members.block_party(**given, name=words, number="", why=words)
    contact = contacts.log_contact(
        **given,
        member_id=member.pk,
        channel="call",
        direction="in",
        started_at=now,
        ended_at=now,
        heard=Heard(words, risk="concern", risk_words=words),
        form_token=uuid4(),
    )
    due_at = now + timedelta(hours=2)
    task = tasks.add_task(**given, kind="action", words=words, due_at=due_at)
    members.check_identity(**of_member, method="in_person")
    told = telling.tell(**of_member, telling=Telling(words), form_token=uuid4())
    referral = counselling.refer(**of_member, to=words, agreed=words, has_agreed=True)
    first = planning.begin_plan(**of_member)[0]
    visit = visits.plan_visit(
        **given,
        member_id=member.pk,
        plan=Plan(words, words, now + timedelta(minutes=5), now + timedelta(hours=1), (), words),
        telephone="",
        form_token=uuid4(),
    )
    message = messages_home.take_message(
        actor=actor,
        for_whom=words,
        words=words,
        consent=True,
        disclose_location="no",
        source="families.SupportCase",
        source_id=case.pk,
    )
    return {
        "": case.reference,
        **dict.fromkeys(OF_A_MESSAGE, message.reference),
        **dict.fromkeys(OF_A_VISIT, visit.reference),
        **dict.fromkeys(OF_A_MEMBER, member.reference),
        **dict.fromkeys(("unsafe", "safe", "prefer", "point_end"), point.reference),
        **dict.fromkeys(("contact", "correct"), contact.reference),
        **dict.fromkeys(("task_done", "task_drop"), task.reference),
        "access_id": str(access.pk),
        "party_id": str(party.pk),
        "told_id": str(told.pk),
        "referral_id": str(referral.pk),
        "follow_up_id": str(first.pk),
        "signpost_id": str(case.signposts.all()[0].pk),
        "guidance_id": str(Guidance.objects.all()[0].pk),
    }
