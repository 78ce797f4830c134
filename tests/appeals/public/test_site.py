"""The public site as it runs: a server of its own, under a database role of its own."""

from __future__ import annotations

import http.client
import re
import time
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

import psycopg2
import pytest
import redis
from django.db import connection
from django.utils import timezone

from appeals.models import Publication, Sighting, Submission
from appeals.public import pages
from appeals.tasks import call_for_sightings
from benchmarks.stale import race
from foundation.backups.enums import Step
from foundation.backups.models import Hold, HoldStep
from foundation.messaging.models import Message
from tests.missingcases.making import located
from tests.processes import wait_until

SECONDS = 20
STRANGER = "203.0.113.77"
SEEN, WHERE = "By the canal with a yellow suitcase.", "Camden Lock footbridge"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


def ask(base: str, path: str, method: str = "GET", body: str | None = None, **headers: str) -> Answer:
    line = http.client.HTTPConnection(urlsplit(base).netloc, timeout=SECONDS)
    try:
        line.request(method, path, body, {name.replace("_", "-"): v for name, v in headers.items()})
        answer = line.getresponse()
        return Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
    finally:
        line.close()


def pictures_of(answer: Answer) -> list[str]:
    return sorted(set(re.findall(r"/pictures/[^\s\"]+", answer.body.decode())))


@pytest.mark.slow
def test_pages_and_pictures_are_shown_under_the_role(shown, address, site) -> None:
    quick = ask(site, address)
    assert quick.status == 200
    assert "etag" in quick.headers  # the short way answered
    assert len(pictures_of(quick)) == 6
    others = [
        f"{address}easy/",
        f"{address}seen/",
        "/appeals/",
        "/appeals/?q=robin",
        "/appeals/in/E09000007/",
    ]
    for path in (*others, *pictures_of(quick)):
        assert ask(site, path).status == 200, path


@pytest.mark.slow
def test_the_short_way_says_what_the_whole_way_says(shown, address, site) -> None:
    both = (address, f"{address}cy/")
    quick = [ask(site, path) for path in both]
    Publication.objects.update(page={})
    whole = [ask(site, path) for path in both]
    assert all("etag" in one.headers for one in quick)
    assert not any("etag" in one.headers for one in whole)
    own = {"x-request-id", "date", "etag"}
    for short, long in zip(quick, whole, strict=True):
        assert short.body == long.body
        assert {k: v for k, v in short.headers.items() if k not in own} == {
            k: v for k, v in long.headers.items() if k not in own
        }
        assert {"content-security-policy", "x-frame-options", "x-content-type-options"} <= set(short.headers)
        assert "set-cookie" not in short.headers


@pytest.mark.slow
def test_head_and_conditional_requests_are_right(desk, incident, shown, address, site) -> None:
    whole = ask(site, address)
    head = ask(site, address, "HEAD")
    assert (head.status, head.body) == (200, b"")
    assert head.headers["content-length"] == str(len(whole.body))
    same = ask(site, address, If_None_Match=whole.headers["etag"])
    assert (same.status, same.body) == (304, b"")
    assert ask(site, address, If_None_Match='"other"').status == 200
    assert ask(site, address, "POST", "x=1").status in (403, 405)
    assert ask(site, address, Host="evil.example").status == 200  # a demonstration takes any name
    located(desk.officer, incident)
    assert ask(site, address, If_None_Match=whole.headers["etag"]).status == 410


@pytest.mark.slow
def test_a_page_of_another_look_is_made_anew_as_it_is_asked_for(shown, address, site) -> None:
    Publication.objects.update(page={"en": "An old look", pages.LOOK: "old"})
    assert b"Robin" in ask(site, address).body


@pytest.mark.slow
def test_a_site_that_is_held_shows_no_appeal(shown, address, site) -> None:
    hold = Hold.objects.create(backup_made_at=timezone.now(), restored_at=timezone.now())
    HoldStep.objects.create(hold=hold, step=Step.PUBLIC)
    answer = ask(site, address)
    assert answer.status == 503
    assert b"Robin" not in answer.body


