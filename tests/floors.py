"""The floors of the product, as its folders have them: what every rule over all of our own code goes by.

A service that is added is found here by itself; `tests/architecture/test_floors.py` holds the lists that
cannot look for themselves (pyproject.toml, the launcher) to it.
"""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# Packages beside the product: what starts it, tries it and measures it.
BESIDE = ("launcher", "tests", "benchmarks")
FLOORS = tuple(
    sorted(
        path.name for path in ROOT.iterdir() if (path / "__init__.py").exists() and path.name not in BESIDE
    )
)


def belongs(module: str) -> bool:
    """Whether a module of that name is our own."""
    return module.partition(".")[0] in FLOORS
