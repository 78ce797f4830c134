"""Every kind of line in the restore ledger is written by somebody, and is done again by somebody."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from config.switchboard import REAPPLY
from tests.floors import FLOORS, ROOT


def modules() -> Iterator[tuple[str, ast.Module]]:
    """Every module of the product but the switchboard, which only names the kinds."""
    for floor in FLOORS:
        for path in (ROOT / floor).rglob("*.py"):
            if "migrations" not in path.parts and path != ROOT / "config" / "switchboard.py":
                text = path.read_text()
                if "note(" in text or any(f'"{kind}"' in text for kind in REAPPLY):
                    yield text, ast.parse(text)


def noted(tree: ast.Module) -> Iterator[str]:
    """The kinds that are written by their names."""
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "note":
            kind = call.args[0]
            if isinstance(kind, ast.Constant):
                yield str(kind.value)


def test_what_is_written_is_done_again() -> None:
    found = {kind for _, tree in modules() for kind in noted(tree)}
    assert len(found) > 5
    assert found <= set(REAPPLY)


def test_what_is_done_again_is_written_somewhere() -> None:
    """By its name, or by a constant that bears it."""
    written = "\n".join(text for text, _ in modules())
    assert [kind for kind in REAPPLY if f'"{kind}"' not in written] == []
