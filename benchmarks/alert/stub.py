"""A text provider that answers after a while and counts: `python -m benchmarks.alert.stub PORT SECONDS`.

It speaks as much of Twilio's protocol as its official client needs. `GET /counts` tells how many arrived, how
many of them for the second time, and when, on the clock that all processes of a machine share; `GET
/first/REFERENCE` when the first text of a broadcast did; `GET /forget` begins anew. `GET /busy/N` turns the
next N texts away (429), `GET /cut/N` takes the next N and hangs up, `GET /away/N` is gone for N seconds.
Nothing else is done for a text, so that its half of a machine is as small as can be.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from array import array
from collections import deque

_END = b"\r\n\r\n"
_ANSWER = (
    b"HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: 65\r\n\r\n"
    b'{"sid": "SM%032d", "status": "queued"}'
)
_BUSY = b"HTTP/1.1 429 Too Many Requests\r\nRetry-After: 1\r\nContent-Length: 2\r\n\r\n{}"
_OTHERS = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"


class Counts:
    """What has arrived so far. A text is known by the reference in its receipts' address."""

    def __init__(self) -> None:
        self.seen: set[int] = set()
        self.doubled = 0
        self.at = array("d")
        self.firsts: dict[bytes, float] = {}

    def take(self, body: bytes) -> int:
        """Count one; returns which it is."""
        self.at.append(time.monotonic())
        place = body.find(b"m%3D")
        if place < 0:
            place = body.find(b"To=")
        end = body.find(b"&", place)
        whole = body[place + 4 : end if end > 0 else len(body)]
        # A delivery is called b...-17 after its broadcast; what is called otherwise is a text by itself.
        self.firsts.setdefault(whole.partition(b"-")[0] if whole[:1] == b"b" else whole, self.at[-1])
        key = hash(whole)
        if key in self.seen:
            self.doubled += 1
        self.seen.add(key)
        return len(self.at)

    def told(self) -> dict[str, object]:
        """As JSON has it: the busiest second is that of any second, not of a clock's."""
        moments, first, worst = self.at, 0, 0
        for last, moment in enumerate(moments):
            while moment - moments[first] >= 1:
                first += 1
            worst = max(worst, last - first + 1)
        ends = [moments[0], moments[-1]] if moments else [0, 0]
        told = {"first": ends[0], "last": ends[1], "worst": worst, "now": time.monotonic()}
        return {"taken": len(moments), "doubled": self.doubled, **told}


class Provider(asyncio.Protocol):
    """One kept connection."""

    counts = Counts()
    waiting: deque[tuple[float, asyncio.Transport, bytes]] = deque()
    seconds = 0.05
    faults = {"busy": 0, "cut": 0}
    away = 0.0
    links: set[asyncio.Transport] = set()

    def connection_lost(self, _error: Exception | None) -> None:
        """It is gone."""
        self.links.discard(self._link)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin with nothing read."""
        self.links.add(transport)  # type: ignore[arg-type]
        self._link: asyncio.Transport = transport  # type: ignore[assignment]
        self._read = b""

    def data_received(self, data: bytes) -> None:
        """Answer what has come whole."""
        self._read += data
        head = self._read.find(_END)
        if head < 0:
            return
        length = self._read.find(b"Content-Length: ")
        many = int(self._read[length + 16 : self._read.index(b"\r\n", length)]) if 0 <= length < head else 0
        if len(self._read) < head + 4 + many:
            return
        whole, self._read = self._read, b""
        if whole.startswith(b"POST") and self._is_struck("busy"):
            self._link.write(_BUSY)
        elif whole.startswith(b"POST"):
            number = Provider.counts.take(whole[head + 4 :])
            if self._is_struck("cut"):
                self._link.abort()
                return
            due = time.monotonic() + self.seconds
            self.waiting.append((due, self._link, _ANSWER % number))
        else:
            self._tell(whole)

    def _is_struck(self, fault: str) -> bool:
        left = self.faults[fault]
        self.faults[fault] = max(left - 1, 0)
        return left > 0

    def _tell(self, whole: bytes) -> None:
        what, _, named = whole.split(b" ", 2)[1].decode()[1:].partition("/")
        if what in self.faults:
            self.faults[what] = int(named)
        elif what == "away":
            Provider.away = float(named)
        elif what == "forget":
            Provider.counts = Counts()
        first = {"at": Provider.counts.firsts.get(named.encode())}
        told = json.dumps(first if what == "first" else Provider.counts.told()).encode()
        self._link.write(_OTHERS % (len(told), told))


async def answer() -> None:
    """Give each its answer when it is due: all wait equally long, so the first is due first."""
    waiting = Provider.waiting
    while True:
        now = time.monotonic()
        while waiting and waiting[0][0] <= now:
            _, link, said = waiting.popleft()
            if not link.is_closing():
                link.write(said)
        await asyncio.sleep(min(max(waiting[0][0] - now, 0.0005), 0.01) if waiting else 0.002)


async def main(port: int, seconds: float) -> None:
    """Listen until killed."""
    Provider.seconds = seconds
    answering = asyncio.create_task(answer())
    while not answering.done():
        server = await asyncio.get_running_loop().create_server(Provider, "127.0.0.1", port, backlog=2048)
        while not Provider.away:
            await asyncio.sleep(0.02)
        await asyncio.sleep(0.02)  # whoever sent it away has its answer
        server.close()
        for link in list(Provider.links):
            link.abort()
        await asyncio.sleep(Provider.away)
        Provider.away = 0.0


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), float(sys.argv[2])))
