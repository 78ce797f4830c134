"""The workplace: from the incident to the ledger, by the pages of both sides, and what nobody else sees."""

from __future__ import annotations

import io
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from appeals.models import Appeal, Outlet, Picture
from foundation.audit.models import AuditEvent
from missingcases import services as cases
from missingcases.models import Incident
from tests.appeals import making
from tests.appeals.conftest import Desk
from tests.cast import Member

pytestmark = pytest.mark.django_db


def page(
    member: Member, name: str, *args: object, data: dict[str, object] | None = None, follow: bool = True
):
    """One page as somebody opens it, or sends its form."""
    client = member.sign_in(Client())
    address = reverse(f"appeals:{name}", args=args)
    return client.get(address) if data is None else client.post(address, data, follow=follow)


def photo(desk: Desk, incident: Incident, *, size: tuple[int, int] = (400, 500)) -> str:
    drawn = io.BytesIO()
    Image.new("RGB", size, "grey").save(drawn, "JPEG")
    return cases.add_photo(
        actor=desk.officer, incident_id=incident.pk, content=drawn.getvalue(), alt_text="Robin, smiling"
    ).reference


def asking(**given: object) -> dict[str, object]:
    return {
        "form_token": str(uuid4()),
        "kind": "standard",
        "reason": "No lead so far.",
        "police_view": "We support it.",
        "first_name": "Robin",
        "surname": "Moor",
        "age": "46",
        "missing_since_day": "2",
        "missing_since_month": "11",
        "missing_since_year": "2025",
        "area": "Camden (borough)",
        "headline": "Have you seen Robin?",
        "description": making.DESCRIPTION,
        "clothing": "A red coat.",
        "photo": "none",
    } | given


@pytest.fixture(autouse=True)
def _camden():
    making.area()


def test_an_officer_asks_once_however_often_the_form_is_sent(desk, incident, met_officer):
    data = asking(photo=photo(desk, incident))
    first = page(met_officer, "ask", incident.reference, data=data)
    assert "Publicity is asked for." in first.content.decode()
    page(met_officer, "ask", incident.reference, data=data)
    appeal = Appeal.objects.get()
    assert appeal.requested_by == met_officer.user
    assert Picture.objects.filter(appeal=appeal).count() == 1
    assert appeal.party_views.get().words == "We support it."


def test_the_form_offers_what_the_record_knows(incident, met_officer):
    html = page(met_officer, "ask", incident.reference).content.decode()
    assert 'value="Robin"' in html
    assert 'value="Moor"' in html


def test_nothing_typed_is_lost_where_the_form_fails(incident, met_officer):
    data = asking(reason="", description="Walks with a stick <b>", missing_since_day="44")
    answer = page(met_officer, "ask", incident.reference, data=data)
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "Walks with a stick &lt;b&gt;" in html
    assert "44" in html
    assert not Appeal.objects.exists()


def test_an_area_that_does_not_exist_is_said_on_its_box(incident, met_officer):
    answer = page(met_officer, "ask", incident.reference, data=asking(area="Atlantis"))
    assert "There is no such area" in answer.content.decode()


def test_opening_is_audited_and_another_force_finds_nothing(appeal, met_officer, kent_officer, caseworker):
    assert page(met_officer, "show", appeal.reference).status_code == 200
    assert AuditEvent.objects.filter(action="appeals.opened", target_id=appeal.pk).count() == 1
    for name in ("show", "preview", "ledger", "withdraw", "view"):
        assert page(kent_officer, name, appeal.reference).status_code == 404
    assert appeal.reference not in page(kent_officer, "listing").content.decode()
    assert page(caseworker, "show", appeal.reference).status_code == 200


def test_the_page_says_who_must_act(appeal, publicity_officer, met_supervisor):
    html = page(publicity_officer, "show", appeal.reference).content.decode()
    assert "A police supervisor of the force, or above" in html
    assert "Take it up" in html
    assert f'href="{reverse("appeals:risk", args=[appeal.reference])}"' in html
    police = page(met_supervisor, "show", appeal.reference).content.decode()
    assert f'href="{reverse("appeals:authorise", args=[appeal.reference])}"' not in police
    assert f'href="{reverse("appeals:risk", args=[appeal.reference])}"' not in police


def content_data(appeal: Appeal, **given: object) -> dict[str, object]:
    appeal.refresh_from_db()
    dropped = ("form_token", "kind", "reason", "police_view", "photo")
    asked = {name: value for name, value in asking().items() if name not in dropped}
    return asked | {"version": appeal.version, "picture": "none"} | given


