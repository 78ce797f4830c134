"""Log lines say what failed and where, and never what an exception said."""

import io
import json
import logging

import pytest
import structlog
from django.conf import settings

SECRET = "Jo Bloggs 07700 900123"


def line_of(write) -> dict[str, object]:
    stream = io.StringIO()
    made = settings.LOGGING["formatters"]["json"]
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=made["foreign_pre_chain"], processors=made["processors"]
        )
    )
    root = logging.getLogger()
    root.addHandler(handler)
    try:
        write()
    finally:
        root.removeHandler(handler)
    return json.loads(stream.getvalue())


def fail() -> None:
    raise ValueError(SECRET)


@pytest.mark.parametrize("logger", [logging.getLogger("some.library"), structlog.get_logger("own")])
def test_an_exception_is_its_class_and_its_place(logger) -> None:
    def write() -> None:
        try:
            fail()
        except ValueError:
            logger.exception("it_failed")

    line = line_of(write)
    assert line["event"] == "it_failed"
    assert line["error"] == "ValueError"
    assert line["raised"][-1].endswith(" fail")
    assert SECRET not in json.dumps(line)


def test_a_line_names_no_visitor() -> None:
    line = line_of(lambda: structlog.get_logger("own").warning("seen", ip="192.0.2.1", user_id=4, thing_id=9))
    assert (line["thing_id"], line.get("ip"), line.get("user_id")) == (9, None, None)
