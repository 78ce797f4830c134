"""The pages of family support: what a worker does with them, and that nobody else reaches one."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from families.models import ContactRecord, FamilyMember, IdentityCheck, SupportCase, SupportTask, Told
from families.selectors.work import workload
from families.services import cases, contacts, planning, tasks, wordings
from families.services.contacts import Heard
from foundation.access import Refused
from foundation.exceptions import Conflict, NotVisible

pytestmark = pytest.mark.django_db


def at(name: str, *args: object) -> str:
    return reverse(f"families:{name}", args=args)


@pytest.fixture
def page(client, family_worker):
    return family_worker.sign_in(client)


def said(answer) -> str:
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def when(moment, name: str) -> dict[str, str]:
    local = timezone.localtime(moment)
    return {
        f"{name}_day": str(local.day), f"{name}_month": str(local.month), f"{name}_year": str(local.year),
        f"{name}_time": f"{local:%H:%M}",
    }  # fmt: skip


def test_a_family_is_taken_in_from_the_first_call(clock, page) -> None:
    assert "No families here" in said(page.get(at("listing")))
    answer = page.post(at("start"), {"about": "", "nation": "england_wales"})
    assert answer.status_code == 422
    page.post(at("start"), {"about": "Their son", "nation": "england_wales", "incident": ""})
    case = SupportCase.objects.get()
    who = {"name": "Ngozi Bright", "relationship": "parent", "role": "next_of_kin", "consent": "given",
           "contact_wish": "yes"}  # fmt: skip
    answer = page.post(at("member_add", case.reference), who)
    member = FamilyMember.objects.get()
    assert answer.url == at("point_add", member.reference)
    way = {"kind": "sms", "value": "07700 900201", "is_preferred": "on"}
    assert page.post(at("point_add", member.reference), way).url == at("member", member.reference)
    body = said(page.get(at("member", member.reference)))
    assert 'href="tel:+447700900201"' in body
    assert "Ngozi Bright" in said(page.get(at("case", case.reference)))
    assert "Their son" in said(page.get(at("listing")))


def test_an_unsafe_number_is_never_a_link(page, mother, family_worker) -> None:
    point = mother.points.get()
    page.post(at("unsafe", point.reference), {"reason": "He reads her phone."})
    body = said(page.get(at("member", mother.reference)))
    assert "tel:" not in body
    assert "He reads her phone." in body
    assert at("write", mother.reference) not in body
    # A form that was open since before is refused too, and what was typed comes back.
    answer = page.post(
        at("write", mother.reference), {"point": point.pk, "words": "Six it is", "form_token": str(uuid4())}
    )
    assert answer.status_code == 422
    assert "Six it is" in answer.content.decode()
    page.post(at("safe", point.reference), {"reason": "A new phone."})
    page.post(at("prefer", point.reference))
    assert "tel:" in said(page.get(at("member", mother.reference)))
    page.post(at("point_end", point.reference))
    assert "tel:" not in said(page.get(at("member", mother.reference)))


def test_identity_first_then_telling(page, case, mother) -> None:
    assert "Make certain first" in said(page.get(at("tell", mother.reference)))
    page.post(at("check", mother.reference), {"method": "code_word", "word": "Rose"})
    assert "Not proven" in said(page.get(at("member", mother.reference)))
    page.post(at("check", mother.reference), {"method": "code_word", "word": "marigold"})
    assert IdentityCheck.objects.filter(passed=True).count() == 1
    given = {"words": "More time is needed.", "finding": "nothing", "source": "own", "channel": "call"}
    page.post(at("tell", mother.reference), given | {"form_token": str(uuid4())})
    assert "More time is needed." in said(page.get(at("told", case.reference)))
    answer = page.post(
        at("tell", mother.reference), given | {"finding": "whereabouts", "form_token": str(uuid4())}
    )
    assert answer.status_code == 422
    page.post(at("correct_told", Told.objects.get().pk), {"words": "A week more."})
    assert "Correction:" in said(page.get(at("told", case.reference)))


def test_the_code_word_is_shown_only_when_asked_for(page, mother) -> None:
    assert "Marigold" not in said(page.get(at("member", mother.reference)))
    answer = page.post(at("reveal", mother.reference))
    assert "Marigold" in said(answer)
    assert answer["Cache-Control"] == "no-store"
    page.post(at("code_word", mother.reference), {"word": "Teasel"})
    mother.refresh_from_db()
    assert mother.code_word == "Teasel"


def test_a_call_is_timed_and_a_quick_entry_takes_few_fields(clock, page, case, mother) -> None:
    page.post(at("call", mother.reference), {"direction": "out", "point": mother.points.get().reference})
    row = ContactRecord.objects.get()
    assert "Go on with the call" in said(page.get(at("listing")))
    assert "What the police do first" in said(page.get(at("contact", row.reference)))
    clock.shift(timedelta(minutes=4))
    assert page.post(at("contact", row.reference), {"words": "", "risk": "none"}).status_code == 422
    page.post(at("contact", row.reference), {"words": "She slept.", "risk": "none"})
    assert "4 minutes" in said(page.get(at("log", case.reference)))
    token = str(uuid4())
    quick = {
        "member": mother.pk,
        "minutes": "15",
        "words": "She cries.",
        "risk": "at_risk",
        "form_token": token,
    }
    answer = page.post(at("quick", case.reference), quick)
    assert answer.status_code == 422
    assert "She cries." in answer.content.decode()
    page.post(at("quick", case.reference), quick | {"risk_words": "Alone."})
    body = said(page.get(at("case", case.reference)))
    assert "Alone." in body
    task = SupportTask.objects.get()
    page.post(at("task_done", task.reference))
    full = {"member": mother.pk, "channel": "email", "direction": "in", "minutes": "0", "words": "Pasted.",
            "risk": "none", "form_token": str(uuid4()), **when(timezone.now(), "started_at")}  # fmt: skip
    page.post(at("log_add", case.reference), full)
    pasted = ContactRecord.objects.get(channel="email")
    page.post(at("correct", pasted.reference), {"words": "From the aunt."})
    assert "From the aunt." in said(page.get(at("contact", pasted.reference)))
    assert "an earlier entry" in said(page.get(at("contact", pasted.corrections.get().reference)))


def test_a_colleagues_running_call_is_theirs_to_finish(page, case, mother, caseworker) -> None:
    row = contacts.start_call(actor=caseworker.actor, case_id=case.pk, member_id=mother.pk, direction="in")
    assert "Whoever started it finishes it" in said(page.get(at("contact", row.reference)))


def test_a_message_is_sent_and_its_thread_is_of_one_member_alone(
    page, case, mother, father, family_worker
) -> None:
    given = {"point": mother.points.get().pk, "words": "I ring at six.", "form_token": str(uuid4())}
    assert "Write to them" in said(page.get(at("write", mother.reference)))
    page.post(at("write", mother.reference), given)
    assert "I ring at six." in said(page.get(at("member", mother.reference)))
    assert "I ring at six." not in said(page.get(at("member", father.reference)))
    page.post(at("bond", case.reference), {"first": mother.pk, "second": father.pk, "kind": "separated",
                                           "in_conflict": "on", "why": "An order."})  # fmt: skip
    assert "In conflict with Peter Vance" in said(page.get(at("member", mother.reference)))
    assert "Tell neither anything of the other" in said(page.get(at("case", case.reference)))
    assert "Say nothing of them" in said(page.get(at("write", mother.reference)))
    page.post(at("read", mother.reference))


def test_plans_signposts_tasks_and_counselling(page, case, mother) -> None:
    page.post(at("plan", mother.reference))
    body = said(page.get(at("plans", case.reference)))
    assert "After 24 hours" in body
    assert "Guardianship of their affairs" in body
    page.post(at("follow_up_done", case.follow_ups.first().pk))
    page.post(at("signpost_told", case.signposts.first().pk))
    assert "They were told" in said(page.get(at("plans", case.reference)))
    page.post(at("plan", mother.reference), {"stop": "yes"})
    owed = {"kind": "call_back", "words": "Ring her.", **when(timezone.now() + timedelta(hours=2), "due_at")}
    page.post(at("task_add", case.reference), owed)
    task = SupportTask.objects.get()
    page.post(at("task_drop", task.reference), {"reason": "She rang."})
    page.post(at("refer", mother.reference), {"to": "A counsellor", "agreed": "Her name", "has_agreed": "on"})
    referral = mother.counselling.get()
    page.post(at("counselling", referral.pk), {"status": "accepted", "outcome": "On Monday."})
    assert "On Monday." in said(page.get(at("member", mother.reference)))


def test_the_case_itself_is_changed_narrowed_and_closed(
    page, case, mother, family_worker, second_worker, duty_manager
) -> None:
    ref = case.reference
    page.post(at("change", ref), {"about": "Jude", "nation": "scotland", "version": case.version})
    page.post(at("contact_person", ref), {"to": family_worker.user.pk})
    page.post(at("link", ref), {"incident": "MI-00000000"})
    page.post(at("narrow", ref), {"reason": "A colleague knows them."})
    page.post(at("colleague", ref), {"to": duty_manager.user.pk, "how": "kept_out"})
    body = said(page.get(at("case", ref)))
    assert "kept out" in body
    row = case.access.get(user=duty_manager.user)
    page.post(at("end_access", ref, row.pk))
    page.post(at("widen", ref), {"reason": "It is over."})
    page.post(at("block_party", ref), {"name": "A man", "number": "07700 900299", "why": "He poses as kin."})
    party = case.blocked.get()
    assert "He poses as kin." in said(page.get(at("case", ref)))
    page.post(at("end_block", ref, party.pk), {"reason": "A mistake."})
    details = {"name": "Ngozi B", "relationship": "parent", "role": "other", "consent": "given",
               "contact_wish": "yes", "version": mother.version}  # fmt: skip
    page.post(at("member_change", mother.reference), details)
    page.post(at("block", mother.reference), {"reason": "Not her."})
    assert "Blocked" in said(page.get(at("member", mother.reference)))
    page.post(at("unblock", mother.reference), {"reason": "We met her."})
    for name in ("aftercare", "resume", "aftercare"):
        page.post(at(name, ref))
    page.post(at("close", ref), {"reason": "At their wish."})
    assert "Reopen the case" in said(page.get(at("case", ref)))
    assert "closed" in said(page.get(at("quick", ref)))
    page.post(at("reopen", ref), {"reason": "They rang."})
    case.refresh_from_db()
    assert (case.status, case.about, case.is_narrowed) == ("open", "Jude", False)
    assert said(page.get(at("listing") + "?show=mine"))


ADDRESSES = ["listing", "start", "workload", "guidance"]


@pytest.mark.parametrize(
    "who",
    ["met_officer", "met_coordinator", "kent_officer", "authority_worker", "auditor", "publicity_officer"],
)
def test_police_and_authority_reach_no_page_and_learn_nothing(who, client, case, mother, request) -> None:
    request.getfixturevalue(who).sign_in(client)
    for name in ADDRESSES:
        assert client.get(at(name)).status_code == 403, name
    kept = client.get(at("case", case.reference))
    unknown = client.get(at("case", "FS-00000000"))
    assert (kept.status_code, unknown.status_code) == (403, 403)


def test_a_colleague_outside_a_narrowed_case_finds_no_page(
    client, case, mother, family_worker, caseworker
) -> None:
    cases.narrow_case(actor=family_worker.actor, case_id=case.pk, reason="A colleague knows them.")
    caseworker.sign_in(client)
    for name, key in (("case", case), ("log", case), ("member", mother), ("unsafe", mother.points.get())):
        assert client.get(at(name, key.reference)).status_code == 404
    assert case.about not in said(client.get(at("listing")))


def test_workload_counts_what_each_carries(
    clock, page, case, mother, family_worker, second_worker, met_officer
) -> None:
    now = timezone.now()
    planning.begin_plan(actor=family_worker.actor, member_id=mother.pk)
    tasks.add_task(
        actor=family_worker.actor,
        case_id=case.pk,
        kind="action",
        words="Leaflet.",
        due_at=now + timedelta(hours=1),
    )
    contacts.log_contact(
        actor=family_worker.actor, case_id=case.pk, member_id=mother.pk, channel="call", direction="in",
        started_at=now - timedelta(minutes=25), ended_at=now, heard=Heard("Long."), form_token=uuid4(),
    )  # fmt: skip
    assert family_worker.user.full_name in said(page.get(at("workload")))
    clock.shift(timedelta(days=2))
    loads = {one.worker: one for one in workload(family_worker.actor, now=timezone.now())}
    mine = loads[family_worker.user]
    assert (mine.cases, mine.follow_ups, mine.late, mine.minutes) == (1, 1, 1, 25)
    assert loads[second_worker.user].cases == 0
    assert workload(met_officer.actor, now=now) == []


def test_the_duty_manager_keeps_the_words(client, family_worker, duty_manager) -> None:
    with pytest.raises(Refused):
        wordings.add_guidance(actor=family_worker.actor, title="A", text="B")
    duty_manager.sign_in(client)
    page = {"title": "Searches", "text": "They may look twice.", "is_active": "on", "version": "0"}
    client.post(at("guidance_add"), page)
    assert "They may look twice." in said(client.get(at("guidance")))
    row = wordings.add_guidance(actor=duty_manager.actor, title="More", text="Words")
    changed = {"title": "More", "text": "Other words", "version": str(row.version)}
    client.post(at("guidance_change", row.pk), changed)
    row.refresh_from_db()
    assert (row.text, row.is_active) == ("Other words", False)
    assert client.get(at("guidance_change", 0)).status_code == 404
    given = {"actor": duty_manager.actor, "title": "M", "text": "N", "is_active": True}
    with pytest.raises(Conflict):
        wordings.change_guidance(**given, guidance_id=row.pk, version=1)
    with pytest.raises(NotVisible):
        wordings.change_guidance(**given, guidance_id=0, version=1)
