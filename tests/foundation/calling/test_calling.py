"""Many calls at once: what comes back, what failed and what that means, and where nobody may call."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from foundation.calling import Answer, Call, CallFailed, Steps, as_they_end, expect, run_all
from tests.foundation.calling.servers import Server, serving

HERE = ["127.0.0.1"]


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        yield running


def asking(url: str, method: str = "GET", body: bytes = b"") -> Steps[Answer]:
    return expect((yield Call(method, url, {"X-Ours": "yes"}, body)))


def outcome(steps: Steps[Any], *, timeout: float = 2, allowed: Any = HERE) -> Any:
    return run_all({0: steps}, timeout=timeout, allowed=allowed)[0]


def told(failed: Any) -> tuple[str, bool, bool]:
    assert isinstance(failed, CallFailed)
    return failed.code, failed.permanent, failed.unknown


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_a_call_arrives_as_it_was_written_and_its_answer_comes_back(server, method) -> None:
    answer = outcome(asking(f"{server.url}/echo", method, b"{}"))
    assert (answer.status, answer.json(), answer.headers["content-length"]) == (200, {}, "2")
    (seen,) = server.seen
    assert (seen[0], seen[1], seen[3]) == (method, "/echo", b"{}")
    assert seen[2]["X-Ours"] == "yes"
    assert "Expect" not in seen[2]


def test_steps_go_on_with_each_answer_and_a_connection_is_kept(server) -> None:
    def three() -> Steps[int]:
        found = 0
        for _ in range(3):
            found += expect((yield Call("GET", f"{server.url}/x"))).json()["fine"]
        return found

    assert outcome(three()) == 3
    assert len({seen[4] for seen in server.seen}) == 1


def test_two_hundred_go_at_once(server) -> None:
    begun = time.monotonic()
    found = run_all({n: asking(f"{server.url}/late/0.3") for n in range(200)}, timeout=20, allowed=HERE)
    assert {answer.status for answer in found.values()} == {200}
    assert time.monotonic() - begun < 200 * 0.3 / 4


def test_one_that_is_slow_keeps_nobody_waiting_for_the_others(server) -> None:
    steps = {"slow": asking(f"{server.url}/late/1.2"), "quick": asking(f"{server.url}/x")}
    assert [list(batch) for batch in as_they_end(steps, timeout=5, allowed=HERE)] == [["quick"], ["slow"]]


def test_whoever_stops_waiting_leaves_nothing_behind(server) -> None:
    steps = {"slow": asking(f"{server.url}/late/1"), "quick": asking(f"{server.url}/x")}
    batches = as_they_end(steps, timeout=5, allowed=HERE)
    next(batches)
    batches.close()
    assert outcome(asking(f"{server.url}/x")).status == 200


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("status/404", ("404", True, False)),
        ("status/301", ("301", True, False)),
        ("status/429", ("429", False, False)),
        ("status/500", ("500", False, True)),
        ("late/3", ("no_answer", False, True)),
        ("cut", ("no_answer", False, True)),
        ("large/1000001", ("too_large", False, True)),
    ],
)
def test_what_an_answer_or_none_means_for_trying_again(server, path, expected) -> None:
    assert told(outcome(asking(f"{server.url}/{path}"), timeout=1.5)) == expected


def test_a_wish_to_be_left_alone_is_heard_and_what_else_is_fine_is_no_failure(server) -> None:
    assert outcome(asking(f"{server.url}/status/503")).retry_after == timedelta(seconds=7)

    def gone() -> Steps[int]:
        return expect((yield Call("DELETE", f"{server.url}/status/404")), 404).status

    assert outcome(gone()) == 404


def test_nobody_listens() -> None:
    with serving() as server:
        url = server.url
    assert told(outcome(asking(f"{url}/x"))) == ("no_connection", False, False)


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1:{port}/x",
        "http://example.org/x",
        "https://[::1]:{port}/x",
        "https://[::ffff:127.0.0.1]:{port}/x",
        "https://10.0.0.1/x",
        "https://169.254.169.254/latest",
        "https://localhost:{port}/x",
        "ftp://example.org/x",
        "https://somebody@example.org/x",
        "https://127.0.0.1\\@example.org/x",
        "https://example.org/a b",
        "https:///x",
        "https://example.org:99999/x",
        "",
    ],
)
def test_nothing_inside_and_nothing_without_tls_is_called(server, url) -> None:
    failed = outcome(asking(url.format(port=server.server_address[1])), allowed=())
    assert told(failed) == ("not_allowed", True, False)
    assert server.seen == []


def test_a_network_may_catch_what_failed_and_go_on(server) -> None:
    def stubborn() -> Steps[str]:
        with pytest.raises(CallFailed, match="no_answer"):
            yield Call("GET", f"{server.url}/cut")
        return expect((yield Call("GET", f"{server.url}/x"))).json()["fine"]

    assert outcome(stubborn()) is True


def test_a_strange_answer_of_one_is_no_trouble_of_the_others(server) -> None:
    def strange() -> Steps[str]:
        return expect((yield Call("GET", f"{server.url}/x"))).json()["nothing"]["such"]

    def no_json() -> Steps[Any]:
        return expect((yield Call("POST", f"{server.url}/x", body=b"<html>"))).json()

    found = run_all({1: strange(), 2: no_json(), 3: asking(f"{server.url}/x")}, timeout=2, allowed=HERE)
    assert told(found[1]) == told(found[2]) == ("bad_answer", False, True)
    assert found[3].status == 200


def test_nothing_of_a_call_stands_in_what_is_printed_of_it() -> None:
    call = Call("POST", "https://example.org/secret", {"Authorization": "secret"}, b"secret")
    assert "secret" not in repr(call)
    assert "secret" not in repr(Answer(200, {"a": "secret"}, b"secret"))


def test_each_thread_calls_for_itself(server) -> None:
    found: list[int] = []

    def work() -> None:
        found.extend(
            answer.status
            for answer in run_all(
                {n: asking(f"{server.url}/x") for n in range(20)}, timeout=5, allowed=HERE
            ).values()
        )

    threads = [threading.Thread(target=work) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert found == [200] * 80
