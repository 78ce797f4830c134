"""From somebody's letter to the pack in their hands: who does what, and what is in it."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from zipfile import ZipFile

import pytest
from django.utils import timezone

from foundation.access import Refused
from foundation.exceptions import Invalid, NotVisible
from foundation.files import storage
from missingcases import services as cases
from missingcases.models import Note
from missingcases.subject_access import services as access
from missingcases.subject_access.deadlines import answer_due_on
from missingcases.subject_access.enums import Decision
from missingcases.subject_access.models import AccessItem, AccessRequest
from tests.missingcases_pages import world

pytestmark = pytest.mark.django_db


def note_of(request: AccessRequest) -> AccessItem:
    return request.items.get(model="missingcases.Note")


def decided(request, dpo, *, withheld: AccessItem | None = None, may_be_named: bool = False) -> None:
    for item in request.items.all():
        if item == withheld:
            access.decide_item(
                actor=dpo.actor,
                item_id=item.pk,
                decision="withhold",
                marks=["third_party"],
                reason="Names her aunt.",
                may_be_named=may_be_named,
            )
        else:
            access.decide_item(actor=dpo.actor, item_id=item.pk, decision="include")


def packed(request, dpo, second_dpo) -> ZipFile:
    access.finish_review(actor=dpo.actor, request_id=request.pk)
    access.confirm_review(actor=second_dpo.actor, request_id=request.pk)
    access.make_pack(request_id=request.pk)
    return ZipFile(storage.path_of(access.fetch_pack(actor=dpo.actor, request_id=request.pk)))


@pytest.mark.parametrize(
    ("received", "is_extended", "due"),
    [
        (date(2026, 1, 14), False, date(2026, 2, 16)),  # the 14th is a Saturday
        (date(2026, 1, 31), False, date(2026, 3, 2)),  # no 31st; the 28th is a Saturday
        (date(2026, 11, 25), False, date(2026, 12, 29)),  # Christmas, its weekend and Boxing Day's substitute
        (date(2026, 11, 25), True, date(2027, 2, 25)),
    ],
)
def test_the_answer_is_due_in_a_month_on_a_working_day(received, is_extended, due) -> None:
    assert answer_due_on(received, is_extended=is_extended) == due


def test_everything_of_the_own_organisation_is_found_and_nothing_of_the_charitys(
    gathered, incident, caseworker
) -> None:
    models = set(gathered.items.values_list("model", flat=True))
    assert {"missingcases.MissingPerson", "missingcases.Incident", "missingcases.Note"} <= models
    assert "missingcases.Attachment" in models
    told = gathered.items.get(model="missingcases.Incident").content
    assert f"{timezone.localdate():%B %Y}, " in told, "a moment reads as people write it"


def test_each_controller_answers_for_its_own(incident, met_officer, caseworker, auditor) -> None:
    world.released(incident, met_officer.actor, caseworker.organisation.pk)
    cases.add_note(actor=caseworker.actor, incident_id=incident.pk, text="in confidence", audience="charity")
    request = access.receive(
        actor=auditor.actor,
        reference=incident.reference,
        received_on=timezone.localdate(),
        asked="She asks.",
    )
    access.confirm_identity(actor=auditor.actor, request_id=request.pk, how="Known.")
    access.begin(actor=auditor.actor, request_id=request.pk)
    access.collect(request_id=request.pk)
    said = " ".join(item.content for item in request.items.all())
    assert "in confidence" in said
    assert "Seen at the pier" not in said
    assert not request.items.filter(
        model__in=["missingcases.Incident", "missingcases.MissingPerson"]
    ).exists()


def test_collecting_twice_finds_nothing_twice_and_a_killed_worker_is_followed(asked, dpo) -> None:
    access.confirm_identity(actor=dpo.actor, request_id=asked.pk, how="Passport.")
    access.begin(actor=dpo.actor, request_id=asked.pk)
    access.collect(request_id=asked.pk)
    count = asked.items.count()
    AccessRequest.objects.filter(pk=asked.pk).update(**{"status": "collecting"}, collected=0)
    assert access.collect(request_id=asked.pk).status == "in_review"
    again = asked.items.exclude(model="subject_access.AccessRequest").count()
    assert again <= count

    old = timezone.now() - timedelta(minutes=5)
    AccessRequest.objects.filter(pk=asked.pk).update(**{"status": "collecting"}, updated_at=old)
    assert access.resume_stalled() == 1


def test_nothing_is_gathered_before_the_identity_is_checked(asked, dpo) -> None:
    with pytest.raises(Refused) as refused:
        access.begin(actor=dpo.actor, request_id=asked.pk)
    assert refused.value.refusal.code == "identity"


def test_nothing_is_given_before_all_is_decided_and_another_has_looked(gathered, dpo, second_dpo) -> None:
    with pytest.raises(Refused) as refused:
        access.finish_review(actor=dpo.actor, request_id=gathered.pk)
    assert refused.value.refusal.code == "undecided"
    decided(gathered, dpo)
    access.finish_review(actor=dpo.actor, request_id=gathered.pk)
    with pytest.raises(Refused) as refused:
        access.confirm_review(actor=dpo.actor, request_id=gathered.pk)
    assert refused.value.refusal.code == "own_review"
    access.send_back(actor=second_dpo.actor, request_id=gathered.pk, reason="Look at the note again.")
    access.finish_review(actor=dpo.actor, request_id=gathered.pk)
    assert access.confirm_review(actor=second_dpo.actor, request_id=gathered.pk).status == "making"


def test_withholding_says_why_and_what_comes_with_a_caution_is_decided_by_itself(gathered, dpo) -> None:
    item = note_of(gathered)
    for given in ({"decision": "withhold"}, {"decision": "x"}, {"decision": "include", "marks": ["x"]}):
        with pytest.raises(Invalid):
            access.decide_item(actor=dpo.actor, item_id=item.pk, **given)
    assert access.include_kind(actor=dpo.actor, request_id=gathered.pk, title=item.title) == 0
    assert access.include_kind(actor=dpo.actor, request_id=gathered.pk, title="Incident") == 1


@pytest.mark.parametrize("may_be_named", [True, False])
def test_the_pack_holds_what_is_included_and_names_what_is_withheld_only_where_that_does_no_harm(
    gathered, dpo, second_dpo, may_be_named
) -> None:
    cases_note = note_of(gathered)
    decided(gathered, dpo, withheld=cases_note, may_be_named=may_be_named)
    with packed(gathered, dpo, second_dpo) as archive:
        names = set(archive.namelist())
        index, records, table = (
            archive.read(one).decode("utf-8-sig") for one in ("index.html", "records.html", "records.csv")
        )
        files = [archive.read(one) for one in names if one.startswith("files/")]
    assert "Seen at the pier" not in records + table + index
    assert "Names her aunt" not in records + table + index
    assert ("<li>Note</li>" in index) == may_be_named
    assert b"A list" in files
    rows = list(csv.reader(io.StringIO(table)))
    assert ["Incident", "Reference"] in [[row[0], row[2]] for row in rows]


def test_the_pack_runs_no_formula_and_no_markup(gathered, dpo, second_dpo) -> None:
    item = note_of(gathered)
    AccessItem.objects.filter(pk=item.pk).update(content='[["Note", "=cmd()<script>"]]')
    decided(gathered, dpo)
    with packed(gathered, dpo, second_dpo) as archive:
        assert "'=cmd()" in archive.read("records.csv").decode()
        assert "<script>" not in archive.read("records.html").decode()


def test_what_was_given_is_noted_and_wiped_in_its_time(gathered, dpo, second_dpo) -> None:
    decided(gathered, dpo)
    packed(gathered, dpo, second_dpo).close()
    done = access.give(actor=dpo.actor, request_id=gathered.pk, how="By hand, to her.")
    path = storage.path_of(done.stored_as)
    assert access.wipe_old() == 0
    AccessRequest.objects.filter(pk=done.pk).update(wipe_at=timezone.now())
    assert access.wipe_old() == 1
    assert not done.items.exists()
    assert Note.objects.exists()
    assert path.name
    with pytest.raises(Refused):
        access.fetch_pack(actor=dpo.actor, request_id=done.pk)


def test_what_ends_without_giving_is_wiped_too(gathered, dpo) -> None:
    with pytest.raises(Refused):
        access.end_request(actor=dpo.actor, request_id=gathered.pk, reason=" ")
    access.end_request(actor=dpo.actor, request_id=gathered.pk, reason="She asks no longer.")
    assert access.wipe_old() == 1
    assert not gathered.items.exists()


def test_it_is_extended_once(asked, dpo) -> None:
    later = access.extend(actor=dpo.actor, request_id=asked.pk, reason="Five hundred incidents.")
    assert later.due_on > asked.due_on
    with pytest.raises(Refused):
        access.extend(actor=dpo.actor, request_id=asked.pk, reason="Again.")


def test_strangers_find_nothing(asked, gathered, met_officer, kent_officer, auditor, duty_manager) -> None:
    for stranger in (met_officer, kent_officer, auditor, duty_manager):
        with pytest.raises(NotVisible):
            access.decide_item(actor=stranger.actor, item_id=note_of(gathered).pk, decision="include")
    with pytest.raises(Invalid):
        access.receive(
            actor=auditor.actor,
            reference=gathered.person.reference,
            received_on=timezone.localdate(),
            asked="x",
        )


def test_the_pages(client, gathered, dpo, second_dpo, django_capture_on_commit_callbacks) -> None:
    there = f"/subject-access/{gathered.reference}/"
    dpo.sign_in(client)
    assert gathered.reference in client.get("/subject-access/").content.decode()
    page = client.get(f"{there}items/?show=undecided").content.decode()
    assert "Seen at the pier" in page
    item = note_of(gathered)
    assert client.post(f"{there}items/{item.pk}/", {"decision": "withhold"}).status_code == 422
    client.post(
        f"{there}items/{item.pk}/", {"decision": "withhold", "reason": "Aunt", "marks": ["harm_risk"]}
    )
    item.refresh_from_db()
    assert (item.decision, item.marks) == (Decision.WITHHOLD, ["harm_risk"])
    client.post(f"{there}include/", {"title": "Incident"})
    assert client.post(f"{there}reviewed/", follow=True).status_code == 200
    for one in gathered.items.filter(decision="undecided"):
        access.decide_item(actor=dpo.actor, item_id=one.pk, decision="include")
    client.post(f"{there}reviewed/")
    second_dpo.sign_in(client)
    assert "Confirm, and make the pack" in client.get(there).content.decode()
    client.post(f"{there}confirm/")
    access.make_pack(request_id=gathered.pk)
    answer = client.get(f"{there}pack/")
    assert b"".join(answer.streaming_content)[:2] == b"PK"
    client.post(f"{there}given/", {"how": "By hand."})
    assert "By hand." in client.get(there).content.decode()


def test_a_request_is_noted_on_its_page(client, incident, dpo, met_officer) -> None:
    dpo.sign_in(client)
    today = timezone.localdate()
    given = {
        "reference": incident.person.reference,
        "received_on_day": today.day,
        "received_on_month": today.month,
        "received_on_year": today.year,
    }
    assert client.post("/subject-access/new/", given).status_code == 422
    answer = client.post("/subject-access/new/", given | {"asked": "By letter"}, follow=True)
    assert "By letter" in answer.content.decode()
    request = AccessRequest.objects.get()
    for name, words in (("identity", {"how": "Passport"}), ("extend", {"reason": "Long"})):
        assert client.get(f"/subject-access/{request.reference}/{name}/").status_code == 200
        assert client.post(f"/subject-access/{request.reference}/{name}/", words).status_code == 302
    client.post(f"/subject-access/{request.reference}/collect/")
    request.refresh_from_db()
    assert request.status == "collecting"
    met_officer.sign_in(client)
    assert client.get("/subject-access/").status_code == 403
