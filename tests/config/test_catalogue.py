"""The sentences of other languages: whole, built as they stand, and read by gettext."""

from __future__ import annotations

import gettext
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from config import catalogue
from tests.config.sentences import sentences

SOURCE = Path(settings.LOCALE_PATHS[0]) / "cy" / "LC_MESSAGES" / "django.po"
_PLACE = re.compile(r"%\(\w+\)s|%s")


def read() -> dict[str, str]:
    return catalogue.read(SOURCE.read_text(encoding="utf-8"))


def test_every_sentence_is_there_in_welsh_and_none_that_nobody_says() -> None:
    assert set(read()) - {""} == sentences()


def test_none_stands_there_twice() -> None:
    lines = re.findall("^msgid .*$", SOURCE.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(lines) == len(set(lines))


@pytest.mark.parametrize(("said", "welsh"), [one for one in read().items() if one[0]])
def test_what_is_put_into_a_sentence_is_in_its_translation_too(said: str, welsh: str) -> None:
    assert sorted(_PLACE.findall(said)) == sorted(_PLACE.findall(welsh))


def test_what_the_product_reads_is_built_from_what_a_translator_edits() -> None:
    built = SOURCE.with_suffix(".mo")
    assert built.read_bytes() == catalogue.compiled(read())
    with built.open("rb") as stream:
        told = gettext.GNUTranslations(stream)
    assert all(told.gettext(said) == welsh for said, welsh in read().items() if said)


def test_the_command_builds_it(settings, tmp_path, capsys) -> None:
    folder = tmp_path / "cy" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    folder.joinpath("django.po").write_text(SOURCE.read_text(encoding="utf-8"), encoding="utf-8")
    settings.LOCALE_PATHS = [tmp_path]
    call_command("compile_sentences")
    assert folder.joinpath("django.mo").read_bytes() == SOURCE.with_suffix(".mo").read_bytes()


def test_a_sentence_may_run_over_lines_and_hold_quotes() -> None:
    text = 'msgid ""\n"One "\n"two \\"three\\"\\n"\nmsgstr "Un"\n\n# A note\nmsgid "Not yet"\nmsgstr ""\n'
    assert catalogue.read(text) == {'One two "three"\n': "Un"}


@pytest.mark.parametrize("line", ['msgctxt "a"', "msgid one", 'msgid "open', "nonsense"])
def test_what_is_no_catalogue_is_refused(line: str) -> None:
    with pytest.raises(catalogue.Unreadable, match="line 2"):
        catalogue.read(f"# First\n{line}\n")
