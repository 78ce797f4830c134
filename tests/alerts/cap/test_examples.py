"""The documents that partners build against are those that the code writes."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from lxml import etree

from alerts.cap.examples import examples
from alerts.cap.senders import why_unfit
from alerts.cap.xml.reading import opened, values_of
from alerts.cap.xml.validity import problem_of
from tests.alerts.cap.making import pair

FOLDER = Path(settings.BASE_DIR) / "docs" / "cap"


@pytest.mark.parametrize("name", sorted(examples()))
def test_each_example_is_valid_and_current(name: str) -> None:
    data = (FOLDER / name).read_bytes()
    assert data == examples()[name], "run manage.py cap_examples"
    assert problem_of(etree.fromstring(data)) == ""
    told = values_of(opened(data))
    assert [one.language for one in told.wordings] == ["en-GB", "cy-GB"]


def test_the_command_writes_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("cap_examples", folder=str(tmp_path))
    assert sorted(one.name for one in tmp_path.iterdir()) == sorted(examples())


def test_keys_that_do_not_belong_together_and_senders_that_cannot_be_read_are_told(settings) -> None:
    assert why_unfit() == []
    settings.CAP_SIGNING_CERTIFICATE = pair("other").certificate
    assert len(why_unfit()) == 1
    for text in ("not json", "[]", '{"a": "b"}', '{"a": ["no certificate"]}'):
        settings.CAP_SENDERS = text
        assert len(why_unfit()) == 2, text
    assert pair("other").key not in "".join(why_unfit())
