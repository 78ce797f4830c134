"""A task that takes its time, for workers of tests (`celery worker --include`)."""

from __future__ import annotations

import time
from pathlib import Path

from config.celery import app


@app.task(name="tests.take_time")
def take_time(seconds: float, sign: str) -> None:
    """Work for so long, then leave a file there."""
    time.sleep(seconds)
    Path(sign).touch()
