"""What is served and written: nothing inline, nothing missing, nothing that is not ours to use."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import get_template

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
BUILD = ROOT / "static" / "build"
INLINE = [
    re.compile(r"<script(?![^>]*\b(?:src=|type=\"application/(?:ld\+)?json\"))", re.IGNORECASE),
    re.compile(r"<style", re.IGNORECASE),
    re.compile(r"\sstyle=", re.IGNORECASE),
    re.compile(r"\son[a-z]+=\"", re.IGNORECASE),
    re.compile(r"hx-on|hx-vals=['\"]js:|javascript:", re.IGNORECASE),
]


def test_a_template_compiles_and_has_no_inline_script_or_style():
    found = []
    for path in TEMPLATES:
        name = str(path.relative_to(ROOT / "templates"))
        get_template(name)
        text = re.sub(r"{%.*?%}|{#.*?#}", "", path.read_text())
        found += [(name, pattern.pattern) for pattern in INLINE if pattern.search(text)]
    assert found == []
    assert TEMPLATES


def test_every_static_file_a_template_names_exists():
    named = {
        name for path in TEMPLATES for name in re.findall(r"{% static [\"']([^\"']+)[\"']", path.read_text())
    }
    assert {name for name in named if finders.find(name) is None} == set()


@pytest.mark.parametrize("path", sorted(BUILD.glob("*.*s")), ids=lambda path: path.name)
def test_the_build_holds_nothing_that_is_not_ours_to_use(path):
    text = path.read_text()
    for word in ("sourceMappingURL", "GDS Transport", "crest", "@font-face"):
        assert word not in text
    assert not re.search(r"crown", text, re.IGNORECASE)


def test_every_address_in_the_stylesheet_is_a_file():
    css = (BUILD / "harbour.css").read_text()
    for target in re.findall(r"url\([\"']?([^\"')]+)", css):
        assert (BUILD / target).is_file(), target


def test_the_licences_of_what_is_compiled_in_are_kept():
    text = (BUILD / "LICENCES.txt").read_text()
    assert "govuk-frontend 6." in text
    assert "@ministryofjustice/frontend 11." in text
    assert "MIT License" in text
