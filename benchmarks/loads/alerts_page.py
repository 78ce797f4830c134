"""The public page of a Child Rescue Alert after a million texts: the same page, asked for again and again.

The peer looks the alert up and renders the page at each request; the limit is a static file of the page's
size, by the same server and middleware. Ours asks the database each time whether it may be shown.
"""

from __future__ import annotations

import logging
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

from benchmarks.counting import counted
from benchmarks.load import Check, Goal, Load, Ready
from benchmarks.made_alert import made_ended, made_out
from benchmarks.site import answered, ask
from benchmarks.stale import race

READS = 10_000


def _prepare(_rows: int) -> Ready:
    alert = made_out()
    page, peer, limit = f"/alerts/{alert.token}/", f"/peer/alerts/{alert.token}/", "/static/page.html"
    folder = TemporaryDirectory()
    application = _public_site(Path(folder.name), Path(limit).name, alert.page)
    shown = {path: answered(path, app=application) for path in (page, peer, limit)}

    def checks() -> list[Check]:
        logging.disable(logging.WARNING)  # thousands of lines that something is gone
        sizes = ", ".join(f"{len(one.body):,}" for one in shown.values())
        alike = shown[page].status == shown[peer].status == 200 and "etag" in shown[page].headers
        raced = race(
            [page],
            lambda path: answered(path, app=application).status == 200,
            lambda: made_ended(alert),
            reads=READS,
            readers=2,
        )
        told = f"{len(raced.stale)} of {raced.after:,} after the commit, {raced.before:,} before it"
        return [
            Check("bytes of page, peer's page, file", sizes, alike),
            Check("stale in racing reads", told, not raced.stale and raced.after > 0),
        ]

    return Ready(
        ours=lambda: ask(page, app=application),
        peer=lambda: ask(peer, app=application),
        limit=lambda: ask(limit, app=application),
        counters=lambda: counted(partial(ask, page, app=application)),
        checks=checks,
        close=folder.cleanup,
    )


def _public_site(folder: Path, name: str, page: str) -> WSGIHandler:
    """The public site in this process, with a static file as long as the page."""
    (folder / name).write_text(page)
    settings.IS_PUBLIC_SITE, settings.ROOT_URLCONF = True, "benchmarks.public_urls"
    settings.STATIC_ROOT = str(folder)
    settings.ALERT_ANNOUNCED_EVERY = 1.0  # as where the product runs: tests ask each time
    return WSGIHandler()


LOAD = Load(
    "alerts_page",
    "public alert page under a spike",
    Goal(peer=8, limit=0.4, growth=1.4),
    _prepare,
    writes=True,
)
