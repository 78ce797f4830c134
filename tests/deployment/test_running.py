"""What docker-compose.yml says really starts, really is well, and really carries a receipt through."""

from __future__ import annotations

import http.client
import re
import subprocess
import sys
import urllib.parse
import urllib.request

import psycopg2
import pytest
import redis
from twilio.request_validator import RequestValidator

from tests.deployment import reading, server
from tests.deployment.server import TWILIO_TOKEN, Server
from tests.processes import wait_until

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("deployed")]


@pytest.fixture(scope="module")
def deployed(tmp_path_factory):
    """Databases made, migrated; the sites, a worker and beat running and well."""
    with server.running(tmp_path_factory.mktemp("deployed")) as found:
        done = found.run_once("migrate")
        assert done.returncode == 0, done.stderr[-2000:]
        found.start("web", "public", "worker-urgent", "worker-normal", "beat")
        yield found


def rows(deployed: Server, statement: str) -> list[tuple]:
    with psycopg2.connect(deployed.secret("database_url")) as connection, connection.cursor() as cursor:
        cursor.execute(statement)
        found = cursor.fetchall()
    connection.close()
    return found


def test_the_roles_have_no_powers(deployed: Server) -> None:
    statement = (
        "SELECT rolname, rolsuper, rolcreatedb, rolcreaterole, rolbypassrls FROM pg_roles "
        "WHERE rolname LIKE 'harbour%' ORDER BY 1"
    )
    assert rows(deployed, statement) == [
        ("harbour", False, False, False, False),
        ("harbour_public", False, False, False, False),
    ]


def test_the_public_site_is_stopped_by_the_database(deployed: Server) -> None:
    connection = psycopg2.connect(deployed.secret("public_database_url"))
    with pytest.raises(psycopg2.errors.InsufficientPrivilege), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM missingcases_incident")
    connection.close()


def test_the_queue_asks_for_its_password_and_writes_to_disk(deployed: Server) -> None:
    url = deployed.secret("redis_url")
    with redis.Redis.from_url(url) as known:
        assert known.config_get("appendonly") == {"appendonly": "yes"}
        assert known.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
    parts = urllib.parse.urlsplit(url)
    with (
        redis.Redis(host=parts.hostname, port=parts.port) as stranger,
        pytest.raises(redis.AuthenticationError),
    ):
        stranger.ping()


def test_a_visitor_in_clear_is_sent_to_tls_and_another_host_is_refused(deployed: Server) -> None:
    def ask(**headers: str) -> tuple[int, str]:
        link = http.client.HTTPConnection("127.0.0.1", deployed.port_of["web"], timeout=30)
        link.request("GET", "/health/live/", headers={k.replace("_", "-"): v for k, v in headers.items()})
        answer = link.getresponse()
        return answer.status, answer.headers.get("Location") or answer.headers.get(
            "Strict-Transport-Security", ""
        )

    assert ask(Host="harbour.example.org") == (301, "https://harbour.example.org/health/live/")
    status, hsts = ask(Host="harbour.example.org", X_Forwarded_Proto="https")
    assert (status, "max-age=31536000" in hsts) == (200, True)
    assert ask(Host="elsewhere.example", X_Forwarded_Proto="https")[0] == 400


def test_pages_come_with_their_style_and_a_cookie_that_only_tls_carries(deployed: Server) -> None:
    def get(site: str, path: str) -> http.client.HTTPResponse:
        host = {"web": "harbour.example.org", "public": "help.example.org"}[site]
        link = http.client.HTTPConnection("127.0.0.1", deployed.port_of[site], timeout=30)
        link.request("GET", path, headers={"Host": host, "X-Forwarded-Proto": "https"})
        return link.getresponse()

    for site, path in (("web", "/accounts/login/"), ("public", "/")):
        page = get(site, path)
        html = page.read().decode()
        assert page.status == 200, path
        assert "script-src 'self'" in page.headers["Content-Security-Policy"]
        (style, *_) = re.findall(r'href="(/static/[^"]+[.][0-9a-f]{12}[.]css)"', html)
        sheet = get(site, style)
        assert sheet.status == 200
        assert "immutable" in sheet.headers["Cache-Control"]
        cookies = page.headers.get_all("Set-Cookie") or []
        assert all("Secure" in cookie and "SameSite=Lax" in cookie for cookie in cookies)
        assert bool(cookies) == (site == "web")


def test_a_receipt_comes_in_at_the_public_site_and_is_read_by_the_worker(deployed: Server) -> None:
    form = {"MessageSid": "SM" + "7" * 32, "MessageStatus": "delivered", "To": "+447700900123"}
    base = reading.example_env()["PUBLIC_BASE_URL"]
    signature = RequestValidator(TWILIO_TOKEN).compute_signature(f"{base}/webhooks/twilio/status", form)
    request = urllib.request.Request(
        f"http://127.0.0.1:{deployed.port_of['public']}/webhooks/twilio/status",
        data=urllib.parse.urlencode(form).encode(),
        headers={
            "Host": urllib.parse.urlsplit(base).netloc,
            "X-Forwarded-Proto": "https",
            "X-Twilio-Signature": signature,
        },
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        assert answer.status == 204

    # It names no message of ours: the worker looks, and will look again later.
    looked = "SELECT count(*) FROM messaging_rawcallback WHERE attempts > 0"
    wait_until(lambda: rows(deployed, looked) == [(1,)], "the worker to read the receipt", seconds=60)


def test_a_backup_taken_as_the_guide_says_comes_back_whole(deployed: Server, tmp_path) -> None:
    guide = (reading.ROOT / "docs" / "deployment.md").read_text()
    (dump,) = re.findall(r"exec -T db pg_dump (.*) harbour > harbour.dump", guide)
    (restore,) = re.findall(r"exec -T db pg_restore (.*) --dbname=harbour (.*) < harbour.dump", guide)
    with (tmp_path / "dump").open("wb") as out:
        deployed.as_owner("pg_dump", *dump.split(), "harbour", stdout=out)
    deployed.as_owner("createdb", "--username=postgres", "--owner=harbour", "restored")
    with (tmp_path / "dump").open("rb") as kept:
        words = " ".join(restore).split()
        deployed.as_owner("pg_restore", *words, "--dbname=restored", stdin=kept)

    restored = deployed.secret("database_url").rpartition("/")[0] + "/restored"
    env = {**deployed.environment("web"), "DATABASE_URL": restored}
    del env["DATABASE_URL_FILE"]
    for command in (["audit_verify"], ["migrate", "--check"], ["prepare_database"]):
        argv = [sys.executable, "manage.py", *command]
        done = subprocess.run(argv, env=env, cwd=deployed.app, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    with psycopg2.connect(restored) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM accounts_organisation")
        assert cursor.fetchone() > (40,)
        with pytest.raises(psycopg2.errors.InsufficientPrivilege, match="append-only"):
            cursor.execute("TRUNCATE audit_auditevent")
    connection.close()


def test_a_health_check_can_fail(deployed: Server) -> None:
    assert not deployed.is_well("worker-alert")  # never started here
    deployed.processes.kill("public")
    assert not deployed.is_well("public")
    assert deployed.is_well("web")