def test_from_the_request_to_the_ledger_by_the_pages(
    desk, incident, met_officer, met_supervisor, publicity_officer, duty_manager
):
    making.outlet("media_email", "Camden News", address="news@camden.example")
    page(met_officer, "ask", incident.reference, data=asking(photo=photo(desk, incident)))
    appeal = Appeal.objects.get()
    ref = appeal.reference
    page(publicity_officer, "take_up", ref, data={"version": appeal.version})
    appeal.refresh_from_db()
    assert appeal.status == "draft"
    page(
        publicity_officer,
        "risk",
        ref,
        data={"version": appeal.version, "words": "None known.", "balance": "It may help."},
    )
    whole = Picture.objects.get()
    edges = {"left": "25", "top": "10", "right": "75", "bottom": "60"}
    cut_page = page(publicity_officer, "crop", ref, whole.pk, data=edges)
    assert "The part is kept as a new picture." in cut_page.content.decode()
    part = Picture.objects.exclude(pk=whole.pk).get()
    assert (part.width, part.height) == (200, 250)
    data = content_data(appeal, picture=part.pk, alt_text="Robin, smiling")
    assert "Saved as the next version." in page(publicity_officer, "content", ref, data=data).content.decode()
    consent = {"by": "family", "status": "given", "name": "Jo Moor", "how": "telephone", "covers_photo": "on"}
    page(publicity_officer, "consent", ref, data=consent)
    shown = page(met_supervisor, "authorise", ref).content.decode()
    assert "Have you seen Robin?" in shown
    assert "version 2" in shown
    appeal.refresh_from_db()
    page(met_supervisor, "authorise", ref, data={"version": appeal.version, "content_number": 2})
    appeal.refresh_from_db()
    assert appeal.status == "family_consented"
    assert "A second person" in page(publicity_officer, "publish", ref).content.decode()
    every = [str(one.pk) for one in Outlet.objects.all()]
    page(duty_manager, "publish", ref, data={"version": appeal.version, "when": "now", "outlets": every})
    appeal.refresh_from_db()
    assert appeal.status == "live"
    reason = {"cause": "police_veto", "reason": "Found."}
    ledger = page(met_officer, "withdraw", ref, data=reason).content.decode()
    assert "Takedown ledger" in ledger
    assert "Our own pages, in the same moment" in ledger
    certificate = page(publicity_officer, "certificate", ref)
    assert b"".join(certificate.streaming_content).startswith(b"%PDF")


def test_who_saves_over_somebody_else_sees_both_sides(desk, appeal, publicity_officer):
    making.checked(desk.publicity, appeal)
    old = content_data(appeal, first_name="Robyn")
    page(publicity_officer, "content", appeal.reference, data=content_data(appeal, first_name="Rob"))
    answer = page(publicity_officer, "content", appeal.reference, data=old)
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "What differs" in html
    assert "Rob</td>" in html
    assert "Robyn</td>" in html


def test_what_was_edited_meanwhile_is_not_authorised(desk, appeal, met_supervisor, publicity_officer):
    making.checked(desk.publicity, appeal)
    appeal.refresh_from_db()
    before = {"version": appeal.version, "content_number": 1}
    page(publicity_officer, "content", appeal.reference, data=content_data(appeal, first_name="Rob"))
    answer = page(met_supervisor, "authorise", appeal.reference, data=before)
    assert "Somebody else saved this" in answer.content.decode()
    again = before | {"version": Appeal.objects.get().version}
    assert "changed since you read it" in (
        page(met_supervisor, "authorise", appeal.reference, data=again).content.decode()
    )
    assert Appeal.objects.get().status == "draft"


def test_welsh_is_asked_for_beside_english_where_the_area_is_welsh(desk, incident, publicity_officer):
    wales = making.area("Wales", "W92000004", "nation")
    appeal = making.asked(desk.officer, incident, content=making.details(area_id=wales.pk))
    making.checked(desk.publicity, appeal)
    html = page(publicity_officer, "content", appeal.reference).content.decode()
    assert "Description in Welsh" in html
    assert "Write the Welsh description that everybody reads." in html


def test_words_for_one_audience_are_added_changed_and_taken_away(desk, appeal, publicity_officer):
    making.checked(desk.publicity, appeal)
    ref = appeal.reference
    given = {
        "audience": "social",
        "language": "en",
        "headline": "Seen Robin?",
        "description": "",
        "region": "",
    }

    def send(name: str, *args: object, **more: object) -> None:
        appeal.refresh_from_db()
        page(publicity_officer, name, ref, *args, data={**given, **more, "version": appeal.version})

    send("wording_new")
    newest = appeal.contents.latest("number")
    social = newest.wordings.get(audience="social")
    assert newest.wordings.count() == 2
    assert "Seen Robin?" in page(publicity_officer, "preview", ref).content.decode()
    send("wording", social.pk, headline="Robin: seen?")
    social = appeal.contents.latest("number").wordings.get(audience="social")
    assert social.headline == "Robin: seen?"
    send("wording", social.pk, headline="")
    assert appeal.contents.latest("number").wordings.count() == 1


def test_the_charity_sees_no_photo_that_was_not_offered(
    desk, incident, appeal, publicity_officer, kent_officer
):
    photo(desk, incident)
    making.checked(desk.publicity, appeal)
    assert "has offered no photo yet" in page(publicity_officer, "content", appeal.reference).content.decode()
    assert page(kent_officer, "picture", appeal.reference, 1).status_code == 404


def test_a_version_is_seen_as_it_would_be_printed(desk, appeal, met_supervisor, publicity_officer):
    for kind, start in (("poster-a4", b"%PDF"), ("six-sheet", b"\x89PNG")):
        printed = page(met_supervisor, "proof", appeal.reference, 1, kind)
        assert b"".join(printed.streaming_content).startswith(start)
    assert page(met_supervisor, "proof", appeal.reference, 1, "flyer").status_code == 404
    making.checked(desk.publicity, appeal)
    long = content_data(appeal, description="Seen by the harbour. " * 60)
    page(publicity_officer, "content", appeal.reference, data=long)
    client = publicity_officer.sign_in(Client())
    answer = client.get(reverse("appeals:proof", args=[appeal.reference, 2, "poster-a4"]), follow=True)
    assert "characters or fewer to be printed" in answer.content.decode()
