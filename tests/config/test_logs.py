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


def test_a_line_holds_no_token_and_nothing_searched_for() -> None:
    token, name = "x9" * 20, "Bloggs"
    for asked, kept in (
        (f"GET /invitation/{token}/", "GET /invitation/-/"),
        (f"GET /accounts/password/reset/key/1-c8-{token}/", "GET /accounts/password/reset/key/-/"),
        (f"GET /incidents/?text={name}", "GET /incidents/"),
    ):
        line = line_of(lambda: structlog.get_logger("own").warning("request_started", request=asked))  # noqa: B023
        assert line["request"] == kept
    line = line_of(
        lambda: logging.getLogger("django.request").warning("Not Found: %s", f"/invitation/{token}/")
    )
    assert line["event"] == "Not Found: /invitation/-/"


def test_what_a_visitor_asked_for_is_in_no_line(client, caplog, db) -> None:
    lines: list[str] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(self.format(record))

    made = settings.LOGGING["formatters"]["json"]
    handler = Keep()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=made["foreign_pre_chain"], processors=made["processors"]
        )
    )
    root = logging.getLogger()
    root.addHandler(handler)
    try:
        client.get("/invitation/" + "s3cret" * 7 + "/")
        client.get("/incidents/", {"text": "Bloggs"})
    finally:
        root.removeHandler(handler)
    assert any("/invitation/-/" in line for line in lines)
    assert "s3cret" not in "".join(lines)
    assert "Bloggs" not in "".join(lines)
