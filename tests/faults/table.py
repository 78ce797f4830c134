"""The table of faults: which there are, and the row that each must give."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

FAULTS = (
    "worker killed before the provider call",
    "worker killed during the provider call",
    "worker killed after the provider call",
    "staff site killed in a request",
    "public site killed while receipts come",
    "launcher killed",
    "Redis stopped",
    "Redis flushed",
    "Redis restarted",
    "Postgres restarted",
    "Postgres crashed",
    "provider slow",
    "provider busy (429)",
    "provider fault (500)",
    "provider fault after accepting (500)",
    "connection cut before accepting",
    "connection cut after accepting",
    "receipts lost",
    "receipts doubled",
    "receipts early",
    "receipts late and in the wrong order",
    "receipts forged",
    "two officers and eight workers on one incident",
    "clocks go forward",
    "clocks go back",
    "outlets away while they are told (500)",
    "outlets busy while they are told (429)",
    "outlets say that it is gone and show it",
    "outlets cut after accepting an appeal",
    "outlets fail after accepting an appeal (500)",
    "worker killed while outlets are told",
    "Redis stopped when somebody is found",
    "worker killed over and over in a fan-out",
    "Postgres restarted in a fan-out",
    "Redis flushed in a fan-out",
    "provider down in a fan-out",
    "provider busy in a fan-out (429)",
    "connections cut after accepting in a fan-out",
    "cancelled in a fan-out",
    "everybody tries every wall",
    "a service taken out, each in turn",
)
COLUMNS = (
    "fault",
    "hit",
    "intended",
    "accepted",
    "unknown",
    "doubled",
    "mistaken",
    "audit rows",
    "sealed",
    "verdict",
)
HOLDS, BROKEN, DID_NOT_RUN = "holds", "BROKEN", "DID NOT RUN"


def write_row(row: Mapping[str, object]) -> None:
    """Hand one row to whoever prints the table."""
    with Path(os.environ["HARBOUR_FAULTS"]).open("a") as stream:
        stream.write(json.dumps(row) + "\n")


def read_rows(path: Path) -> dict[str, dict[str, object]]:
    """The rows that were written, by fault."""
    lines = path.read_text().splitlines() if path.exists() else []
    return {row["fault"]: row for row in map(json.loads, lines)}


def complete(rows: Mapping[str, Mapping[str, object]]) -> list[dict[str, object]]:
    """A row for every fault there is: one that gave none says so."""
    missing = dict.fromkeys(COLUMNS, "-") | {"verdict": DID_NOT_RUN}
    return [dict(rows.get(fault, missing | {"fault": fault})) for fault in FAULTS]


def drawn(rows: Sequence[Mapping[str, object]]) -> str:
    """The table as text, its columns aligned."""
    lines = [COLUMNS, *(tuple(str(row[column]) for column in COLUMNS) for row in rows)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(COLUMNS))]
    texts = [
        " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    ]
    return "\n".join([texts[0], "-|-".join("-" * width for width in widths), *texts[1:]])


def all_hold(rows: Sequence[Mapping[str, object]]) -> bool:
    """Whether every fault was injected and nothing was lost or doubled by it."""
    return all(row["verdict"] == HOLDS for row in rows)
