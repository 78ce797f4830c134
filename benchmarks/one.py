"""One load at one size in a process of its own: `python -m benchmarks.one NAME ROWS FILE [ROUNDS]`."""

from __future__ import annotations

import json
import os
import sys
from importlib import import_module
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


def main(name: str, rows: str, file: str, rounds: str = "0") -> None:
    """Measure and leave the figures in `file`."""
    django.setup()
    from benchmarks.harness import measure

    load = import_module(f"benchmarks.loads.{name}").LOAD
    found = measure(load, int(rows), rounds=int(rounds) or None)
    Path(file).write_text(json.dumps(found.told()))


if __name__ == "__main__":
    main(*sys.argv[1:])
