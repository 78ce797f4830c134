"""Feeds and playlists as they run: by the short way, under the public role, while a stop is committed."""

from __future__ import annotations

import json

import pytest
from django.db import connection

from appeals import delivery
from appeals.models import OutletReport
from benchmarks.stale import race
from tests.appeals.public.test_site import ask
from tests.missingcases.making import located


@pytest.mark.slow
def test_outlets_read_and_report_under_the_role(desk, incident, pictured, outlets, site, processes) -> None:
    feed, board = outlets
    atom = ask(site, f"/outlets/feed/{feed.token}.atom")
    assert atom.status == 200
    assert b"Robin" in atom.body
    assert atom.headers["cache-control"] == "private, no-cache"
    assert {"content-security-policy", "x-content-type-options", "harbour-signature"} <= set(atom.headers)
    assert "set-cookie" not in atom.headers
    by_token = ask(site, "/outlets/feed.json", **feed.bearer)
    assert json.loads(by_token.body)["items"]
    same = ask(site, f"/outlets/feed/{feed.token}.atom", If_None_Match=atom.headers["etag"])
    assert (same.status, same.body) == (304, b"")
    assert ask(site, "/outlets/feed.atom").status == 401
    assert ask(site, f"/outlets/feed/{'x' * 43}.atom").status == 404
    assert ask(site, f"/outlets/feed/{feed.token}.atom?page=10000").status == 400
    assert json.loads(ask(site, "/players/playlist", **board.bearer).body)["items"]
    located(desk.officer, incident)
    reference = board.placement(pictured).reference
    assert json.loads(ask(site, "/players/playlist", **board.bearer).body)["drop"] == [reference]
    told = json.dumps({"showing": [], "dropped": [reference]})
    sent = ask(site, "/players/check-in", "POST", told, Content_Type="application/json", **board.bearer)
    assert sent.status == 202
    assert delivery.read_reports() == 2
    assert not OutletReport.objects.exists()  # what came of them stands in the ledger
    assert board.placement(pictured).status == "confirmed"
    assert feed.token not in processes.log("public").replace(f"GET /outlets/feed/{feed.token}", "")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename LIKE '%public%'")
    assert {ask(site, "/outlets/feed.atom", **feed.bearer).status for _ in range(6)} == {200}


@pytest.mark.slow
def test_nothing_is_stale_in_racing_reads(desk, incident, pictured, outlets, site) -> None:
    """Whole or unchanged: neither is answered once the stop is committed."""
    feed, board = outlets
    addresses = ["/outlets/feed.atom", "/outlets/feed.json", "/players/playlist"]
    bearer = dict(zip(addresses, (feed.bearer, feed.bearer, board.bearer), strict=True))
    known = {one: ask(site, one, **bearer[one]).headers["etag"] for one in addresses}
    entry = {b"<entry>", b'"title":"Have you seen', b'"creatives":'}

    def shows(address: str) -> bool:
        path, _, asked = address.partition("#")
        given = {"If_None_Match": known[path]} if asked else {}
        answer = ask(site, path, **bearer[path], **given)
        return answer.status == 304 or any(one in answer.body for one in entry)

    raced = race(
        [*addresses, *(f"{one}#known" for one in addresses)],
        shows,
        lambda: located(desk.officer, incident),
        reads=600,
    )
    assert raced.stale == []
    assert raced.before > 100
    assert raced.after > 100
