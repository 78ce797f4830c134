"""`python -m config.healthcheck PORT`: what a container's health check runs. Standard library only.

It speaks as the proxy in front would (host name and https), so that the production settings answer.
"""

from __future__ import annotations

import http.client
import os
import sys
from urllib.parse import urlsplit


def main(port: int) -> int:
    """0 when the web process on this port is ready."""
    base = os.environ.get(
        "PUBLIC_BASE_URL" if "public" in os.environ.get("ROOT_URLCONF", "") else "STAFF_BASE_URL"
    )
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=4)
    link.request(
        "GET",
        "/health/ready/",
        headers={"Host": urlsplit(base or "").netloc or "localhost", "X-Forwarded-Proto": "https"},
    )
    return 0 if link.getresponse().status == 200 else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
