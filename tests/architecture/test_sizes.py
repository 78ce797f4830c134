"""A file that has grown too long to read in one sitting is split by entity."""

from pathlib import Path

import pytest

from tests.floors import BESIDE, FLOORS, ROOT

LONGEST = 300


def _files() -> list[Path]:
    found = [ROOT / "dev.py", ROOT / "manage.py"]
    for room in (*FLOORS, *BESIDE):
        found += [path for path in (ROOT / room).rglob("*.py") if "migrations" not in path.parts]
    return found


@pytest.mark.parametrize("path", _files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_python_file_stays_under_300_lines(path: Path) -> None:
    assert len(path.read_text().splitlines()) < LONGEST
