"""A row that fails keeps none of the others waiting."""

from __future__ import annotations

import pytest
from django.db import OperationalError
from structlog.testing import capture_logs

from foundation.rounds import each


def fail_at(bad: int, error: Exception, tried: list[int]):
    def do(row: int) -> bool:
        tried.append(row)
        if row == bad:
            raise error
        return row > 1

    return do


def test_what_comes_after_it_is_done_and_the_failure_is_told_without_its_words() -> None:
    tried: list[int] = []
    with capture_logs() as lines:
        assert each([1, 2, 3, 4], fail_at(2, ValueError("Ada Example"), tried)) == 2
    assert tried == [1, 2, 3, 4]
    (line,) = lines
    assert line == {
        "event": "row_failed",
        "log_level": "error",
        "round": "tests.foundation.test_rounds.fail_at",
        "row": 2,
        "error": "ValueError",
    }


def test_a_database_that_is_away_ends_the_round() -> None:
    tried: list[int] = []
    with pytest.raises(OperationalError):
        each([1, 2, 3], fail_at(2, OperationalError("gone"), tried))
    assert tried == [1, 2]
