"""Each role has its guide, and what a guide shows and quotes is in the product."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client
from PIL import Image

from config import guides
from foundation.accounts.demo import PEOPLE
from foundation.accounts.enums import Role
from tests.cast import Member
from tests.floors import FLOORS, ROOT
from tests.screenshots.pictures import IMAGES, PICTURES

FOLDER = ROOT / "docs" / "guides"
INDEX = FOLDER / "README.md"
GUIDES = sorted(set(FOLDER.glob("*.md")) - {INDEX})
PEOPLES_ROLES = [role for role in Role if role not in {Role.API_CLIENT, Role.SYSTEM}]
MOST_BYTES = 4_000_000
SOURCES = [
    *(ROOT / "templates").rglob("*.html"),
    *(path for app in FLOORS for path in (ROOT / app).rglob("*.py")),
]
# What a guide sets bold at the start of a line of a list is its own heading, not a quotation.
_QUOTED = re.compile(r"\*\*([^*]+)\*\*")
_OWN_HEADING = re.compile(r"^- \*\*[^*]+\*\*", re.MULTILINE)
_NAMED_IMAGE = re.compile(r"!\[([^\]]*)\]\(images/([\w-]+\.png)\)")


@pytest.fixture(scope="module")
def product_words() -> str:
    """Everything the product may say, without the differences of line breaks."""
    return " ".join(" ".join(path.read_text() for path in SOURCES).split())


@pytest.mark.parametrize("role", PEOPLES_ROLES)
def test_every_role_has_a_guide_that_says_it_is_for_it(role: Role) -> None:
    row = re.search(
        rf"^\| {re.escape(role.label)} \| \[[^\]]+\]\(([\w-]+\.md)\) \|$", INDEX.read_text(), re.MULTILINE
    )
    assert row, f"no guide for {role.label}"
    first_lines = (FOLDER / row[1]).read_text().split("\n\n")[1]
    assert role.label in first_lines


@pytest.mark.parametrize("role", PEOPLES_ROLES)
def test_the_product_leads_each_role_to_the_guide_of_the_list(role: Role) -> None:
    assert f"| {role.label} | [" in INDEX.read_text()
    row = next(line for line in INDEX.read_text().splitlines() if line.startswith(f"| {role.label} |"))
    assert f"({guides.OF_ROLE[role]}.md)" in row


@pytest.mark.parametrize("name", sorted(guides.OF_SERVICE))
def test_a_services_guide_says_whom_it_is_for_and_their_own_guides_lead_there(name: str) -> None:
    page = FOLDER / f"{name}.md"
    said = page.read_text().split("\n\n")[1].removeprefix("For: ").removesuffix(".").split(", ")
    assert sorted(said) == sorted(role.label for role in guides.OF_SERVICE[name])
    own = {guides.OF_ROLE[role] for role in guides.OF_SERVICE[name]}
    assert [one for one in sorted(own) if f"]({page.name})" not in (FOLDER / f"{one}.md").read_text()] == []


def test_every_guide_is_read_in_the_product_and_none_of_its_marks_is_left_over() -> None:
    assert {guide.stem for guide in GUIDES} == guides.NAMES
    assert [name for name in sorted(guides.NAMES) if re.search(r"\]\(|\*\*|`", guides.html_of(name))] == []


@pytest.mark.django_db
def test_getting_help_lists_the_services_of_ones_roles(client: Client, met_officer: Member) -> None:
    page = met_officer.sign_in(client).get("/help/").content.decode()
    assert 'href="/help/concerns-and-routes/"' in page
    assert 'href="/help/figures/"' not in page
    assert client.get("/help/figures/").status_code == 200


@pytest.mark.django_db
def test_getting_help_leads_to_ones_own_guide(client: Client, met_officer: Member) -> None:
    met_officer.sign_in(client)
    assert 'href="/help/police-officer/"' in client.get("/help/").content.decode()
    page = client.get("/help/police-officer/").content.decode()
    assert "<strong>Ask for the TextSafe</strong>" in page
    assert "guides/officer-ask.png" in page
    assert "**" not in page


@pytest.mark.django_db
def test_what_is_no_guide_is_not_found(client: Client, met_officer: Member) -> None:
    assert met_officer.sign_in(client).get("/help/README/").status_code == 404


def test_every_guide_is_in_the_list() -> None:
    assert [guide.name for guide in GUIDES if f"({guide.name})" not in INDEX.read_text()] == []


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.stem)
def test_a_guide_tells_what_is_not_seen_and_what_to_do_when_it_goes_wrong(guide: Path) -> None:
    text = guide.read_text()
    assert "## What you will not see, and why" in text
    assert "## When something goes wrong" in text
    assert len(text.split()) < 800, "one page"


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.stem)
def test_what_a_guide_quotes_is_in_the_product(guide: Path, product_words: str) -> None:
    quoted = _QUOTED.findall(_OWN_HEADING.sub("", guide.read_text()))
    assert [words for words in quoted if " ".join(words.split()) not in product_words] == []


def test_every_picture_a_guide_shows_is_taken_by_the_command_and_described() -> None:
    shown = {name: words for guide in GUIDES for words, name in _NAMED_IMAGE.findall(guide.read_text())}
    assert set(shown) == {picture.file for picture in PICTURES}
    assert all(shown.values())


def test_the_pictures_are_there_and_small() -> None:
    kept = {path.name for path in IMAGES.glob("*.png")}
    assert kept == {picture.file for picture in PICTURES}
    assert sum(path.stat().st_size for path in IMAGES.glob("*.png")) < MOST_BYTES
    for picture in PICTURES:
        with Image.open(IMAGES / picture.file) as image:
            assert image.width == 1280
            assert image.height <= picture.height


def test_pictures_are_taken_as_people_of_the_demonstration() -> None:
    assert {picture.mailbox for picture in PICTURES} <= {person.mailbox for person in PEOPLE}
