"""Log lines say what failed and where, and never what an exception said."""

import io
import json
import logging
from concurrent.futures import ThreadPoolExecutor

import pytest
import structlog
from celery import Celery
from celery.app.trace import build_tracer
from celery.signals import setup_logging
from django.conf import settings

SECRET = "Jo Bloggs 07700 900123"


def lines_of(write) -> list[dict[str, object]]:
    stream = io.StringIO()
    made = {key: value for key, value in settings.LOGGING["formatters"]["json"].items() if key != "()"}
    handler = logging.StreamHandler(stream)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(**made))
    root = logging.getLogger()
    root.addHandler(handler)
    try:
        write()
    finally:
        root.removeHandler(handler)
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def line_of(write) -> dict[str, object]:
    [line] = lines_of(write)
    return line


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


@pytest.mark.django_db
def test_a_name_looked_for_is_in_no_log_line(client, met_officer) -> None:
    met_officer.sign_in(client)
    lines = lines_of(lambda: client.get("/incidents/?q=Bloggs"))
    assert any(line.get("request") == "GET /incidents/" for line in lines)
    assert "Bloggs" not in json.dumps(lines)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "/invitation/SECRET-of-the-link/",
        "/accounts/password/reset/key/1-SECRET/",
        "/accounts/confirm-email/SECRET/",
        "/Jo-SECRET/",
    ],
)
def test_the_secret_of_a_link_is_in_no_log_line(client, address) -> None:
    lines = lines_of(lambda: client.get(address))
    assert [line for line in lines if "request" in line]
    assert "SECRET" not in json.dumps(lines)


@pytest.mark.django_db
def test_a_page_that_broke_is_logged_without_its_words(client) -> None:
    lines = lines_of(lambda: logging.getLogger("django.request").error("%s: %s", "Not Found", "/Jo/"))
    assert lines[0]["event"] == "Not Found"


def test_a_task_that_broke_says_what_and_where_without_the_exceptions_words() -> None:
    def run() -> None:
        app = Celery("of-this-test", set_as_current=False, broker="memory://")
        task = app.task(fail, name="tests.fail")
        build_tracer("tests.fail", task, app=app, propagate=False)("1-2-3", (), {}, {"id": "1-2-3"})

    # In a thread of its own, as a worker's: beside the connection that another test left.
    with ThreadPoolExecutor(1) as worker:
        [line] = lines_of(lambda: worker.submit(run).result())
    assert (line["task"], line["task_id"], line["error"]) == ("tests.fail", "1-2-3", "ValueError")
    assert SECRET not in json.dumps(line)


def test_a_worker_logs_as_everything_else_does() -> None:
    assert setup_logging.has_listeners()
