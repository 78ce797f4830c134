"""Made data: the same by the same seed, inside every rule of the tables, and as the verbs leave them."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import transaction

from config.made import SERVICES, make
from foundation.accounts import demo
from foundation.accounts.models import User
from foundation.accounts.selectors import actor_for
from missingcases import services
from missingcases.enums import AudienceKind
from missingcases.made.filling import NotEmpty
from missingcases.made.forces import the_forces as make_staff
from missingcases.made.frame import Ask
from missingcases.matching.models import NamePair, PersonKeys
from missingcases.matching.services.keys import index_people
from missingcases.models import AudienceRow, Incident, MissingPerson
from missingcases.selectors import Filters, narrowed
from tests.cast import Member

pytestmark = pytest.mark.django_db
ASK = Ask(600, 11, datetime(2026, 11, 1, tzinfo=UTC), "metropolitan")


def fingerprints(names: dict[str, int]) -> dict[str, str]:
    """A digest of each table in the order of its keys, with what is encrypted in the clear."""
    found = {}
    for name in names:
        model = apps.get_model(name)
        # The dictionary of words counts its own keys on.
        fields = [field.attname for field in model._meta.concrete_fields]
        fields = [one for one in fields if (name, one) != ("matching.NameToken", "id")]
        rows = model._default_manager.order_by("pk").values_list(*fields)
        found[name] = hashlib.sha256("\n".join(map(repr, rows)).encode()).hexdigest()
    return found


def made_and_undone(ask: Ask, *, processes: int = 1) -> tuple[dict[str, int], dict[str, str], set[Any]]:
    """How many rows of each model, their digests, and who the people are; then it is taken back."""
    with transaction.atomic():
        rows = make(ask, processes=processes).rows
        digests = fingerprints(rows)
        people = set(MissingPerson.objects.values_list("given_names", "family_name", "date_of_birth"))
        transaction.set_rollback(True)
    return rows, digests, people


def test_the_same_seed_makes_the_same_rows_in_any_number_of_processes() -> None:
    # People and bodies that rows name get their keys once.
    make_staff()
    for service in SERVICES:
        service.prepare(ASK)
    rows, digests, people = made_and_undone(ASK)
    again, same, _ = made_and_undone(ASK, processes=2)
    assert (again, same) == (rows, digests)
    assert [name for name, count in rows.items() if not count and not name.startswith(RARE)] == []

    _, _, others = made_and_undone(Ask(600, 12, ASK.end, ASK.force))
    assert not people & {one for one in others if all(one)}


# Of fewer than one incident in twenty: none of them need be among so few.
RARE = ("textsafe.", "messaging.", "appeals.", "alerts.", "families.", "intelligence.", "partners.")


def test_made_data_go_into_an_empty_database_only() -> None:
    make(Ask(5, 1, ASK.end))
    with pytest.raises(NotEmpty):
        make(Ask(5, 1, ASK.end))
    with pytest.raises(CommandError, match="has incidents"):
        call_command("make_data", incidents=5)


def test_the_demonstration_adds_nobody_missing_to_made_data() -> None:
    printed = StringIO()
    call_command("make_data", incidents=40, force="metropolitan", end=datetime(2026, 11, 1), stdout=printed)
    assert "40 incidents up to 2026-11-01 00:00 UTC by seed 1" in printed.getvalue()
    officer = actor_for(User.objects.get(email=f"met.officer@{demo.DOMAIN}"))
    call_command("make_data", stdout=printed)
    assert Incident.objects.count() == 40
    assert narrowed(officer, Filters()).count() >= 38  # all but what is restricted


def test_only_a_force_that_there_is_can_be_asked_for() -> None:
    with pytest.raises(CommandError, match="no force with the code gotham"):
        call_command("make_data", incidents=5, force="gotham")


def test_visibility_and_keys_are_those_of_the_services(met_officer: Member) -> None:
    """Made anew by the services, the audience rows and the keys to search by would be the same."""
    make(ASK)
    seeded = set(AudienceRow.objects.filter(revoked_at=None).values_list("incident_id", "kind", "principal"))
    keys = list(PersonKeys.objects.order_by("pk").values_list())
    pairs = set(NamePair.objects.values_list("pair", "person_id"))

    for incident in Incident.objects.all()[::10]:
        services.audience.sync(incident)
    index_people(list(MissingPerson.objects.values_list("pk", flat=True)))

    now = set(AudienceRow.objects.filter(revoked_at=None).values_list("incident_id", "kind", "principal"))
    assert now == seeded
    assert {kind for _, kind, _ in seeded} >= {AudienceKind.OWNER, AudienceKind.PLACING_AUTHORITY}
    assert list(PersonKeys.objects.order_by("pk").values_list()) == keys
    assert set(NamePair.objects.values_list("pair", "person_id")) == pairs
    assert narrowed(met_officer.actor, Filters()).count() > 500
    services.report_incident(actor=met_officer.actor)  # the numbering of keys goes on behind
    assert Incident.objects.count() == 601
