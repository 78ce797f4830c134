"""Where text belongs nothing else is taken: every field of everything that systems may send."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from rest_framework import serializers

from appeals.api import serializers as appeals
from foundation.clients.api import StrictSerializer
from missingcases.api import serializers as cases
from missingcases.models import Incident
from tests.api.test_incidents import REPORT
from textsafe import api as textsafe

ROOMS = (appeals, cases, textsafe)
NOT_TEXT: tuple[Any, ...] = (0, 7.5, True, ["a"], {"a": "b"})


def all_below(kind: type[StrictSerializer]) -> Iterator[type[StrictSerializer]]:
    for one in kind.__subclasses__():
        yield one
        yield from all_below(one)


def texts() -> list[tuple[type[StrictSerializer], str, bool]]:
    """Serializer, field, and whether it is a list of texts."""
    found = []
    for kind in sorted(set(all_below(StrictSerializer)), key=lambda one: one.__qualname__):
        for name, field in kind().fields.items():
            inner = field.child if isinstance(field, serializers.ListField) else field
            if isinstance(inner, serializers.CharField | serializers.ChoiceField):
                found.append((kind, name, inner is not field))
    return found


@pytest.mark.parametrize(("kind", "name", "in_list"), texts())
def test_a_field_of_text_takes_text_alone(kind, name, in_list) -> None:
    for given in NOT_TEXT:
        asked = kind(data={name: [given] if in_list else given})
        assert not asked.is_valid()
        assert asked.errors[name] == ["Send this as text, in quotes."]


def test_every_room_is_looked_at() -> None:
    rooms = {kind.__module__ for kind, _, _ in texts()}
    assert {room.__name__ for room in ROOMS} <= rooms


def test_other_mistakes_are_told_beside_it() -> None:
    asked = cases.PersonSerializer(data={"given_names": 0, "date_of_birth": "once"})
    assert not asked.is_valid()
    assert set(asked.errors) == {"given_names", "date_of_birth"}


@pytest.mark.django_db
def test_a_report_with_a_number_for_an_address_is_refused_whole(met_system, lambeth) -> None:
    answer = met_system.post("/incidents", REPORT | {"reporter": {"email": 0}})
    assert answer.status_code == 422
    (error,) = [one for one in answer.json()["errors"] if one["field"].startswith("reporter")]
    assert error == {"field": "reporter.email", "message": "Send this as text, in quotes."}
    assert not Incident.objects.exists()
