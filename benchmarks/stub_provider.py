"""A text provider that takes everything at once and says when: `python -m benchmarks.stub_provider PORT`.

It speaks as much of Twilio's protocol as the official client needs, and prints for each text the number
and the moment it had arrived whole, on the clock that all processes of a machine share.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from urllib.parse import parse_qs
from uuid import uuid4


async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """One kept connection."""
    try:
        while True:
            head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
            length = int(head.partition("content-length:")[2].partition("\r\n")[0] or 0)
            form = parse_qs((await reader.readexactly(length)).decode())
            if "To" in form:
                sys.stdout.write(f"{form['To'][0]} {time.monotonic()}\n")
                sys.stdout.flush()
            writer.write(_answer(form))
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


def _answer(form: dict[str, list[str]]) -> bytes:
    told = {"sid": f"SM{uuid4().hex}", "status": "queued", "to": form.get("To", [""])[0]}
    body = json.dumps(told).encode()
    head = f"HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


async def main(port: int) -> None:
    """Listen until killed."""
    server = await asyncio.start_server(serve, "127.0.0.1", port)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
