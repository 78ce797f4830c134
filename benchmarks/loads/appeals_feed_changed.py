"""A newsroom asks for its feed of a hundred appeals, and one of them is news: the page is written anew."""

from __future__ import annotations

from functools import partial

from appeals.public.outlets import reading
from appeals.public.outlets.reading import Cursor
from appeals.public.outlets.tokens import hash_of
from benchmarks.counting import counted
from benchmarks.load import Check, Goal, Load, Ready
from benchmarks.made_feed import ENTRIES, TOKEN, made_feed
from benchmarks.site import ask


def _prepare(_rows: int) -> Ready:
    feed = made_feed()
    ours, peer = f"/outlets/feed/{TOKEN}.atom", f"/peer/feed/{TOKEN}"
    earlier = {path: ask(path, app=feed.site).headers["etag"] for path in (ours, peer)}
    feed.change()

    def asked(path: str) -> bytes:
        return ask(path, app=feed.site, if_none_match=earlier[path]).body

    def checks() -> list[Check]:
        told = [asked(path).count(b"<entry>") for path in (ours, peer)]
        return [Check("entries of both", str(told), told == [ENTRIES, ENTRIES])]

    return Ready(
        ours=partial(asked, ours),
        peer=partial(asked, peer),
        limit=partial(reading.page_of, hash_of(TOKEN), Cursor()),
        counters=lambda: counted(partial(asked, ours)),
        checks=checks,
    )


LOAD = Load("appeals_feed_changed", "media feed, changed", Goal(peer=3, growth=1.4), _prepare, writes=True)
