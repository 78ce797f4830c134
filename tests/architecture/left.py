"""The product without some of its services, in a folder of its own, and what can be done with it."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.architecture.taking_out import copy_without
from tests.processes import compiled_in

ROOT = Path(__file__).resolve().parents[2]
# What must go on working whatever service is missing: an incident from report to closing, and its pages.
TESTS = ("tests/missingcases/test_one_incident.py", "tests/missingcases_pages/test_reach.py")


@dataclass(frozen=True)
class Left:
    """The product without some services, in a folder of its own."""

    without: tuple[str, ...]
    folder: Path

    def run(self, *argv: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run Python there, with nothing of this checkout in its path."""
        env = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "COV_"))}
        here = {"PYTHONPATH": str(self.folder), "DJANGO_SETTINGS_MODULE": "config.settings"}
        return subprocess.run(
            [sys.executable, *argv],
            env=compiled_in(self.folder.parent, {**env, **here, **more}, self._same()),
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=1800,  # a busy machine is not a fault
            check=False,
        )

    def _same(self) -> dict[Path, Path]:
        """What stands in the checkout: the libraries, and the floors that are linked."""
        venv = Path(sys.prefix)
        linked = {path: path.resolve() for path in self.folder.iterdir() if path.is_symlink()}
        return {venv: venv, **linked}

    def works(self, **more: str) -> subprocess.CompletedProcess[str]:
        """Its own test run migrates a database, takes an incident to its end and opens its pages."""
        return self.run("-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", *TESTS, **more)


# They stand above the services.
READERS = ("reports",)


def services() -> list[str]:
    """The packages above `missingcases` and below what reads them all."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    floors = next(one["layers"] for one in contracts if one["name"].startswith("A floor imports"))
    between = floors[1 : floors.index("missingcases")]
    return [name.strip() for floor in between for name in floor.split("|") if name not in READERS]


@contextlib.contextmanager
def copied(place: Path, *services: str) -> Iterator[Left]:
    """A copy of the product without these services; at one place all that is the same is compiled once.

    What reads every service goes with any of them.
    """
    gone = tuple(dict.fromkeys((*services, *READERS)))
    folder = place / "harbour"
    folder.mkdir()
    copy_without(gone, ROOT, folder)
    yield Left(gone, folder)
    shutil.rmtree(folder)
