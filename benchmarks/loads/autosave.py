"""One question of an interview saved as it is typed: five hundred signs, over a version that is known."""

from __future__ import annotations

import json
from datetime import timedelta

from django.test import Client as Browser
from django.utils import timezone

from benchmarks.counting import counted
from benchmarks.load import Check, Goal, Load, Ready
from benchmarks.visitors import signed_in
from foundation.accounts.enums import Role
from foundation.accounts.models import Membership, Organisation, User
from foundation.audit.models import AuditEvent
from missingcases.models import Incident
from rhi.interviews.models import Answer, Interview
from rhi.models import Referral

WORDS = "She said that the evenings are the worst. " * 12
QUESTION = "push.home"


def _interview() -> tuple[Interview, User]:
    charity = Organisation.objects.get(code="missing-people")
    user = User.objects.create_user("autosave@bench.example", full_name="Interviewer")
    Membership.objects.create(user=user, organisation=charity, role=Role.RHI_INTERVIEWER)
    now = timezone.now()
    referral = Referral.objects.create(
        incident=Incident.objects.order_by("pk")[0],
        provider=charity,
        interviewer=user,
        status="accepted",
        origin="hand",
        referred_at=now,
        clock_start=now,
        due_at=now + timedelta(hours=72),
    )
    begun = {"form_version": 1, "age_band": "12_to_15", "started_at": now, "limits_explained_at": now}
    return Interview.objects.create(referral=referral, started_by=user, **begun), user


def _prepare(_rows: int) -> Ready:
    interview, user = _interview()
    visitor = signed_in(user, interview.referral.provider)
    browser = Browser(headers=visitor.cookie)
    address = f"/interviews/form/{interview.reference}/answer/"
    common = {"interview": interview, "written_by": user, "written_at": timezone.now()}
    row = Answer.objects.create(question="push.day", **common)
    seen = {"version": 0, "saves": 0}

    def post(path: str, body: dict[str, object]) -> bytes:
        answer = browser.post(path, json.dumps(body), content_type="application/json")
        if answer.status_code != 200:
            raise RuntimeError(f"{path} answered {answer.status_code}")
        return bytes(answer.content)

    def ours() -> None:
        told = post(address, {"question": QUESTION, "version": seen["version"], "words": WORDS})
        seen.update(version=json.loads(told)["version"], saves=seen["saves"] + 1)

    def checks() -> list[Check]:
        noted = AuditEvent.objects.filter(action="interview.written").count()
        stored = Answer.objects.get(interview=interview, question=QUESTION)
        told = f"{seen['saves']} saves, {noted} entries in the trail, version {stored.version}"
        return [Check("every save is noted", told, seen["saves"] == noted == stored.version)]

    return Ready(
        ours=ours,
        limit=lambda: post("/peer/bare-update/", {"row": row.pk, "words": WORDS}),
        counters=lambda: counted(ours),
        checks=checks,
    )


LOAD = Load("autosave", "interview, one question saved", Goal(limit=1 / 1.5), _prepare, writes=True)
