"""Alerts on the public site as it runs: a server of its own, under a database role of its own."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

import psycopg2
import pytest
from django.db import connection
from django.utils import timezone
from psycopg2 import errors

from alerts.models import ChildRescueAlert
from alerts.public import services
from benchmarks.stale import race
from foundation.backups.enums import Step
from foundation.backups.models import Hold, HoldStep
from tests.alerts.public import making
from tests.alerts.public.test_pictures import picture_of
from tests.appeals.public.test_site import ask
from tests.missingcases.making import located

pytestmark = pytest.mark.slow
OURS = ("alerts_childrescuealert", "alerts_notice", "alerts_alertcontent", "alerts_public_picture")


@pytest.fixture
def out(settings, tmp_path, committing_db, redis_url, incident, people) -> ChildRescueAlert:
    settings.MEDIA_ROOT = str(tmp_path / "media")
    alert = making.issued(incident, people, photo=True)
    services.make_picture(notice_id=alert.notices.get().pk)
    return alert


@pytest.fixture
def site(settings, out, processes, public_database_url) -> str:
    processes.env = {"MEDIA_ROOT": settings.MEDIA_ROOT, "TRUSTED_PROXIES": "1"}
    return processes.web("public", "config.public_urls", DATABASE_URL=public_database_url)


@pytest.fixture
def paths(out) -> list[str]:
    return [
        f"/alerts/{out.token}/",
        f"/cy/alerts/{out.token}/",
        "/alerts/",
        "/cy/alerts/",
        "/alerts/live.json",
    ]


def test_the_short_way_says_what_the_whole_way_says(out, paths, site) -> None:
    whole = [ask(site, path) for path in paths]
    quick = [ask(site, path) for path in paths]
    own = {"x-request-id", "date"}
    for path, long, short in zip(paths, whole, quick, strict=True):
        assert (long.status, short.status) == (200, 200), path
        assert short.body == long.body
        assert {k: v for k, v in short.headers.items() if k not in own} == {
            k: v for k, v in long.headers.items() if k not in own
        }
        assert {"etag", "content-security-policy", "x-frame-options"} <= set(short.headers)
        assert "set-cookie" not in short.headers
    head = ask(site, paths[0], "HEAD")
    assert (head.status, head.body) == (200, b"")
    assert head.headers["content-length"] == str(len(quick[0].body))
    assert ask(site, paths[0], If_None_Match=quick[0].headers["etag"]).status == 304
    assert ask(site, picture_of(quick[0].body.decode())).status == 200


def test_nothing_is_stale_in_racing_reads(out, incident, people, paths, site) -> None:
    said = [ask(site, path).body.decode() for path in paths]
    assert all("Camden" in one for one in said)
    page = said[0]
    pages = [*paths[:2], picture_of(page)]

    raced = race(
        [*pages, "/alerts/live.json"],
        lambda one: (answer := ask(site, one)).status == 200 and answer.body != b'{"alerts": []}',
        lambda: located(people[0].actor, incident),
        reads=600,
    )
    assert raced.stale == []
    assert raced.before > 100
    assert raced.after > 100
    assert json.loads(ask(site, "/alerts/live.json").body) == {"alerts": []}


def test_a_held_site_and_a_cut_connection(out, paths, site, public_database_url) -> None:
    assert ask(site, paths[0]).status == 200
    role = urlsplit(public_database_url).username
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = %s", [role])
    assert {ask(site, paths[0]).status for _ in range(10)} == {200}
    hold = Hold.objects.create(backup_made_at=timezone.now(), restored_at=timezone.now())
    HoldStep.objects.create(hold=hold, step=Step.PUBLIC)
    for path in paths:
        answer = ask(site, path)
        assert answer.status == 503
        assert b"Robin" not in answer.body


def test_its_role_reads_the_window_and_nothing_behind_it(out, people, public_database_url) -> None:
    rehearsal = making.issued(None, people)
    with psycopg2.connect(public_database_url) as line, line.cursor() as cursor:
        cursor.execute("SELECT token FROM alerts_public_alert")
        assert cursor.fetchall() == [(out.token,)]
        assert rehearsal.token != out.token
    line.close()
    for table in OURS:
        with (
            psycopg2.connect(public_database_url) as line,
            line.cursor() as cursor,
            pytest.raises(errors.InsufficientPrivilege),
        ):
            cursor.execute(f"SELECT * FROM {table}")


def test_the_log_holds_no_address_of_an_alert(out, paths, site, processes) -> None:
    for path in paths:
        ask(site, path)
        ask(site, path)
    told = "\n".join(line for line in processes.log("public").splitlines() if "request_finished" in line)
    assert "/alerts/.../" in told
    assert out.token not in told
