"""Something on every page: an incident in every state and what hangs on it, for the people of the demo."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from django.test import override_settings
from django.utils import timezone
from PIL import Image

from foundation.accounts.demo import PEOPLE
from foundation.accounts.models import Organisation, User
from foundation.actors import Actor
from foundation.sandbox.control import Control
from missingcases import services as cases
from missingcases.imports import services as imports
from missingcases.imports.models import BatchStatus
from missingcases.models import Incident, ReviewClock
from tests.cast import Member
from tests.fixtures_processes import Stack
from tests.missingcases.imports import files
from tests.missingcases_pages import world
from tests.processes import wait_until
from tests.textsafe.conftest import SAFE_ANSWERS
from tests.ui.administered import administration, webhooks
from tests.ui.alerting import alerts_at_each_step
from tests.ui.alike import links_between, records_alike
from tests.ui.appeals import appeals_at_each_step
from tests.ui.counted import answers_of_each_sort, something_shared
from tests.ui.intelligence import reports_at_each_step
from tests.ui.listening import heard_and_handed_over
from tests.ui.matched import matches_for_each_side
from tests.ui.partnered import received_and_sent
from tests.ui.referred import referrals_at_each_step
from tests.ui.returned import children_at_each_step
from tests.ui.reviewed import reviews_at_each_step
from tests.ui.supported import families_at_each_step
from textsafe import selectors
from textsafe.models import Conversation, Request, TriageItem
from textsafe.services import conversations, escalations, requests, screening, triage, wordings

SENT, WAITING, *STRANGERS = (f"+4477009003{tail}" for tail in ("01", "02", "03", "04", "05"))


def actor(mailbox: str) -> Actor:
    """That person of the demonstration, acting."""
    return someone(mailbox).actor


def someone(mailbox: str) -> Member:
    """That person of the demonstration, as the tests know people."""
    person = next(person for person in PEOPLE if person.mailbox == mailbox)
    place = Organisation.objects.get(code=person.organisation)
    return Member(User.objects.get(email=person.email), place)


@dataclass(frozen=True)
class Full:
    """References of what was made, for pages that are not found by following links."""

    released: str  # the charity holds a release of it
    found: str
    waiting: str  # a request that nobody has screened
    links: tuple[str, ...]  # one that stands, one that waits for the other force
    restricted: str
    states: tuple[str, ...]  # an incident in each state
    returned: tuple[str, ...]  # a child to be referred by hand, one to pass on about
    completed: str  # an interview that waits for a second look


def fill(stack: Stack) -> Full:
    """Make it all, once. Files are kept where the running product looks for them."""
    with override_settings(MEDIA_ROOT=str(stack.processes.folder / "media")):
        return _fill(stack.provider)


def _fill(provider: Control) -> Full:
    officer, supervisor = actor("met.officer"), actor("met.supervisor")
    missing = world.graded(world.reported(officer, "Maya", "Sample"), supervisor)
    found, restricted, *others = _endings(officer, supervisor)
    _record(missing, officer, supervisor)
    waiting = _texts(missing, officer, provider)
    records_alike(officer, supervisor)
    appeals_at_each_step(officer, supervisor, actor("charity.publicity"), actor("charity.manager"), missing)
    alerts_at_each_step(actor)
    reports_at_each_step(actor("charity.caseworker"), actor("charity.manager"), officer, missing)
    heard_and_handed_over(actor("charity.caseworker"), actor("charity.manager"), missing)
    received_and_sent(officer)
    matches_for_each_side(
        someone("met.officer"),
        someone("met.superintendent"),
        someone("met.coordinator"),
        someone("partner.worker"),
    )
    families_at_each_step(missing, someone("charity.caseworker"), someone("charity.manager"), provider)
    returned, completed = children_at_each_step(
        officer, actor("kent.officer"), actor("charity.manager"), someone("charity.interviewer")
    )
    looked_for = tuple(
        world.graded(world.reported(officer, f"Rory {tail}", "Referred"), supervisor)
        for tail in ("One", "Two", "Three", "Four", "Five")
    )
    referrals_at_each_step(
        looked_for, actor("met.coordinator"), actor("charity.manager"), someone("partner.worker")
    )
    linked = links_between(missing, supervisor, actor("kent.officer"), actor("kent.supervisor"))
    reviews_at_each_step(
        someone("met.coordinator"), someone("met.inspector"), someone("met.officer"), missing
    )
    answers_of_each_sort(someone("met.coordinator"))
    something_shared(someone("met.coordinator"))
    administration(actor)
    _import(supervisor)
    webhooks(actor)
    return Full(
        released=missing.reference,
        found=found.reference,
        waiting=waiting.reference,
        links=linked,
        restricted=restricted.reference,
        states=tuple(one.reference for one in (found, restricted, *others)),
        returned=returned,
        completed=completed,
    )


def _endings(officer: Actor, supervisor: Actor) -> tuple[Incident, ...]:
    """One in each state, so that every verb has its page: the found one first, then the restricted."""
    reported = world.reported(officer, "Ola", "Reported")
    found = world.located(world.graded(world.reported(officer, "Finn", "Found"), supervisor), officer)
    ended = world.located(world.graded(world.reported(officer, "Cleo", "Closed"), supervisor), officer)
    world.interviewed(ended, officer)
    world.closed(ended, supervisor)
    dead = world.located(world.graded(world.reported(officer, "Dana", "Dead"), supervisor), officer)
    cases.record_outcome(
        actor=officer,
        incident_id=dead.pk,
        version=dead.version,
        outcome=cases.OutcomeDetails(
            outcome="located_deceased", found_by="police", harm=("not_known",), death_type="undetermined"
        ),
    )
    offered = world.graded(world.reported(officer, "Toni", "Transfer"), supervisor)
    kent = Organisation.objects.get(code="kent")
    cases.offer_transfer(
        actor=supervisor, incident_id=offered.pk, to_organisation_id=kent.pk, reason="She lives in Dover."
    )
    closed_off = world.graded(world.reported(officer, "Rae", "Restricted"), supervisor)
    cases.restrict_incident(actor=supervisor, incident_id=closed_off.pk, reason="A witness.")
    talked = world.located(world.graded(world.reported(officer, "Ivy", "Interviewed"), supervisor), officer)
    world.interviewed(talked, officer)
    return found, closed_off, reported, ended, dead, offered, talked


def _record(missing: Incident, officer: Actor, supervisor: Actor) -> None:
    """Flags, notes, files, a photo, an action, an authority that may know."""
    given = {"actor": officer, "incident_id": missing.pk}
    cases.set_flag(**given, kind="cse", status="suspected", source="Mother")
    cases.add_address(**given, address=cases.AddressDetails(text="1 Sample Lane, London"))
    cases.add_note(**given, text="The bus company was asked.", audience="owner")
    cases.add_attachment(**given, name="list.txt", content=b"Friends of hers", audience="owner")
    picture = io.BytesIO()
    Image.new("RGB", (40, 50), "grey").save(picture, "JPEG")
    cases.add_photo(**given, content=picture.getvalue(), alt_text="Maya in a red coat")
    cases.add_action(
        **given,
        title="Ask the school who saw her last",
        owner_id=missing.owner_id,
        due_at=timezone.now() + timedelta(hours=2),
    )
    clock = ReviewClock.objects.get(incident=missing, kind="day_28")
    cases.complete_review(
        actor=actor("met.inspector"),
        incident_id=missing.pk,
        clock_id=clock.pk,
        findings="Nothing new; a superintendent may make it long-term.",
    )
    lambeth = Organisation.objects.get(code="la-lambeth")
    missing.refresh_from_db()
    cases.edit_incident(
        actor=supervisor,
        incident_id=missing.pk,
        version=missing.version,
        changes={"placing_authority_id": lambeth.pk},
    )


def _texts(missing: Incident, officer: Actor, provider: Control) -> Request:
    """A request that waits (returned); one that was sent and answered, with a concern; strangers' texts."""
    caseworker, manager = actor("charity.caseworker"), actor("charity.manager")
    waiting = _ask(missing, officer, WAITING)
    sent = _ask(missing, officer, SENT)
    screening.approve_request(actor=caseworker, request_id=sent.pk, age_group="child", language="en", seen=[])
    wait_until(lambda: _delivered(sent), "the text of the full pages", seconds=60)
    provider.reply(SENT, "I am scared")
    earlier = TriageItem.objects.count()
    for stranger in STRANGERS:
        provider.reply(stranger, "Who is this?", to="+447700900000")
    wait_until(lambda: Conversation.objects.filter(request=sent).exists(), "the reply", seconds=60)
    all_in = earlier + len(STRANGERS)
    wait_until(lambda: TriageItem.objects.count() >= all_in, "the strangers' texts", seconds=60)
    talk = Conversation.objects.get(request=sent)
    conversations.claim_conversation(actor=caseworker, conversation_id=talk.pk)
    conversations.answer(actor=caseworker, conversation_id=talk.pk, text="We are here.", form_token=uuid4())
    concern = escalations.raise_concern(
        actor=caseworker, conversation_id=talk.pk, concern="She is scared.", is_threat_to_life=True
    )
    proposed = escalations.propose_words(
        actor=caseworker, escalation_id=concern.pk, text="She is at the river.", reason="Her life."
    )
    escalations.release_to_force(
        actor=manager, escalation_id=concern.pk, release_id=proposed.release_id, reason="Her life."
    )
    escalations.raise_concern(
        actor=caseworker, conversation_id=talk.pk, concern="She has no coat.", is_threat_to_life=False
    )
    world.threat(missing, caseworker)
    aside, opened, _ = TriageItem.objects.order_by("-pk")[:3]
    triage.set_aside(actor=caseworker, item_id=aside.pk, reason="A wrong number.")
    stopped = triage.open_item(actor=caseworker, item_id=opened.pk)
    provider.reply(stopped.number, "STOP", to="+447700900000")
    wait_until(lambda: selectors.opted_out(stopped.number_key), "the stop", seconds=60)
    wordings.draft_wording(
        actor=caseworker,
        age_group="adult",
        language="en",
        text="Want support? Missing People is free and confidential. Call or text 116000. Reply STOP to end.",
    )
    return waiting


def _ask(missing: Incident, officer: Actor, number: str) -> Request:
    return requests.ask_for_text(
        actor=officer,
        incident_id=missing.pk,
        form_token=uuid4(),
        phone_id=None,
        number=number,
        answers=SAFE_ANSWERS,
    )


def _delivered(request: Request) -> bool:
    request.refresh_from_db()
    return request.delivered_at is not None


def _import(supervisor: Actor) -> None:
    """One file with a bad row, landed; its bad rows can be fetched and its open incident confirmed."""
    rows = [
        files.GOOD | {"force_reference": "FULL/1"},
        files.OPEN | {"force_reference": "FULL/2"},
        files.GOOD | {"force_reference": "FULL/3", "reported_at": "32/03/2014"},
    ]
    batch = imports.receive_file(
        actor=supervisor,
        organisation_id=supervisor.organisation_id or 0,
        name="old-records.csv",
        content=io.BytesIO(files.as_csv(*rows)),
        is_dry_run=False,
        kick=False,
    )
    imports.run(batch_id=batch.pk)
    batch.refresh_from_db()
    assert batch.status == BatchStatus.DONE
    assert Path(batch.file_name).name == "old-records.csv"
