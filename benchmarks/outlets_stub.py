"""Partners that answer in 50 ms, as many as there are paths: `python -m benchmarks.outlets_stub PORT`.

GET says at once when the last of them had answered, by the machine's monotonic clock.
"""

from __future__ import annotations

import asyncio
import sys
import time

ANSWERS_IN = 0.05
_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b"
_last = [0.0]


async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """One kept connection."""
    try:
        while True:
            head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
            length = int(head.partition("content-length:")[2].partition("\r\n")[0] or 0)
            await reader.readexactly(length)
            body = b"{}"
            if head.startswith("get "):
                body = repr(_last[0]).encode()
            else:
                await asyncio.sleep(ANSWERS_IN)
            writer.write(_HEAD % (len(body), body))
            await writer.drain()
            if not head.startswith("get "):
                _last[0] = time.perf_counter()
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


async def main(port: int) -> None:
    """Listen until killed."""
    server = await asyncio.start_server(serve, "127.0.0.1", port, backlog=1024)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
