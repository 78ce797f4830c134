"""A newsroom asks for its feed of a hundred appeals again, and nothing has changed: most reads are such.

The peer is Django's syndication framework over the ORM with a conditional answer; the limit is the statement
alone, which asks of each of the hundred whether it may be shown now.
"""

from __future__ import annotations

import logging
from functools import partial

from appeals.public.outlets import reading
from appeals.public.outlets.reading import Cursor
from appeals.public.outlets.tokens import hash_of
from benchmarks.counting import counted
from benchmarks.load import Check, Goal, Load, Ready
from benchmarks.made_feed import TOKEN, made_feed
from benchmarks.site import answered, ask
from benchmarks.stale import race

READS = 10_000


def _prepare(_rows: int) -> Ready:
    feed = made_feed()
    ours, peer = f"/outlets/feed/{TOKEN}.atom", f"/peer/feed/{TOKEN}"
    told = reading.page_of(hash_of(TOKEN), Cursor())
    assert told is not None
    known = {path: ask(path, app=feed.site).headers["etag"] for path in (ours, peer)}

    def asked(path: str) -> int:
        # Signed addresses of pictures make it another answer every few minutes; then the new one is known.
        answer = ask(path, app=feed.site, if_none_match=known[path])
        known[path] = answer.headers["etag"]
        return 1

    def shows(path: str) -> bool:
        answer = answered(path, app=feed.site, if_none_match=known[path])
        return answer.status == 304 or b"<entry>" in answer.body

    def checks() -> list[Check]:
        logging.disable(logging.WARNING)
        unchanged = [answered(path, app=feed.site, if_none_match=known[path]).status for path in known]
        raced = race([ours], shows, feed.stop, reads=READS, readers=2)
        said = f"{len(raced.stale)} of {raced.after:,} after the commit, {raced.before:,} before it"
        return [
            Check("ours and the peer say that it is unchanged", str(unchanged), unchanged == [304, 304]),
            Check("stale in racing reads", said, not raced.stale and raced.after > 0),
        ]

    return Ready(
        ours=partial(asked, ours),
        peer=partial(asked, peer),
        limit=partial(reading.page_of, hash_of(TOKEN), Cursor(), told.told),
        counters=lambda: counted(partial(asked, ours)),
        checks=checks,
    )


LOAD = Load("appeals_feed", "media feed, 304", Goal(peer=10, growth=1.4), _prepare, writes=True)
