"""The rules that hold for every transition table and every status."""

import ast
from pathlib import Path

import pytest
from django.apps import apps

from config.management.commands.state_diagrams import pages, tables
from tests.floors import FLOORS, ROOT

WRITER = ROOT / "foundation" / "states.py"
STATUS_NAMES = {table.field for table in tables().values()}


def own_code() -> list[Path]:
    return [
        path
        for package in FLOORS
        for path in (ROOT / package).rglob("*.py")
        if "migrations" not in path.parts and path != WRITER
    ]


def writes_a_status(node: ast.AST) -> bool:
    """An assignment to `.status`, or `status=` in an update() of a query."""
    if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        return any(isinstance(target, ast.Attribute) and target.attr in STATUS_NAMES for target in targets)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "update":
        return any(keyword.arg in STATUS_NAMES for keyword in node.keywords)
    return False


def test_a_status_is_written_only_by_move() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in own_code()
        for node in ast.walk(ast.parse(path.read_text()))
        if writes_a_status(node)
    ]
    assert found == []


def test_the_check_above_sees_what_it_should() -> None:
    lines = ("row.status = 'x'", "rows.update(status='x')", "row.status: str = 'x'", "row.scan_status = 'x'")
    for line in lines:
        assert any(writes_a_status(node) for node in ast.walk(ast.parse(line))), line
    assert not any(writes_a_status(node) for node in ast.walk(ast.parse("rows.filter(status='x')")))


@pytest.mark.parametrize("name", sorted(tables()))
def test_every_state_can_be_reached(name: str) -> None:
    table = tables()[name]
    reached = set(table.initial)
    while True:
        more = {row.to for row in table.transitions if row.source in reached} - reached
        if not more:
            break
        reached |= more
    assert reached == set(table.states)


@pytest.mark.parametrize("name", sorted(tables()))
def test_a_table_covers_its_field_whole(name: str) -> None:
    """The states of the table are exactly the choices of the model's field."""
    table = tables()[name]
    model = apps.get_model(name)
    choices = {value for value, _ in model._meta.get_field(table.field).choices}
    assert set(table.states) == choices


def test_the_diagrams_are_current() -> None:
    wanted = pages()
    stale = [path.name for path, text in wanted.items() if not path.exists() or path.read_text() != text]
    assert stale == [], "run: manage.py state_diagrams"
    assert {path.name for path in (ROOT / "docs" / "states").glob("*.md")} == {path.name for path in wanted}
