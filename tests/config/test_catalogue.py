"""The sentences of other languages: whole, built as they stand, and read by gettext."""

from __future__ import annotations

import gettext
import re
from pathlib import Path

from django.conf import settings

from frontend import sentences as files
from tests.config.sentences import sentences

SOURCE = Path(settings.LOCALE_PATHS[0]) / "cy" / "LC_MESSAGES" / "django.po"
_PLACE = re.compile(r"%\(\w+\)s|%s")


def read() -> dict[str, str]:
    return {str(one.id): str(one.string) for one in files.read(SOURCE) if one.id}


def test_every_sentence_is_there_in_welsh_and_none_that_nobody_says() -> None:
    assert set(read()) == sentences()


def test_none_stands_there_twice() -> None:
    lines = re.findall("^msgid .*$", SOURCE.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(lines) == len(set(lines))


def test_what_is_put_into_a_sentence_is_in_its_translation_too() -> None:
    differ = [
        said
        for said, welsh in read().items()
        if sorted(_PLACE.findall(said)) != sorted(_PLACE.findall(welsh))
    ]
    assert differ == []


def test_what_the_product_reads_is_built_from_what_a_translator_edits() -> None:
    built = SOURCE.with_suffix(".mo")
    assert built.read_bytes() == files.compiled(files.read(SOURCE))
    with built.open("rb") as stream:
        told = gettext.GNUTranslations(stream)
    assert all(told.gettext(said) == welsh for said, welsh in read().items())
