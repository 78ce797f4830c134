"""One of everything, written by people who put a script into every box they were given."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from django.urls import reverse
from django.utils import timezone
from PIL import Image

from foundation.accounts import services as accounts
from foundation.accounts.enums import Role
from foundation.accounts.models import Organisation
from foundation.events.models import Owed
from foundation.messaging.models import Message
from foundation.messaging.services import limits
from missingcases import services as cases
from missingcases.hooks import services as hooks
from missingcases.hooks.models import Delivery, Endpoint
from missingcases.imports.models import ImportBatch
from missingcases.models import Incident, ReviewClock
from tests.cast import Member, member
from tests.missingcases_pages import world
from tests.textsafe.conftest import SAFE_ANSWERS
from tests.walls.accounting import answered_for
from tests.walls.addresses import pages
from tests.walls.alerting import alerted
from tests.walls.confidences import told_to_the_charity
from tests.walls.figured import figured
from tests.walls.further import found_and_kept, linked_with_essex, system_of, tied_to
from tests.walls.interviews import argument_of, came_home, talked_with
from tests.walls.listed import listed
from tests.walls.listening import handed_over, heard_by, told_by_somebody
from tests.walls.matched import matched_with_a_partner, not_referred, routed
from tests.walls.partnered import partnered
from tests.walls.publicity import shown_by_an_outlet, written_by_the_person
from tests.walls.referring import referred_by
from tests.walls.reviewed import reviewed
from tests.walls.supporting import supported_by
from tests.walls.texting import talked
from tests.walls.voices import said_how_it_was
from textsafe.models import TriageItem
from textsafe.services import escalations, requests, wordings

SCRIPT = "<img src=x onerror=alert(1)>\"'><script>alert(1)</script>"
OF_THE_FORCE, OF_THE_CHARITY, OF_BOTH = f"Okapi {SCRIPT}", f"Quokka {SCRIPT}", f"Wombat {SCRIPT}"
NUMBER, STRANGER = "+447700900321", "+447700900322"


def _told(administrator: Member) -> Delivery:
    """Something that a system of the administrator's organisation was told."""
    endpoint = Endpoint.objects.create(
        organisation=administrator.organisation,
        url="https://192.0.2.1/in",
        types=["incident.changed"],
        secret="whsec_eA==",
    )
    return hooks.send_test(actor=administrator.actor, endpoint_id=endpoint.pk)


@dataclass(frozen=True)
class Filled:
    """`addresses` holds one address for each page that needs an argument, by the page's name."""

    incident: Incident
    addresses: dict[str, str]


def whole(place: Organisation, name: str, *roles: Role) -> Member:
    """Somebody with every role that their kind of organisation has: what even they may not, nobody may."""
    return member(f"everything@{name}.example", f"Everything {name}", place, *roles)


