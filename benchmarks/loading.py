"""Finding the loads."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from benchmarks.load import Load

FOLDER = Path(__file__).parent / "loads"


def every_load() -> list[Load]:
    """All of them, by name."""
    return [named(name) for name in names()]


def names() -> list[str]:
    """The names that `dev.py bench` takes."""
    return sorted(path.stem for path in FOLDER.glob("*.py") if path.stem != "__init__")


def named(name: str) -> Load:
    """One of them. Exits with the names there are."""
    if name not in names():
        raise SystemExit(f"no load named {name}; there are: {', '.join(names())}, and matching and desk.")
    load: Load = import_module(f"benchmarks.loads.{name}").LOAD
    return load
