"""What the pages name exists: files, commands, variables."""

from __future__ import annotations

import re

from django.core.management import get_commands

from tests.deployment.reading import example_env, read_by_settings
from tests.floors import BESIDE, FLOORS, ROOT

PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
FOLDERS = tuple(f"{name}/" for name in (*FLOORS, *BESIDE, "docs", "docker"))


def test_a_path_that_is_named_exists() -> None:
    missing = {}
    for page in PAGES:
        named = re.findall(r"`([\w./-]+)`", page.read_text())
        missing[page.name] = [
            name for name in named if name.startswith(FOLDERS) and not (ROOT / name).exists()
        ]
    assert {page: names for page, names in missing.items() if names} == {}
    assert PAGES


def test_a_page_that_is_linked_exists() -> None:
    missing = {}
    for page in PAGES:
        links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text())
        missing[page.name] = [link for link in links if not (page.parent / link).exists()]
    assert {page: links for page, links in missing.items() if links} == {}


def test_a_command_that_is_named_exists() -> None:
    named = {
        (word, page.name) for page in PAGES for word in re.findall(r"manage\.py (\w+)", page.read_text())
    }
    there = set(get_commands())
    assert {one for one in named if one[0] not in there} == set()


def test_the_guides_name_variables_that_are_read() -> None:
    pages = [ROOT / "docs" / name for name in ("deployment.md", "security.md", "texts.md")]
    named = {
        word for page in pages for word in re.findall(r"`([A-Z]+(?:_[A-Z]+)+)(?:=[^`]*)?`", page.read_text())
    }
    known = read_by_settings() | {f"{name}_FILE" for name in read_by_settings()} | set(example_env())
    assert named - known - {"HOLDINGS", "PUBLIC_HOST"} == set()
