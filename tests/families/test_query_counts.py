"""A family's pages ask the database as often with thirty rows of everything as with one."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from families.services import cases, contacts, members, planning, tasks, telling
from families.services.contacts import Heard
from tests.families.conftest import add

pytestmark = pytest.mark.django_db
MANY = 30


def something_of_everything(case, mother, who, index: int) -> None:
    given, now = {"actor": who.actor, "case_id": case.pk}, timezone.now()
    contacts.log_contact(
        **given, member_id=mother.pk, channel="call", direction="in", started_at=now, ended_at=now,
        heard=Heard("Hm."), form_token=uuid4(),
    )  # fmt: skip
    tasks.add_task(**given, kind="action", words="Leaflet.", due_at=now + timedelta(hours=1))
    told = telling.Telling("More time is needed.")
    telling.tell(actor=who.actor, member_id=mother.pk, telling=told, form_token=uuid4())
    planning.begin_plan(actor=who.actor, member_id=add(case, who, f"Cousin {index}").pk)
    cases.open_case(actor=who.actor, details=cases.CaseDetails(about=f"Somebody {index}"))


def test_thirty_rows_cost_as_many_queries_as_one(client, case, mother, family_worker) -> None:
    family_worker.sign_in(client)
    members.check_identity(actor=family_worker.actor, member_id=mother.pk, method="in_person")
    pages = [
        reverse("families:listing"),
        reverse("families:workload"),
        *(reverse(f"families:{name}", args=[case.reference]) for name in ("case", "log", "told", "plans")),
        reverse("families:member", args=[mother.reference]),
    ]

    def asked(page: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page).status_code == 200
        return len(queries)

    something_of_everything(case, mother, family_worker, 0)
    for page in pages:
        asked(page)  # what is asked once a process is asked here
    few = {page: asked(page) for page in pages}
    for index in range(1, MANY):
        something_of_everything(case, mother, family_worker, index)
    assert {page: asked(page) for page in pages} == few
