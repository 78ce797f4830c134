"""One worker process of ours, for one run: `python -m benchmarks.alert.worker LANE SECONDS`.

It prints "ready", waits for a line on its standard input, sends, and prints as JSON how many, in how long,
and how much processor time and memory it took.
"""

from __future__ import annotations

import json
import resource
import sys
import time

import django


def main(lane: str, seconds: float) -> None:
    """Send until nothing is left, or for so long."""
    import config  # noqa: F401 - it sets Celery up, which reads these settings

    django.setup()
    from foundation.messaging import services as messaging

    messaging.send_broadcasts(lane="normal")
    memory = _megabytes()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    began, processor = time.monotonic(), time.process_time()
    sent = messaging.send_broadcasts(lane=lane, seconds=seconds)
    told = {
        "sent": sent,
        "seconds": time.monotonic() - began,
        "processor": time.process_time() - processor,
        "memory_before": memory,
        "memory": _megabytes(),
    }
    sys.stdout.write(json.dumps(told) + "\n")


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))
