"""What two people have anonymised loses everybody's name and words, and no figure."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import models
from django.utils import timezone

from foundation.access import Refused
from foundation.audit.models import Reason
from foundation.exceptions import Invalid, NotVisible
from missingcases.models import Incident, MissingPerson, Note, RiskAssessment
from missingcases.retention import clearing, selectors
from missingcases.retention import services as retention
from missingcases.retention.models import Run
from tests.missingcases.retention.conftest import long_ago
from tests.missingcases_pages import world

pytestmark = pytest.mark.django_db


def anonymised(dpo, chief) -> Run:
    proposed = retention.propose_run(actor=dpo.actor)
    retention.start_run(actor=chief.actor, run_id=proposed.pk)
    return retention.run(run_id=proposed.pk)


def figures() -> dict[str, Counter]:
    """What reports count by: of each incident, and of people how often they were missing."""
    said = {
        name: Counter(Incident.objects.values_list(name, flat=True))
        for name in (
            "age_at_report", "person__sex", "risk_level", "status", "outcome", "found_by", "scheme",
            "last_seen_area", "area_found", "place_found", "distance_km", "looked_after", "cancel_reason",
        )
    }  # fmt: skip
    rows = Incident.objects.annotate(
        missing_for=models.F("located_at") - models.F("reported_at"),
        open_for=models.F("closed_at") - models.F("reported_at"),
    )
    said["durations"] = Counter(rows.values_list("missing_for", "open_for", "returned_at"))
    said["harm"] = Counter(tuple(one) for one in Incident.objects.values_list("harm", flat=True))
    said["repeats"] = Counter(
        Incident.objects.values_list("person").annotate(models.Count("pk")).values_list("pk__count")
    )
    said["gradings"] = Counter(RiskAssessment.objects.values_list("level", "category"))
    for label in ("Action", "ReviewClock", "FlagSnapshot", "Flag", "Release", "TimelineEntry"):
        model = apps.get_model("missingcases", label)
        said[label] = Counter({label: model._default_manager.count()})
    return said


def everything_written() -> str:
    """All text of the product's tables, as it reads."""
    found = []
    for model in apps.get_models():
        names = [
            one.name
            for one in model._meta.concrete_fields
            if isinstance(one, models.CharField | models.TextField | models.JSONField)
        ]
        if names and model._meta.managed and model._meta.app_label not in {"places", "contenttypes"}:
            found += [str(row) for row in model._base_manager.values_list(*names)]
    return "\n".join(found)


def test_the_figures_before_and_after_are_equal_and_nobodys_name_or_words_are_left(ended, dpo, chief) -> None:
    name = ended.person.family_name
    before = figures()
    assert {"Zebulona", name} <= {word for word in ("Zebulona", name) if word in everything_written()}

    done = anonymised(dpo, chief)

    assert figures() == before
    text = everything_written()
    assert "Zebulona" not in text
    assert name not in text
    assert selectors.report_of(done)["done"] == 1
    assert done.status == "done"


def test_every_text_of_every_table_of_an_incident_is_named_as_lost_or_is_no_persons(ended) -> None:
    """A new table of words about an incident or a person is cleared, or says here why it is not."""
    known = {one.model for one in (*clearing.OF_INCIDENT, *clearing.OF_PERSON)}
    others = {
        "missingcases.Incident": "by itself", "missingcases.Attachment": "with its file",
        "missingcases.Photo": "with its file", "missingcases.MissingPerson": "by itself",
        "missingcases.AudienceRow": "no words", "missingcases.FlagSnapshot": "no words",
    }  # fmt: skip
    about = {
        model._meta.label
        for model in apps.get_app_config("missingcases").get_models()
        for one in model._meta.concrete_fields
        if one.is_relation and one.related_model in (Incident, MissingPerson)
    }
    assert about - known - set(others) == set()


def test_two_people_are_needed(ended, dpo, chief, met_officer) -> None:
    with pytest.raises(Refused):
        retention.propose_run(actor=met_officer.actor)
    proposed = retention.propose_run(actor=dpo.actor)
    with pytest.raises(Refused) as refused:
        retention.start_run(actor=dpo.actor, run_id=proposed.pk)
    assert refused.value.refusal.code == "own_proposal"
    with pytest.raises(Refused) as refused:
        retention.propose_run(actor=dpo.actor)
    assert refused.value.refusal.code == "one_at_a_time"
    assert retention.run(run_id=proposed.pk).status == "proposed_run"
    assert retention.withdraw_run(actor=chief.actor, run_id=proposed.pk).status == "withdrawn"


def test_whoever_is_missing_still_or_again_is_never_due(ended, met_officer, dpo, chief) -> None:
    again = world.reported(met_officer.actor)
    Incident.objects.filter(pk=again.pk).update(person=ended.person)
    long_ago(again)
    report = selectors.report_of(anonymised(dpo, chief))
    assert sum(report.values()) == 0
    assert MissingPerson.objects.get(pk=ended.person_id).family_name


