"""The pages of interviews, by a real client: without scripts, with them, and for those who may not look."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from foundation.audit.models import AuditEvent
from rhi.interviews import services
from rhi.interviews.models import Interview, Outcome, PhoneCopy, Theme
from tests.rhi.interviews.conftest import wishes, written

pytestmark = pytest.mark.django_db
MARK = "the-boy-with-the-red-bicycle"
OWN = ("interview", "finish", "confirm", "plan", "rounds")


def address(name: str, *args: str) -> str:
    return reverse(f"interviews:{name}", args=args)


def sent(client, interview, **typed):
    where = address("answer", interview.reference)
    return client.post(where, json.dumps({"version": 0} | typed), content_type="application/json")


def test_from_the_list_by_the_limits_to_the_first_section(client, accepted, rhi_interviewer) -> None:
    rhi_interviewer.sign_in(client)
    assert address("begin", accepted.reference) in client.get(address("list")).content.decode()
    refused = client.post(address("begin", accepted.reference), {})
    assert (refused.status_code, Interview.objects.count()) == (422, 0)
    begun = client.post(address("begin", accepted.reference), {"limits": "on"}, follow=True)
    interview = Interview.objects.get()
    assert interview.reference in begun.content.decode()
    assert interview.reference in client.get(address("list")).content.decode()


def test_a_section_is_saved_without_scripts_and_shows_both_sides(client, interview, rhi_interviewer) -> None:
    rhi_interviewer.sign_in(client)
    page = address("section", interview.reference, "push")
    post = {"push.home.words": MARK, "push.home.version": "0", "push.themes": ["push-school"]}
    assert client.post(page, post).url == address("section", interview.reference, "pull")
    shown = client.get(page).content.decode()
    assert MARK in shown
    assert 'value="push-school" checked' in shown
    stale = client.post(page, post | {"push.home.words": "mine", "push.themes": []})
    text = stale.content.decode()
    assert stale.status_code == 422
    assert MARK in text
    assert ">mine</textarea>" in text
    assert "themes were changed elsewhere" in text
    again = {"push.home.words": "mine", "push.home.version": "1", "push.themes.version": "1"}
    assert client.post(page, again).status_code == 302
    assert interview.answers.get(question="push.home").words == "mine"


def test_the_last_section_leads_back_and_a_wrong_one_is_nothing(client, interview, rhi_interviewer) -> None:
    rhi_interviewer.sign_in(client)
    last = client.post(address("section", interview.reference, "analysis"), {"analysis.view.version": "x"})
    assert last.url == address("interview", interview.reference)
    assert client.get(address("section", interview.reference, "nothing")).status_code == 404
    bad = client.post(address("section", interview.reference, "harm"), {"harm.hurt.choice": "maybe"})
    assert (bad.status_code, "Choose one of the answers" in bad.content.decode()) == (422, True)


def test_it_saves_as_it_is_typed_and_tells_both_sides(client, interview, rhi_interviewer) -> None:
    rhi_interviewer.sign_in(client)
    change = str(uuid4())
    assert sent(client, interview, question="push.home", words=MARK, change=change).json() == {"version": 1}
    assert sent(client, interview, question="push.home", words=MARK, change=change).json() == {"version": 1}
    stale = sent(client, interview, question="push.home", words="mine")
    assert (stale.status_code, stale.json()["words"], stale.json()["version"]) == (409, MARK, 1)
    assert sent(client, interview, question="push.themes", codes=["push-school"]).status_code == 200
    clash = sent(client, interview, question="push.themes", codes=[])
    assert (clash.status_code, clash.json()["codes"]) == (409, ["push-school"])
    assert sent(client, interview, question="harm.hurt", choice="maybe").status_code == 422
    for body in (
        "{",
        "[]",
        '{"question": "push.home"}',
        '{"question": "push.home", "version": 0, "codes": 3}',
    ):
        where = address("answer", interview.reference)
        assert client.post(where, body, content_type="application/json").status_code == 400


def test_nobody_else_finds_out_that_there_is_one(
    client, interview, met_coordinator, met_officer, kent_officer, caseworker, authority_worker
) -> None:
    pages = [address(name, interview.reference) for name in OWN]
    pages += [address("section", interview.reference, "harm"), address("plan_pdf", interview.reference)]
    for member in (met_coordinator, met_officer, kent_officer, caseworker, authority_worker):
        member.sign_in(client)
        for page in pages:
            assert client.get(page).status_code in {403, 404}
            guessed = page.replace(interview.reference, "IV-00000000")
            assert client.get(page).status_code == client.get(guessed).status_code
        assert sent(client, interview, question="push.home", words="x").status_code in {403, 404}
        assert interview.reference not in client.get(address("list")).content.decode()


def test_a_manager_reads_it_noted_in_the_trail_and_writes_nothing(client, interview, duty_manager) -> None:
    duty_manager.sign_in(client)
    for page in (address("interview", interview.reference), address("section", interview.reference, "harm")):
        assert client.get(page).status_code == 200
    assert AuditEvent.objects.filter(action="interview.read", target_id=interview.pk).count() == 2
    client.post(address("section", interview.reference, "push"), {"push.home.words": "x"})
    assert not interview.answers.exists()


def test_from_proposal_to_a_second_look(client, interview, rhi_interviewer, duty_manager) -> None:
    rhi_interviewer.sign_in(client)
    wishes(rhi_interviewer, interview)
    written(rhi_interviewer, interview, "harm.well", choice="yes")
    assert "Health" in client.get(address("interview", interview.reference)).content.decode()
    confirm = address("confirm", interview.reference)
    assert "checked" not in client.get(f"{confirm}?kind=health").content.decode().split("Why it may")[0]
    assert client.post(confirm, {"kind": "health", "ground": "agreed", "words": ""}).status_code == 422
    client.post(confirm, {"kind": "health", "ground": "agreed", "words": "A nurse is to see them."})
    written(rhi_interviewer, interview, "stop.again", choice="yes")
    for kind in ("care_plan_review", "early_help"):
        client.post(address("drop", interview.reference, kind), {"reason": "They have one."})
    assert client.get(address("drop", interview.reference, "nonsense")).status_code == 404
    now = timezone.localtime()
    held = {"held_at_day": now.day, "held_at_month": now.month, "held_at_year": now.year}
    client.post(address("finish", interview.reference), held | {"held_at_time": f"{now:%H:%M}"})
    interview.refresh_from_db()
    assert interview.status == "completed"
    done = Outcome.objects.get(kind="health")
    client.post(address("outcome_done", done.reference), {"result": "Seen on Monday."})
    done.refresh_from_db()
    assert done.status == "done"
    duty_manager.sign_in(client)
    client.post(address("approve", interview.reference))
    interview.refresh_from_db()
    assert interview.status == "approved"
    assert client.post(address("approve", interview.reference)).status_code == 302
    assert client.post(address("reopen", interview.reference), {"reason": "A date."}).status_code == 422


def test_the_plan_is_plain_on_the_page_and_on_paper(client, interview, rhi_interviewer) -> None:
    rhi_interviewer.sign_in(client)
    empty = client.get(address("plan", interview.reference)).content.decode()
    assert "Nothing is written in the plan yet" in empty
    written(rhi_interviewer, interview, "plan.people", words="My aunt")
    page = (
        client.get(address("plan", interview.reference))
        .content.decode()
        .split("<main")[1]
        .split("hb-no-print")[0]
    )
    assert ("My aunt" in page, "116 000" in page, interview.referral.reference in page) == (True, True, False)
    printed = client.get(address("plan_pdf", interview.reference))
    assert (printed["Content-Type"], printed.content[:5]) == ("application/pdf", b"%PDF-")
    assert interview.reference not in printed["Content-Disposition"]


def test_a_manager_keeps_the_list_of_themes(client, duty_manager, rhi_interviewer) -> None:
    duty_manager.sign_in(client)
    assert client.post(address("themes"), {"section": "push", "label": "Bullying"}).status_code == 422
    client.post(address("themes"), {"section": "push", "label": "Noise"})
    client.post(address("retire_theme", "push-noise"))
    assert Theme.objects.get(code="push-noise").retired_on is not None
    assert client.post(address("retire_theme", "push-noise")).status_code == 302
    assert client.post(address("retire_theme", "nothing")).status_code == 404
    rhi_interviewer.sign_in(client)
    assert client.get(address("themes")).status_code == 403


def test_over_time_shows_codes_and_nobodys_words(client, interview, rhi_interviewer) -> None:
    rhi_interviewer.sign_in(client)
    page = address("rounds", interview.reference)
    assert "Nothing is ticked" in client.get(page).content.decode()
    written(rhi_interviewer, interview, "push.themes", codes=("push-bullying",))
    written(rhi_interviewer, interview, "stop.again", choice="yes", words=MARK)
    shown = client.get(page).content.decode()
    assert ("Bullying" in shown, "Thinks they may go again" in shown, MARK in shown) == (True, True, False)


def test_the_phones_page_is_the_same_for_all_and_names_nobody(client, interview, rhi_interviewer) -> None:
    rhi_interviewer.sign_in(client)
    written(rhi_interviewer, interview, "push.home", words=MARK)
    shell = client.get(address("phone")).content.decode()
    for personal in (rhi_interviewer.user.full_name, interview.reference, MARK, "csrfmiddlewaretoken"):
        assert personal not in shell
    script = client.get(address("worker"))
    assert script["Content-Type"].startswith("text/javascript")
    assert address("phone") in script.content.decode()


def test_a_phone_takes_asks_and_is_told_to_wipe(client, interview, rhi_interviewer, duty_manager) -> None:
    rhi_interviewer.sign_in(client)
    written(rhi_interviewer, interview, "push.home", words=MARK)
    told = client.post(address("take", interview.reference)).json()
    assert told["answers"]["push.home"] == {"version": 1, "choice": "", "words": MARK, "codes": []}
    assert interview.referral.reference not in json.dumps(told)

    def asks(body=None):
        client.logout()
        given = json.dumps({"token": told["token"]}) if body is None else body
        return client.post(address("standing"), given, content_type="application/json")

    assert set(asks().json()) == {"opens_until", "expires_at"}
    assert asks("{}").status_code == 400
    duty_manager.sign_in(client)
    assert client.post(address("take", interview.reference)).status_code == 403
    client.post(address("lost_phone", interview.reference))
    assert asks().status_code == 410


def test_neither_signing_out_nor_an_idle_session_takes_words_from_a_phone(
    client, interview, rhi_interviewer
) -> None:
    services.take_to_phone(actor=rhi_interviewer.actor, reference=interview.reference)
    for seen_at in (None, 0):
        rhi_interviewer.sign_in(client)
        session = client.session
        if seen_at is not None:
            session["seen_at"] = session["started_at"] = seen_at
            session.save()
        assert "Clear-Site-Data" not in client.post(reverse("account_logout"))
        assert PhoneCopy.objects.filter(ended_at__isnull=True).exists()


def test_the_duty_manager_whom_a_lost_phone_is_told_to_can_have_it_wiped(
    client, interview, rhi_interviewer, duty_manager
) -> None:
    services.take_to_phone(actor=rhi_interviewer.actor, reference=interview.reference)
    page = duty_manager.sign_in(client).get(address("interview", interview.reference)).content.decode()
    wipe = page.partition(f'action="{address("lost_phone", interview.reference)}"')[2].partition("</form>")[0]
    assert "Wipe it from every phone" in wipe
    assert "disabled" not in wipe
