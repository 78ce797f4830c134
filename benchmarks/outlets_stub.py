"""Partners that answer in 50 ms, as many as there are paths: `python -m benchmarks.outlets_stub PORT`.

GET says at once when the last of them had answered, by the machine's monotonic clock. It is as small as can
be: two hundred partners are two hundred machines elsewhere, and here one process on one of two cores.
"""

from __future__ import annotations

import asyncio
import sys
import time
from typing import cast

ANSWERS_IN = 0.05
_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b"
_TAKEN = _HEAD % (2, b"{}")
_END, _LENGTH = b"\r\n\r\n", b"\r\ncontent-length:"
_last = [0.0]


class Partner(asyncio.Protocol):
    """One kept connection."""

    def __init__(self) -> None:
        self._got = b""
        self._loop = asyncio.get_running_loop()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Somebody calls."""
        self._line = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        """Answer what has come whole."""
        self._got += data
        while (end := self._got.find(_END)) >= 0:
            head = self._got[:end].lower()
            said = head.partition(_LENGTH)[2].partition(b"\r")[0]
            whole = end + len(_END) + int(said or 0)
            if len(self._got) < whole:
                return
            self._got = self._got[whole:]
            if head.startswith(b"get "):
                body = repr(_last[0]).encode()
                self._line.write(_HEAD % (len(body), body))
            else:
                self._loop.call_later(ANSWERS_IN, self._answer)

    def _answer(self) -> None:
        self._line.write(_TAKEN)
        _last[0] = time.perf_counter()


async def main(port: int) -> None:
    """Listen until killed."""
    server = await asyncio.get_running_loop().create_server(Partner, "127.0.0.1", port, backlog=1024)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
