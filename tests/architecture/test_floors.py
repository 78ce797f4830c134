"""Every list of the floors that is written by hand names each of them, so that no rule passes one over."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from launcher import product
from tests.floors import BESIDE, FLOORS, ROOT

TOOL: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]
CONTRACTS = {one["name"]: one for one in TOOL["importlinter"]["contracts"]}


def test_the_floors_are_found() -> None:
    assert {"config", "foundation", "missingcases", "textsafe"} <= set(FLOORS)


@pytest.mark.parametrize(
    ("what", "listed"),
    [
        ("the launcher", product.FLOORS),
        ("types", TOOL["mypy"]["files"]),
        ("imports", TOOL["importlinter"]["root_packages"]),
        ("own imports stand together", TOOL["ruff"]["lint"]["isort"]["known-first-party"]),
        (
            "the launcher stays apart",
            CONTRACTS["The product knows nothing of the launcher"]["source_modules"],
        ),
        (
            "the launcher knows nothing",
            next(one for name, one in CONTRACTS.items() if name.startswith("The launcher knows nothing"))[
                "forbidden_modules"
            ],
        ),
        (
            "one above the other",
            [
                name.strip()
                for floor in CONTRACTS["A floor imports only floors below it"]["layers"]
                for name in floor.split("|")
            ],
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_list_of_the_floors_names_each(what: str, listed: list[str]) -> None:
    assert set(FLOORS) <= set(listed)
    assert {name for name in listed if (ROOT / name / "__init__.py").exists()} <= {*FLOORS, *BESIDE}


def test_the_rooms_of_every_app_are_held_to_one_way() -> None:
    containers = set(CONTRACTS["Imports inside an app run one way"]["containers"])
    apps = {
        ".".join(path.parent.relative_to(ROOT).parts)
        for floor in FLOORS
        for path in (ROOT / floor).rglob("services*")
        if path.name in {"services", "services.py"}
    }
    assert apps - containers == set()
