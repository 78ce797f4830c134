"""Files of labelled patterns: written beside a partner's records, read here. Only the standard library.

As CSV the first line says the format and the mark of the key, the second names the columns, the last is the
seal. As JSON the same stands under `format`, `key`, `rows` (pairs of label and pattern) and `seal`.
"""

from __future__ import annotations

import base64
import binascii
import csv
import hmac
import io
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass

from partners.blind.encoding import BYTES, FORMAT, Known, as_text, key_mark, known_from, pattern_of, seal

HEADINGS = ("label", "pattern")
LABEL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,39}")
MOST_ROWS = 10_000
MOST_BYTES = 8 * 1024 * 1024
_MARK = re.compile(r"[0-9a-f]{16}")
_SEAL = re.compile(r"[0-9a-f]{64}")


class BadFile(ValueError):
    """What is wrong with a file, in words for whoever made it."""


@dataclass(frozen=True, slots=True)
class Patterns:
    """What a file holds. `rows` are labels and patterns as text, in the order in which they were sealed."""

    mark: str
    rows: tuple[tuple[str, str], ...]
    seal: str

    def is_whole(self, key: bytes) -> bool:
        """Whether nobody has changed, added or left out a row since it was sealed with `key`."""
        return hmac.compare_digest(self.seal, seal(key, self.rows))

    def patterns(self) -> list[bytes]:
        """Each pattern as bytes."""
        return [base64.b64decode(pattern) for _, pattern in self.rows]


def sealed(rows: Iterable[tuple[str, Known]], key: bytes) -> Patterns:
    """Encode labelled people with a key."""
    made = tuple((label, as_text(pattern_of(known, key))) for label, known in rows)
    return Patterns(key_mark(key), made, seal(key, made))


def as_csv(held: Patterns) -> str:
    """The file, as CSV."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow((FORMAT, held.mark))
    writer.writerow(HEADINGS)
    writer.writerows(held.rows)
    writer.writerow(("seal", held.seal))
    return out.getvalue()


def as_json(held: Patterns) -> str:
    """The file, as JSON."""
    rows = [list(row) for row in held.rows]
    return json.dumps({"format": FORMAT, "key": held.mark, "rows": rows, "seal": held.seal})


def read(content: bytes) -> Patterns:
    """What a file holds. Raises `BadFile`; that it was sealed with the right key is not asked here."""
    if len(content) > MOST_BYTES:
        raise BadFile("The file is larger than 8 MB.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadFile(
            "The file is not text in UTF-8. Upload the file that the encoding tool wrote."
        ) from None
    return of_parts(*(_from_json(text) if text.lstrip().startswith("{") else _from_csv(text)))


def of_parts(form: object, mark: object, rows: object, sealing: object) -> Patterns:
    """The same from what a program sent. Raises `BadFile`."""
    if form != FORMAT:
        raise BadFile(f"This is not a file of patterns of the form {FORMAT}. Use the tool offered here.")
    if not isinstance(mark, str) or not _MARK.fullmatch(mark):
        raise BadFile("The file does not say which key it was made with.")
    if not isinstance(sealing, str) or not _SEAL.fullmatch(sealing):
        raise BadFile("The file has no seal. It was cut off, or changed after it was made.")
    if not isinstance(rows, list) or not rows:
        raise BadFile("The file has no rows.")
    if len(rows) > MOST_ROWS:
        raise BadFile(f"The file has more than {MOST_ROWS:,} rows. Send it in parts.")
    held = tuple(_row(at, row) for at, row in enumerate(rows, start=1))
    if len({label for label, _ in held}) < len(held):
        raise BadFile("A label stands on more than one row.")
    return Patterns(mark, held, sealing)


def people_from(text: str) -> tuple[list[tuple[str, Known]], list[str]]:
    """Labelled people of a partner's own CSV, and the labels of those of whom too little is known.

    Its columns are `label` and any of those encoded. Raises `BadFile`.
    """
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    if "label" not in (reader.fieldnames or []):
        raise BadFile("The first line must name the columns, and one of them must be: label")
    found, bare, seen = [], [], set()
    for row in reader:
        label = (row.get("label") or "").strip()
        if not LABEL.fullmatch(label) or label in seen:
            raise BadFile(
                f"Line {reader.line_num}: the label must be your own reference of the record, once each, of "
                "up to 40 letters, digits and . _ / - (never a name)."
            )
        seen.add(label)
        known = known_from(row)
        if known.is_enough:
            found.append((label, known))
        else:
            bare.append(label)
    return found, bare


def _row(at: int, row: object) -> tuple[str, str]:
    if not isinstance(row, list | tuple) or len(row) != 2 or not all(isinstance(one, str) for one in row):
        raise BadFile(f"Row {at} is not a label and a pattern.")
    label, pattern = row
    if not LABEL.fullmatch(label):
        raise BadFile(f"Row {at}: the label is not a plain reference.")
    try:
        held = base64.b64decode(pattern, validate=True)
    except (binascii.Error, ValueError):
        held = b""
    if len(held) != BYTES or not any(held):
        raise BadFile(f"Row {at}: the pattern is not one of {8 * BYTES} places.")
    return label, pattern


def _from_json(text: str) -> tuple[object, object, object, object]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise BadFile("The file is not whole JSON.") from None
    return found.get("format"), found.get("key"), found.get("rows"), found.get("seal")


def _from_csv(text: str) -> tuple[object, object, object, object]:
    try:
        lines = [line for line in csv.reader(io.StringIO(text)) if line]
    except csv.Error:
        raise BadFile("The file is not whole CSV.") from None
    if not lines or len(lines[0]) != 2 or lines[0][0] != FORMAT:
        return None, None, None, None
    has_seal = len(lines) > 2 and len(lines[-1]) == 2 and lines[-1][0] == "seal"
    if len(lines) < 2 or tuple(lines[1]) != HEADINGS:
        raise BadFile("The second line must name the columns label and pattern.")
    return (
        lines[0][0],
        lines[0][1],
        lines[2:-1] if has_seal else lines[2:],
        lines[-1][1] if has_seal else None,
    )
