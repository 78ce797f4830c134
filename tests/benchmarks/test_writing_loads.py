"""The writing loads at a small size: what they cost in statements, which no other process disturbs."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import models

from benchmarks.counting import counted
from benchmarks.flood import begin_flood
from benchmarks.loads import imports, receipts_applied
from benchmarks.loads.textsafe import Desk
from benchmarks.made_rows import write_file
from benchmarks.peers.row_by_row import bring_in as peer_brings_in
from foundation.accounts.enums import OrganisationKind
from foundation.accounts.models import Organisation
from foundation.messaging import services as messaging
from foundation.messaging.models import Attempt, Message, Receipt, SettlementRow
from missingcases.imports.services import CHUNK
from missingcases.matching.models import PersonKeys
from missingcases.models import Address, Alias, AudienceRow, Incident, MissingPerson, Phone, Reporter

pytestmark = pytest.mark.django_db
WRITTEN = (MissingPerson, Alias, Phone, Address, PersonKeys, Incident, Reporter, AudienceRow)
# Keys, references, times of writing and what only an import has.
OWN = frozenset(
    {
        "id", "reference", "person_id", "incident_id", "owner_id", "organisation_id", "created_at",
        "updated_at", "granted_at", "change", "change_xid", "imported_batch", "principal", "created_by_id",
        "number", "text", "name", "telephone", "email", "agency",
    }
)  # fmt: skip


@pytest.fixture
def folder(settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path


def said(model: type[models.Model], owner: Organisation) -> list[list[object]]:
    """Every row of one force without what is its own, in the order of writing."""
    fields = {field.attname for field in model._meta.concrete_fields}
    to_owner = "person__organisation" if "person_id" in fields else "organisation"
    if "incident_id" in fields:
        to_owner = "incident__owner"
    key = model._meta.pk
    rows = model._default_manager.filter(**{to_owner: owner}).order_by(key.name if key else "pk")
    return [list(row) for row in rows.values_list(*sorted(fields - OWN))]


def test_what_is_brought_in_by_copy_is_what_save_would_write(folder: Path) -> None:
    path = write_file(folder / "rows.csv", 60, prefix="T")
    ours = imports.force()
    other = Organisation.objects.create(code="saved", name="Saved", kind=OrganisationKind.POLICE_FORCE)
    batch = imports.bring_in(path, ours.pk)
    assert batch.created == peer_brings_in(path, other.pk) > 50
    for model in WRITTEN:
        assert said(model, ours) == said(model, other), model
        assert said(model, ours), model


def test_an_import_costs_the_same_statements_however_many_rows_a_chunk_has(folder: Path) -> None:
    costs = []
    for turn, size in enumerate((CHUNK // 10, CHUNK)):
        path = write_file(folder / f"{turn}.csv", size, prefix=f"T/{turn}", seed=turn)
        costs.append(counted(lambda path=path: imports.bring_in(path, imports.force().pk))["queries"])
    assert costs[1] - costs[0] <= 2
    assert costs[1] <= 70


def test_receipts_cost_the_same_statements_however_many_come_together() -> None:
    costs = []
    for many in (10, 400):
        names = receipts_applied.store(many)
        costs.append(counted(lambda names=names: receipts_applied.read_all(names))["queries"])
        there = Message.objects.filter(reference__in=names, status="delivered").count()
        assert there == many
    assert costs == [costs[0]] * 2
    assert costs[0] <= 16
    for model in (Receipt, Attempt, SettlementRow):
        assert model.objects.count() == 410, model


def test_a_text_costs_the_same_statements_among_very_many_others(provider) -> None:
    desk = Desk()

    def cost() -> tuple[float, float]:
        incident, number = desk.incident(), next(desk.numbers)
        asking = counted(lambda: desk.ask(incident, number))["queries"]
        row = Message.objects.get(owner_label="textsafe.Request", status="queued")
        sending = counted(lambda: messaging.send_one(message_id=row.pk))["queries"]
        row.refresh_from_db()
        assert row.status == "sent"
        return asking, sending

    cost()
    before = cost()
    begin_flood(2000)
    assert cost() == before
    assert before[0] <= 54
    assert before[1] <= 26