@pytest.mark.slow
def test_a_connection_that_was_cut_is_made_anew(shown, address, site, public_database_url) -> None:
    assert ask(site, address).status == 200
    role = urlsplit(public_database_url).username
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = %s", [role])
    assert {ask(site, address).status for _ in range(10)} == {200}


@pytest.mark.slow
def test_nothing_is_stale_in_racing_reads(desk, incident, shown, address, site) -> None:
    addresses = [address, *pictures_of(ask(site, address))]

    raced = race(
        addresses,
        lambda one: ask(site, one).status == 200,
        lambda: located(desk.officer, incident),
        reads=600,
    )
    assert raced.stale == []
    assert raced.before > 100
    assert raced.after > 100


@pytest.mark.slow
def test_nothing_tells_who_reported_without_a_name(
    shown, address, site, processes, redis_url, public_database_url, committing_db
) -> None:
    """Not the log, not the database, not Redis: neither an address nor what browser it was."""
    agent, name = "Quaintbrowser/9", "Wilhelmina Ochterlony"
    given = {"User_Agent": agent, "X_Forwarded_For": STRANGER}
    form = ask(site, f"{address}seen/", **given).body.decode()
    key = re.search(r'name="key" value="([^"]+)"', form)[1]
    answers = {
        **{"key": key, "kind": "sighting", "description": SEEN, "place": WHERE},
        **{"certainty": "sure", "stays": "anonymous", "name": name, "contact": "07700 900123"},
    }
    time.sleep(3.2)
    sent = ask(
        site,
        f"{address}seen/",
        "POST",
        urlencode(answers),
        Content_Type="application/x-www-form-urlencoded",
        **given,
    )
    assert sent.status == 302, sent.body.decode()
    assert ask(site, sent.headers["location"], **given).status == 200
    # As the product reads it: a worker is kicked, and calls the charity's desk.
    processes.worker("urgent")
    wait_until(Sighting.objects.exists, "the worker to read it")
    assert Sighting.objects.get().is_anonymous
    assert Submission.objects.get().body == ""
    Sighting.objects.update(call_at=timezone.now())
    call_for_sightings.apply_async(queue="urgent")
    wait_until(Message.objects.filter(service="appeals_calls").exists, "the desk to be called")

    # The server's own access log is asked for by the tests alone, never where the product runs.
    logs = re.sub(r"^\S+ - - .*$", "", processes.log("public"), flags=re.MULTILINE)
    logs += processes.log("worker-urgent")
    assert {"request_finished", "submission_read", "message_queued"} <= set(re.findall(r"[a-z_]+", logs))
    assert shown.token not in logs
    for secret in (STRANGER, agent, name, "07700 900123"):
        assert secret not in logs
        assert secret.encode() not in remembered(redis_url)
        assert everywhere(committing_db, secret) == []
    for told in (SEEN, WHERE):
        assert told not in logs
        assert told.encode() not in remembered(redis_url)
        assert everywhere(committing_db, told) == ["appeals_sighting"]


def remembered(url: str) -> bytes:
    """Every key of Redis with what it holds."""
    kept = redis.Redis.from_url(url)
    return b"\n".join(part for key in kept.keys("*") for part in (key, kept.dump(key) or b""))


def everywhere(url: str, words: str) -> list[str]:
    """The tables in which any row holds these words."""
    with psycopg2.connect(url) as line, line.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [row[0] for row in cursor.fetchall()]
        found = []
        for table in tables:
            cursor.execute(f'SELECT EXISTS (SELECT FROM "{table}" t WHERE t::text LIKE %s)', [f"%{words}%"])
            if cursor.fetchone()[0]:
                found.append(table)
    line.close()
    return found
