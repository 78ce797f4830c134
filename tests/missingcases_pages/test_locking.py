"""Two people on one form: the second sees both sides, and nothing is overwritten unseen."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from foundation.exceptions import Conflict
from missingcases import services
from missingcases.forms import addresses, audience, base, ending, notes, people, record, risk, rules
from missingcases.models import (
    ActionRule,
    Address,
    Flag,
    Incident,
    MissingPerson,
    Phone,
    Photo,
    RecordSection,
    Reporter,
    ReviewRule,
)
from missingcases.urls import urlpatterns

pytestmark = pytest.mark.django_db
SAID = "Somebody else saved this while you were writing"
VERSIONED = (
    Address, Incident, MissingPerson, Phone, Photo, Flag, Reporter, RecordSection, ActionRule, ReviewRule,
)  # fmt: skip


def moment(name: str) -> dict[str, Any]:
    """A while ago, as the boxes of a date and time send it."""
    then = timezone.localtime()
    parts = {"day": then.day, "month": then.month, "year": then.year, "time": f"{then:%H:%M}"}
    return {f"{name}_{part}": value for part, value in parts.items()}


# What the second person sends, by page; the version they opened it at goes with it.
SENT: dict[str, dict[str, Any]] = {
    "person": {"sex": "female", "given_names": "Robin"},
    "facts": {"last_seen_place": "Croydon"},
    "authorities": {"looked_after": "yes"},
    "reporter": {"name": "Robin"},
    "address": {"kind": "former", "text": "2 The Lane"},
    "phone": {"kind": "voip", "state": "seized", "held_by": "other"},
    "section": {"build": "Slight"},
    "grade": {"grade": "low", "information": "Rang.", "given_by": "Aunt", "rationale": "Safe."}
    | moment("given_at"),
    "flag_add": {"kind": "cse", "status": "confirmed", "source": "PNC", "sensitivity": "standard"},
    "photo_consent": {"consent": "not_asked"},
}
ENDED = {
    "outcome": {"outcome": "located_alive", "found_by": "police", "harm": ["none"]},
    "returned": moment("returned_at"),
}
RULES = {
    "action_rule": {
        "trigger": "flag", "flag_kind": "cse", "applies_to": "anyone", "action_kind": "mash_referral",
        "action_owner": "owner_force", "step": "1", "due_within_hours": "5",
    },
    "review_rule": {"level": "low", "applies_to": "anyone", "kind": "low", "first_after_minutes": "5"},
}  # fmt: skip


@pytest.fixture
def full(missing, met_officer) -> Incident:
    """With one of everything that is edited."""
    given = {"actor": met_officer.actor, "incident_id": missing.pk}
    services.set_flag(**given, kind="cse", status="suspected", source="Mother")
    services.write_section(**given, code="description", values={"build": "Heavy"}, version=0)
    services.add_address(**given, address=services.AddressDetails(text="1 The Lane"))
    picture = io.BytesIO()
    Image.new("RGB", (40, 50), "grey").save(picture, "JPEG")
    services.add_photo(**given, content=picture.getvalue())
    return missing


def somebody_else_saves() -> None:
    for model in VERSIONED:
        model.objects.update(version=F("version") + 1)


def address(name: str, incident: Incident) -> str:
    more: dict[str, list[Any]] = {
        "phone": [Phone.objects.get().pk],
        "address": [Address.objects.get().pk if name == "address" else 0],
        "section": ["description"],
        "photo_consent": [Photo.objects.get().reference] if name == "photo_consent" else [],
    }
    return reverse(f"missingcases:{name}", args=[incident.reference, *more.get(name, [])])


def opened_at(page: Any) -> str:
    return str(page.context["form"]["version"].value())


@pytest.mark.parametrize("name", sorted(SENT))
def test_the_second_to_save_sees_both_sides(name: str, full, met_supervisor, client_of) -> None:
    client, where = client_of(met_supervisor), address(name, full)
    if name == "flag_add":
        where += "?kind=cse"
    version = opened_at(client.get(where))
    somebody_else_saves()
    answer = client.post(where, SENT[name] | {"version": version})
    assert answer.status_code == 422
    assert SAID in answer.content.decode()
    assert opened_at(answer) != version
    assert client.post(where, SENT[name] | {"version": opened_at(answer)}).status_code == 302


@pytest.mark.parametrize("name", sorted(ENDED))
def test_nor_is_an_ending_overwritten(name: str, found, met_supervisor, client_of) -> None:
    Incident.objects.update(located_at=timezone.now() - timedelta(hours=2))
    client, where = client_of(met_supervisor), reverse(f"missingcases:{name}", args=[found.reference])
    version = opened_at(client.get(where))
    somebody_else_saves()
    answer = client.post(where, ENDED[name] | {"version": version})
    assert (answer.status_code, SAID in answer.content.decode()) == (422, True)


@pytest.mark.parametrize(("name", "model"), [("action_rule", ActionRule), ("review_rule", ReviewRule)])
def test_nor_a_rule(name: str, model: Any, administrator, client_of) -> None:
    row = model.objects.get(flag_kind="cse") if name == "action_rule" else model.objects.get(kind="low")
    client, where = client_of(administrator), reverse(f"missingcases:{name}", args=[row.pk])
    version = opened_at(client.get(where))
    somebody_else_saves()
    answer = client.post(where, RULES[name] | {"version": version})
    assert (answer.status_code, SAID in answer.content.decode()) == (422, True)


def test_names_that_alone_changed_count_as_a_change(full, met_officer) -> None:
    person = full.person
    given = {"actor": met_officer.actor, "incident_id": full.pk, "changes": {}}
    services.edit_person(**given, version=person.version, aliases=("Lex",))
    with pytest.raises(Conflict) as both:
        services.edit_person(**given, version=person.version, aliases=("Al",))
    assert both.value.theirs["aliases"] == ["Lex"]


def test_every_edit_form_is_among_these() -> None:
    """A page whose form carries a version is tried above."""
    rooms = (addresses, audience, ending, notes, people, record, risk, rules)
    edits = {
        name
        for room in rooms
        for name, found in vars(room).items()
        if isinstance(found, type) and issubclass(found, base.CaseEditForm) and found is not base.CaseEditForm
    }
    assert edits == {
        "PersonForm", "FactsForm", "AuthoritiesForm", "ReporterForm", "PhoneEditForm", "AddressEditForm",
        "SectionForm",
        "GradeForm", "FlagForm", "PhotoConsentForm", "OutcomeForm", "ReturnedForm", "ActionRuleForm",
        "ReviewRuleForm",
    }  # fmt: skip
    assert {*SENT, *ENDED, *RULES} <= {one.name for one in urlpatterns}
