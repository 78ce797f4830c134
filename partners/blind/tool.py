"""The encoding tool of a partner: runs beside its own records, with Python alone, and sends nothing anywhere.

    python3 blind_encode.pyz PEOPLE.csv PATTERNS.csv --key KEYFILE [--json]

PEOPLE.csv names its columns in the first line: label (your own reference of the record, never a name), and
any of given_names, family_name, date_of_birth (1999-12-31 or 31/12/1999), sex, postcode, town. KEYFILE holds
the key that you were shown once. Upload PATTERNS.csv; PEOPLE.csv and the key stay with you.
"""

from __future__ import annotations

import argparse
import io
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path

from partners.blind.encoding import NotAKey, key_bytes
from partners.blind.files import BadFile, as_csv, as_json, people_from, sealed

NAME = "blind_encode.pyz"
_MADE = (1980, 1, 1, 0, 0, 0)
# What the tool is made of, and nothing else of the product.
_PARTS = (
    "missingcases/names.py",
    "partners/blind/encoding.py",
    "partners/blind/files.py",
    "partners/blind/tool.py",
)
_PACKAGES = ("missingcases/__init__.py", "partners/__init__.py", "partners/blind/__init__.py")
_START = "import sys\nfrom partners.blind.tool import main\nsys.exit(main(sys.argv[1:]))\n"


def main(arguments: Sequence[str]) -> int:
    """Encode; 0 where the patterns were written, 2 with a line on what is wrong where they were not."""
    parser = argparse.ArgumentParser(prog=NAME, description="Encode records. Nothing is sent anywhere.")
    parser.add_argument("people", type=Path, help="your records, as CSV")
    parser.add_argument("patterns", type=Path, help="where the patterns are written")
    parser.add_argument("--key", type=Path, required=True, help="a file that holds the key")
    parser.add_argument("--json", action="store_true", help="write JSON, not CSV")
    given = parser.parse_args(list(arguments))
    try:
        key = key_bytes(given.key.read_text(encoding="ascii"))
        found, bare = people_from(given.people.read_text(encoding="utf-8"))
        held = sealed(found, key)
        given.patterns.write_text((as_json if given.json else as_csv)(held), encoding="utf-8")
    except (BadFile, NotAKey, OSError, UnicodeDecodeError) as problem:
        sys.stderr.write(f"{problem}\n")
        return 2
    sys.stdout.write(f"{len(held.rows)} records encoded into {given.patterns}.\n")
    if bare:
        sys.stdout.write(f"{len(bare)} left out, as too little is known of them: {', '.join(bare[:20])}\n")
    return 0


def packed() -> bytes:
    """The tool as one file that any Python runs; the same bytes each time, so that its digest can be told."""
    root = Path(__file__).resolve().parents[2]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in _PARTS:
            archive.writestr(zipfile.ZipInfo(name, _MADE), (root / name).read_bytes())
        for name in _PACKAGES:
            archive.writestr(zipfile.ZipInfo(name, _MADE), "")
        archive.writestr(zipfile.ZipInfo("__main__.py", _MADE), _START)
    return out.getvalue()
