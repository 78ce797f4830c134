"""The Dockerfile held against the checkout: what it copies is there, it runs as nobody, from hashes alone."""

from __future__ import annotations

import re

import pytest

from tests.deployment import reading
from tests.deployment.reading import Instruction, dockerfile, stages
from tests.deployment.test_compose import SECRET_VARIABLES
from tests.floors import FLOORS

ROOT = reading.ROOT


def of(word: str, stage: str) -> list[Instruction]:
    return [one for one in stages()[stage] if one.word == word]


def test_the_last_stage_is_the_one_that_runs() -> None:
    assert dockerfile()[-1].stage == "harbour"
    assert {one.stage for one in dockerfile()} == {"build", "harbour"}


def test_it_runs_as_nobody_in_particular() -> None:
    (user,) = of("USER", "harbour")
    uid, _, gid = user.rest.partition(":")
    assert int(uid) > 0
    assert int(gid) > 0
    (made,) = of("RUN", "harbour")
    assert f"--uid {uid}" in made.rest
    assert f"--gid {gid}" in made.rest
    later = stages()["harbour"][stages()["harbour"].index(user) :]
    assert {one.word for one in later} <= {"USER", "EXPOSE", "CMD"}


def test_the_media_volume_belongs_to_that_user() -> None:
    (made,) = of("RUN", "harbour")
    uid = of("USER", "harbour")[0].rest.partition(":")[0]
    folder = reading.environment(reading.services()["web"])["MEDIA_ROOT"]
    assert re.search(rf"install --directory --owner {uid} .*{folder}", made.rest)


@pytest.mark.parametrize("one", of("COPY", "build"), ids=lambda one: one.rest)
def test_what_is_copied_exists_and_is_not_ignored(one: Instruction) -> None:
    *sources, _ = one.argv
    for source in sources:
        assert (ROOT / source).exists()
        assert reading.lets_in(source)


def test_every_floor_of_the_product_is_copied() -> None:
    copied = {source for one in of("COPY", "build") for source in one.argv[:-1]}
    assert {*FLOORS} | {
        "manage.py",
        "locale",
        "templates",
        "static",
        "docs/guides",
        "locks/run.txt",
    } == copied


def test_copies_between_stages_come_from_a_stage_before() -> None:
    for one in of("COPY", "harbour"):
        assert one.argv[0] == "--from=build"


@pytest.mark.parametrize(
    "path",
    ["tests/conftest.py", "var/keys/keys.json", ".git/config", "secrets/x", "config/__pycache__/a.pyc"],
)
def test_what_is_private_or_made_here_stays_out(path: str) -> None:
    assert not reading.lets_in(path)


def test_packages_come_from_the_lock_with_their_hashes() -> None:
    (install,) = [one for one in of("RUN", "build") if "pip install" in one.rest]
    target = of("COPY", "build")[0].argv
    assert target == ["locks/run.txt", "/tmp/run.txt"]
    command = install.rest.split("&&")[0]
    assert "--require-hashes" in command
    assert command.split("-r ")[1].split() == ["/tmp/run.txt"]
    pip = [word for word in install.rest.split() if word.endswith("pip")]
    assert set(pip) == {"/opt/venv/bin/pip"}


def test_every_line_of_the_lock_has_a_hash() -> None:
    text = re.sub(r"\\\n\s*", " ", (ROOT / "locks" / "run.txt").read_text())
    pins = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    assert pins
    assert [line.split()[0] for line in pins if "--hash=sha256:" not in line] == []
    assert any(line.startswith("psycopg2") for line in pins)


def test_no_secret_and_no_argument_is_baked_in() -> None:
    assert "ARG" not in {one.word for one in dockerfile()}
    named = {pair.partition("=")[0] for one in dockerfile() if one.word == "ENV" for pair in one.argv}
    assert named.isdisjoint(SECRET_VARIABLES)
    assert not [name for name in named if name.endswith("_FILE")]


def test_the_image_is_a_production_unless_told_otherwise() -> None:
    (settings,) = of("ENV", "harbour")
    assert "HARBOUR_ENV=production" in settings.argv
    # While it is built it has no secrets, so it is none then.
    assert not any("HARBOUR_ENV" in one.rest for one in stages()["build"])


def test_its_python_is_one_the_product_runs_on() -> None:
    versions = {one.rest.split()[0] for one in dockerfile() if one.word == "FROM"}
    assert len(versions) == 1
    found = re.fullmatch(r"python:3\.(\d+)-slim-bookworm", versions.pop())
    assert found
    least = re.search(r'requires-python = ">=3\.(\d+)"', (ROOT / "pyproject.toml").read_text())
    assert least
    assert int(found[1]) >= int(least[1])
