"""Whatever leads to a person or an incident follows a merge, answers the person, and has an end."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db.models import Model

from config import contributions
from foundation.contributions import merges, retention, subject_access
from tests.floors import belongs

PEOPLE = {"missingcases.MissingPerson", "missingcases.Incident"}


def own_models() -> list[type[Model]]:
    return [model for model in apps.get_models() if belongs(model.__module__)]


def keys(towards: set[str]) -> set[tuple[str, str]]:
    """Every (model, field) of ours that leads straight to one of these models."""
    return {
        (model._meta.label, field.name)
        for model in own_models()
        for field in model._meta.get_fields()
        if field.concrete and field.is_relation and field.related_model._meta.label in towards
    }


def reached() -> set[tuple[str, str]]:
    """Those keys, and those of models that lead to a person by way of others."""
    models, found = set(PEOPLE), set()
    while True:
        more = keys(models)
        if more == found:
            return found
        found = more
        models = PEOPLE | {label for label, _ in found}


def declared(entries) -> set[tuple[str, str]]:
    return {(one.model, one.key) for one in entries}


def test_the_search_finds_what_it_should() -> None:
    assert ("missingcases.Incident", "person") in keys(PEOPLE)
    assert ("textsafe.Request", "incident") in keys(PEOPLE)
    assert {
        ("textsafe.ConversationMessage", "conversation"),
        ("missingcases.FlagChange", "flag"),
    } <= reached()
    assert not any(model.startswith(("accounts", "places", "audit")) for model, _ in reached())


@pytest.mark.parametrize("key", sorted(keys(PEOPLE)), ids=".".join)
def test_every_key_to_a_person_or_an_incident_follows_a_merge(key) -> None:
    assert key in declared(merges()), "add it to MERGE in the app's keeping.py"


@pytest.mark.parametrize("model", sorted({model for model, _ in reached()}))
def test_every_model_about_people_answers_them_and_has_an_end(model: str) -> None:
    assert model in {one.model for one in subject_access()}, "add it to HOLDINGS in the app's keeping.py"
    assert model in {one.model for one in retention()}, "add it to RETENTION in the app's keeping.py"


@pytest.mark.parametrize("key", sorted(keys(PEOPLE)), ids=".".join)
def test_every_key_to_a_person_or_an_incident_has_its_end(key) -> None:
    assert key in declared(retention())


@pytest.mark.parametrize("name", ["MERGE", "SUBJECT_ACCESS", "RETENTION"])
def test_what_is_declared_exists(name: str) -> None:
    for one in getattr(contributions, name):
        model = apps.get_model(one.model)
        assert one.key == "pk" or model._meta.get_field(one.key).is_relation


def test_every_merge_and_every_end_says_why_in_words() -> None:
    for one in (*merges(), *retention()):
        assert one.rule.endswith("."), one
    for one in retention():
        assert one.erase is None or one.due is not None, "nothing is erased that was not due"
        assert (one.keep is None) == (one.due is None)


def test_no_key_is_merged_twice() -> None:
    assert len(declared(merges())) == len(merges())


def test_nothing_of_the_police_record_is_erased_by_machine() -> None:
    """Unresolved cases never, resolved ones by a person (domain.md section 8)."""
    assert [one.model for one in retention() if one.erase and one.model.startswith("missingcases")] == []
