"""Free ports on loopback."""

from __future__ import annotations

import random
import socket

# Below the range the kernel hands out for outgoing connections, so that a server that is
# stopped and started again finds its port still free.
LOWEST, HIGHEST = 20000, 32000
# Not the shared generator: whoever seeds it (tests do) gives two processes the same row of ports, and
# then one reaches the other's server.
_random = random.SystemRandom()
_picked: set[int] = set()


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
    """A port that is free now and was not given before in this process.

    Another process may still take it: callers retry with a new one.
    """
    while True:
        port = _random.randint(LOWEST, HIGHEST)
        if port not in _picked and is_free(port):
            _picked.add(port)
            return port


def answers(port: int, host: str = "127.0.0.1") -> bool:
    """Whether something accepts connections here."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.settimeout(0.5)
        return probe.connect_ex((host, port)) == 0
