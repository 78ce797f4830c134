"""A file that has grown too long to read in one sitting is split by entity."""

from pathlib import Path

from tests.floors import BESIDE, FLOORS, ROOT

LONGEST = 300


def _files() -> list[Path]:
    found = [ROOT / "dev.py", ROOT / "manage.py"]
    for room in (*FLOORS, *BESIDE):
        found += [path for path in (ROOT / room).rglob("*.py") if "migrations" not in path.parts]
    return found


def test_a_python_file_stays_under_300_lines() -> None:
    """One test for all: as a test each they took longer than the walls."""
    lengths = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in _files()}
    assert len(lengths) > 1_000
    assert {name: length for name, length in lengths.items() if length >= LONGEST} == {}
