"""Free ports on loopback."""

from __future__ import annotations

import random
import socket

# Below the range the kernel hands out for outgoing connections, so that a server that is
# stopped and started again finds its port still free.
LOWEST, HIGHEST = 20000, 32000


def is_free(port: int, host: str = "127.0.0.1") -> bool:
    """Whether a server could listen here now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def pick() -> int:
    """A port that is free now. Another process may still take it: callers retry with a new one."""
    while True:
        port = random.randint(LOWEST, HIGHEST)  # noqa: S311
        if is_free(port):
            return port


def answers(port: int, host: str = "127.0.0.1") -> bool:
    """Whether something accepts connections here."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.settimeout(0.5)
        return probe.connect_ex((host, port)) == 0