def fill(met_officer: Member, met_supervisor: Member, caseworker: Member, duty_manager: Member) -> Filled:
    """Make it, and say where it is."""
    officer, supervisor, charity = met_officer.actor, met_supervisor.actor, caseworker.actor
    incident = world.reported(officer, OF_THE_FORCE[:60], OF_THE_FORCE[:60])
    incident = world.graded(incident, supervisor)
    given = {"actor": officer, "incident_id": incident.pk}
    cases.set_flag(**given, kind="cse", status="suspected", source=OF_THE_FORCE)
    for audience in ("owner", "authority", "everyone"):
        cases.add_note(**given, text=OF_THE_FORCE, audience=audience)
    attachment = cases.add_attachment(
        **given, name=f"{OF_THE_FORCE[:30]}.txt", content=b"Okapi list", audience="owner"
    )
    photo = cases.add_photo(**given, content=_picture(), alt_text=OF_THE_FORCE)
    task = cases.add_action(
        **given,
        title=OF_THE_FORCE,
        owner_id=met_officer.organisation.pk,
        due_at=timezone.now() + timedelta(hours=2),
    )
    release = world.released(incident, officer, caseworker.organisation.pk)
    asked = requests.ask_for_text(
        **given, form_token=uuid4(), phone_id=None, number=NUMBER, answers=SAFE_ANSWERS
    )
    talk = talked(caseworker, NUMBER, OF_THE_CHARITY)
    concern = escalations.raise_concern(
        actor=charity, conversation_id=talk.pk, concern=OF_THE_CHARITY, is_threat_to_life=False
    )
    item = TriageItem.objects.create(
        charity=caseworker.organisation,
        number=STRANGER,
        number_key="stranger",
        text=OF_THE_CHARITY,
        inbound_id=2,
        received_at=timezone.now(),
        look_by=timezone.now() + timedelta(hours=1),
    )
    wording = wordings.draft_wording(
        actor=charity,
        age_group="adult",
        language="en",
        text="Missing People. Call 116000. Reply STOP to end.",
    )
    batch = ImportBatch.objects.create(
        organisation=met_officer.organisation, file_name=OF_THE_FORCE[:60], stored_as="a", kind="csv"
    )
    boss = member("boss@met.example", "Boss", met_officer.organisation, Role.ADMINISTRATOR)
    invitation = accounts.invite(
        actor=boss.actor,
        organisation_id=boss.organisation.pk,
        email="newcomer@met.example",
        roles=[Role.POLICE_OFFICER],
    )
    owed = Owed.objects.create(
        event="missingcases.IncidentReported",
        payload={"incident_id": incident.pk, "at": timezone.now().isoformat()},
        subscriber="textsafe.subscribers.consider_reported",
        status="stuck",
        error_kind="DoesNotExist",
        due_at=timezone.now(),
    )
    clock = ReviewClock.objects.filter(incident=incident).first()
    message = Message.objects.exclude(reference="").order_by("-pk").first()
    assert clock is not None
    assert message is not None
    home = cases.add_address(**given, address=cases.AddressDetails(text=OF_THE_FORCE))
    limit = limits.set_limit(
        actor=duty_manager.actor,
        organisation_id=met_officer.organisation.pk,
        service="textsafe",
        count=5,
        seconds=60,
        reason="Because",
    )
    own = {
        "address_id": home.pk,
        "phone_id": incident.person.phones.all()[0].pk,
        "code": "health",
        "clock_id": clock.pk,
        "file_reference": photo.reference,
        "action_reference": task.reference,
        "user_id": met_officer.user.pk,
        "release_reference": release.reference,
    }
    textsafe = {
        **dict.fromkeys(("ask", "veto"), incident.reference),
        **dict.fromkeys(("request", "withdraw", "screen"), asked.reference),
        **dict.fromkeys(
            (
                *("conversation", "claim", "answer", "note", "hand_over", "close", "lift", "raise_concern"),
                "message_home",
            ),
            talk.reference,
        ),
        **dict.fromkeys(("triage_open", "triage_set_aside", "triage_take_up"), item.reference),
        **dict.fromkeys(("concern", "concern_take"), concern.reference),
        **dict.fromkeys(("wording_approve", "wording_retire"), wording.reference),
    }
    told, kept = _told(boss), found_and_kept(incident, met_officer, met_supervisor, OF_THE_FORCE)
    system, link = system_of(boss), linked_with_essex(incident, met_supervisor, OF_THE_FORCE)
    tied, accounts_for = tied_to(met_officer), _answered_for(incident, duty_manager)
    appeal = shown_by_an_outlet(incident, photo, met_officer, duty_manager, OF_BOTH)
    alert = alerted(incident, met_officer, duty_manager, OF_BOTH)
    heard = heard_by(incident, caseworker, OF_THE_CHARITY)
    unknown = told_by_somebody(caseworker, OF_THE_CHARITY)
    audience = listed(duty_manager, OF_THE_CHARITY)
    cap = partnered(met_officer, OF_THE_FORCE, OF_THE_CHARITY)
    match = matched_with_a_partner(incident, met_supervisor)
    not_referred(incident, met_supervisor, OF_THE_FORCE)
    concern_routed = routed(incident, met_officer, OF_THE_FORCE)
    shift = handed_over(caseworker, duty_manager, OF_THE_CHARITY)
    family = supported_by(incident, caseworker, duty_manager, OF_THE_CHARITY)
    partners = referred_by(incident, met_officer, duty_manager, OF_THE_FORCE, OF_BOTH)
    voice = said_how_it_was(heard[""], caseworker, OF_THE_CHARITY)
    sighting = written_by_the_person(appeal["reference"], OF_THE_CHARITY)
    report = told_to_the_charity(incident, caseworker, OF_THE_CHARITY)
    home = came_home(met_officer, duty_manager, OF_THE_CHARITY)
    talk = talked_with(home, OF_THE_CHARITY)
    review = reviewed(incident, met_officer, OF_THE_FORCE)
    kept_figures = figured(met_officer, OF_THE_FORCE)
    person = {"reference": met_officer.user.reference, "role": "police_officer", "name": "suspend"}
    addresses = {}
    for name, wanted in pages().items():
        space, _, short = name.rpartition(":")
        values = {
            "missingcases": {**own, "reference": incident.reference, "rule_id": "1"},
            "appeals": {**appeal, "reference": appeal.get(short, appeal["reference"])},
            "alerts": {**alert, "reference": alert.get(short, alert["reference"])},
            "sightings": {"reference": sighting},
            "textsafe": {"reference": textsafe.get(short), "code": "metropolitan"},
            "imports": {"reference": batch.reference},
            "people": {**kept, "reference": incident.person.reference},
            "search": {"reference": kept.get(short)},
            "intelligence": {"reference": report},
            "links": {"reference": link, "incident": incident.reference},
            **accounts_for,
            **kept_figures,
            "rhi": {"reference": argument_of(home, short)},
            "interviews": {**talk, "reference": talk.get(short, talk["reference"])},
            "handover": {"reference": shift},
            "partners": {**partners, "reference": partners.get(short, partners[""])},
            "say_something": {"reference": unknown},
            "audience": audience,
            "blind": {"reference": match.get(short, match[""])},
            "routes": concern_routed,
            "proposals": {"incident": incident.reference},
            "cap": {"reference": cap.get(short, cap[""])},
            "helpline": {"reference": heard.get(short, heard[""])},
            "voice": {**voice, "reference": voice.get(short, voice["invitation"])},
            "families": {**family, "reference": family.get(short, family[""])},
            "cohorts": {**review, "reference": review.get(short, review[""])},
            "clients": {"reference": system},
            "single_sign_on": {"code": "metropolitan", "number": tied},
            "hooks": {"reference": told.endpoint.reference, "delivery": told.reference},
            "messaging": {
                "reference": message.reference,
                "name": "everything",
                "limit_id": limit.pk,
                "line_id": audience["line_id"],
            },
            "accounts": {**person, "code": "metropolitan"},
            "audit": {"user_id": met_officer.user.pk},
            "places": {"code": "metropolitan"},
            "events": {"owed_id": owed.pk},
            "": {"name": "police-officer"},
        }.get(space, {})
        if name == "missingcases:attachment":
            values = {**values, "file_reference": attachment.reference}
        if space == "retention" and short != "lift":
            values = {"reference": accounts_for["retention"]["run"], "key": "helpline"}
        if name in {"accounts:resend", "accounts:revoke"}:
            values = {"reference": invitation.reference}
        if all(values.get(one) for one in wanted):
            addresses[name] = reverse(name, kwargs={one: values[one] for one in wanted})
    return Filled(incident, addresses)


def _answered_for(incident: Incident, manager: Member) -> dict[str, dict[str, str]]:
    dpo = member("dpo@met.example", "Dee", incident.owner, Role.AUDITOR)
    return answered_for(incident, manager, OF_THE_CHARITY, dpo, OF_THE_FORCE)


def _picture() -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", (40, 50), "grey").save(drawn, "JPEG")
    return drawn.getvalue()
