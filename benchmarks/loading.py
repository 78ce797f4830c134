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


def chosen(name: str) -> list[Load]:
    """One of them by its name, or all that begin with it: `appeals` is every load of appeals."""
    of_room = [one for one in names() if one.startswith(f"{name}_")]
    return [named(one) for one in of_room] if of_room and name not in names() else [named(name)]


def named(name: str) -> Load:
    """One of them. Exits with the names there are."""
    if name not in names():
        raise SystemExit(f"no load named {name}; there are: {', '.join(names())}, and matching and desk.")
    load: Load = import_module(f"benchmarks.loads.{name}").LOAD
    return load