@pytest.mark.parametrize("about", ["incident", "person", "everything"])
def test_a_hold_keeps_everything_until_it_is_lifted(ended, dpo, chief, about) -> None:
    reference = {"incident": ended.reference, "person": ended.person.reference, "everything": ""}[about]
    hold = retention.place_hold(
        actor=dpo.actor,
        reference=reference,
        reason="An inquest.",
        review_on=timezone.localdate() + timedelta(days=90),
    )
    assert selectors.report_of(anonymised(dpo, chief))["held"] == 1
    assert Note.objects.filter(incident=ended).exists()
    retention.lift_hold(actor=dpo.actor, hold_id=hold.pk, reason="It is over.")
    with pytest.raises(Refused):
        retention.lift_hold(actor=dpo.actor, hold_id=hold.pk, reason="Again.")
    assert selectors.report_of(anonymised(dpo, chief))["done"] == 1
    assert not Note.objects.filter(incident=ended).exists()


def test_another_organisations_hold_keeps_its_own_alone(ended, auditor, duty_manager, dpo, chief) -> None:
    retention.place_hold(
        actor=auditor.actor, reference="", reason="Ours.", review_on=timezone.localdate() + timedelta(days=9)
    )
    assert selectors.report_of(anonymised(dpo, chief))["done"] == 1
    with pytest.raises(Invalid):
        retention.place_hold(
            actor=auditor.actor,
            reference=ended.reference,
            reason="Theirs.",
            review_on=timezone.localdate() + timedelta(days=9),
        )


def test_a_killed_worker_is_followed_and_nothing_is_done_twice(ended, dpo, chief) -> None:
    done = anonymised(dpo, chief)
    version = Incident.objects.get(pk=ended.pk).version
    old = timezone.now() - timedelta(minutes=5)
    Run.objects.filter(pk=done.pk).update(**{"status": "running"}, updated_at=old)
    assert retention.resume_stalled() == 1
    assert retention.run(run_id=done.pk).status == "done"
    assert Incident.objects.get(pk=ended.pk).version == version
    assert selectors.due_incidents(ended.owner_id, timezone.now()).count() == 0


def test_the_words_of_the_trail_go_and_who_did_what_stays(ended, dpo, chief) -> None:
    Reason.objects.create(text="of something else")
    anonymised(dpo, chief)
    assert "of something else" in Reason.objects.values_list("text", flat=True)


def test_a_period_is_set_with_its_history_and_never_under_six_years(ended, chief, dpo) -> None:
    with pytest.raises(Invalid):
        retention.set_period(actor=chief.actor, days=365, basis="", source="")
    with pytest.raises(Refused):
        retention.set_period(actor=dpo.actor, days=3000, basis="x", source="y")
    for days in (3000, 3650):
        retention.set_period(actor=chief.actor, days=days, basis="Schedule 4", source="Board, May")
    assert selectors.keep_days(ended.owner_id) == 3650
    assert selectors.periods_of(dpo.actor).count() == 2
    assert retention.propose_run(actor=dpo.actor).keep_days == 3650


def test_strangers_find_nothing(ended, dpo, kent, auditor, met_officer) -> None:
    proposed = retention.propose_run(actor=dpo.actor)
    for stranger in (auditor, met_officer):
        with pytest.raises(NotVisible):
            retention.start_run(actor=stranger.actor, run_id=proposed.pk)


def test_the_pages(client, ended, dpo, chief) -> None:
    chief.sign_in(client)
    assert ended.reference in client.get("/retention/").content.decode()
    given = {"days": "2500", "basis": "Schedule 4", "source": "Board"}
    assert client.post("/retention/period/", {"days": "3"}).status_code == 422
    assert "Schedule 4" in client.post("/retention/period/", given, follow=True).content.decode()
    assert client.post("/retention/propose/").status_code == 403
    dpo.sign_in(client)
    day = timezone.localdate() + timedelta(days=30)
    hold = {
        "reason": "Inquest",
        "review_on_day": day.day,
        "review_on_month": day.month,
        "review_on_year": day.year,
    }
    page = client.post("/retention/holds/new/", hold | {"reference": ended.reference}, follow=True)
    assert "Inquest" in page.content.decode()
    reference = selectors.holds_of(dpo.actor).get().reference
    page = client.post(f"/retention/holds/{reference}/lift/", {"reason": "Over"}, follow=True)
    assert "Over" in page.content.decode()
    page = client.post("/retention/propose/", follow=True).content.decode()
    proposed = Run.objects.get()
    assert "Somebody else starts it" in page
    chief.sign_in(client)
    assert client.post(f"/retention/runs/{proposed.reference}/start/").status_code == 302
    retention.run(run_id=proposed.pk)
    assert "Report" in client.get(f"/retention/runs/{proposed.reference}/").content.decode()
    assert client.post(f"/retention/runs/{proposed.reference}/withdraw/").status_code == 302
