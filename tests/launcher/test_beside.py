"""The checks that run beside the tests."""

from __future__ import annotations

import os
import sys
import time

import pytest

from launcher.checks import Beside


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def test_what_failed_is_named_and_what_they_said_is_printed_in_order(capsys) -> None:
    commands = {"good": python("print('fine')"), "bad": python("raise SystemExit('line 3')")}

    with Beside(commands, os.environ) as static:
        assert static.failed() == ["bad"]

    said = capsys.readouterr().out
    assert said.index("fine") < said.index("harbour: bad:") < said.index("line 3")


def test_none_goes_on_when_the_tests_are_interrupted() -> None:
    started = time.monotonic()

    with (
        pytest.raises(KeyboardInterrupt),
        Beside({"long": python("import time; time.sleep(60)")}, os.environ),
    ):
        raise KeyboardInterrupt

    assert time.monotonic() - started < 30
