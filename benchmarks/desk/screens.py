"""Screens without a browser: each asks as static/js/desk.js does, and notes when it was told of what.

Run as a process of its own, so that its work is not counted with anybody else's:
``python -m benchmarks.desk.screens HOST PORT SECONDS`` with one Cookie header a line on standard input.
Prints a JSON line for each answer but 304: time, number of the screen, status, references in it; and last
how many polls there were.
"""

from __future__ import annotations

import asyncio
import json
import random
import re
import sys
import time

POLL_SECONDS = 1.0
_REFERENCE = re.compile(rb'value="(MI-[0-9A-Z]+)"')


class Screen:
    """One open desk on one kept-alive connection."""

    def __init__(self, number: int, cookie: str, host: str, port: int) -> None:
        self.number, self.cookie, self.host, self.port = number, cookie, host, port
        self.tag = ""
        self.polls = 0

    async def watch(self, until: float) -> None:
        """Poll until that time; a lost connection is opened again at the next poll."""
        await asyncio.sleep(random.random() * POLL_SECONDS)
        connection = None
        while time.time() < until:
            asked = time.time()
            try:
                connection = connection or await asyncio.open_connection(self.host, self.port)
                await self._poll(*connection)
            except (OSError, asyncio.IncompleteReadError):
                connection = None
                continue
            await asyncio.sleep(max(0.0, POLL_SECONDS - (time.time() - asked)))

    async def _poll(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        lines = [
            "GET /desk/list/ HTTP/1.1",
            f"Host: {self.host}:{self.port}",
            f"Cookie: {self.cookie}",
            f"If-None-Match: {self.tag}",
            "X-Harbour-Poll: 1",
            "HX-Request: true",
        ]
        writer.write(("\r\n".join(lines) + "\r\n\r\n").encode())
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        status = int(head.split(" ", 2)[1])
        headers = {
            name.lower(): value.strip()
            for name, _, value in (line.partition(":") for line in head.splitlines()[1:])
        }
        body = await reader.readexactly(int(headers.get("content-length", "0"))) if status != 304 else b""
        self.polls += 1
        if status == 304:
            return
        self.tag = headers.get("etag", "")
        seen = [found.decode() for found in _REFERENCE.findall(body)]
        print(json.dumps([time.time(), self.number, status, seen]), flush=True)


async def main(host: str, port: int, seconds: float, cookies: list[str]) -> None:
    """Open every screen and watch."""
    screens = [Screen(number, cookie, host, port) for number, cookie in enumerate(cookies)]
    until = time.time() + seconds
    await asyncio.gather(*(screen.watch(until) for screen in screens))
    print(json.dumps({"polls": sum(screen.polls for screen in screens)}), flush=True)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), sys.stdin.read().split("\n")[:-1]))
