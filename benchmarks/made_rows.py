"""Files of past incidents as a force would hand them over: an invented force's, the same at every run."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

COLUMNS = (
    "force_reference", "status", "reported_at", "given_names", "family_name", "aliases", "date_of_birth",
    "sex", "telephone", "address", "risk_level", "last_seen_at", "last_seen_place", "looked_after",
    "located_at", "found_by", "outcome", "harm", "closed_at", "reporter_name", "reporter_relation",
    "reporter_telephone",
)  # fmt: skip
_GIVEN = (
    "Alex", "Amira", "Bo", "Chidi", "Daisy", "Ewa", "Finn", "Grace", "Hamza", "Isla", "Jakub", "Kaya",
    "Leo", "Maja", "Noah", "Olivia", "Priya", "Rhys", "Siobhan", "Tariq",
)  # fmt: skip
_SYLLABLES = ("ak", "bar", "cor", "den", "el", "far", "gal", "hol", "in", "jor", "kin", "lam", "mor", "ney")
_STREETS = ("Example Street", "Station Road", "Mill Lane", "Church Close", "Park View")
_RISKS = ("low", "medium", "medium", "medium", "high")
_FIRST_DAY = datetime(2014, 1, 1)


def write_file(path: Path, rows: int, *, prefix: str, seed: int = 7) -> Path:
    """Write a CSV of `rows` incidents, one in twenty still open; the same arguments give the same bytes."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(COLUMNS)
        writer.writerows(_rows(rows, prefix, random.Random(seed)))
    return path


def _rows(count: int, prefix: str, dice: random.Random) -> Iterator[list[str]]:
    for number in range(count):
        yield _row(f"{prefix}/{number}", dice, is_open=number % 20 == 0)


def _row(reference: str, dice: random.Random, *, is_open: bool) -> list[str]:
    reported = _FIRST_DAY + timedelta(minutes=dice.randrange(10 * 365 * 24 * 60))
    found = reported + timedelta(minutes=dice.randrange(30, 3000))
    ending = ["", "", "", "", ""]
    if not is_open:
        ending = [_time(found), "police", "located_alive", "not_known", _time(found + timedelta(hours=3))]
    return [
        reference,
        "missing" if is_open else "closed",
        _time(reported),
        dice.choice(_GIVEN),
        _family_name(dice),
        "Lex; Sandy" if dice.random() < 0.1 else "",
        (reported - timedelta(days=dice.randrange(11 * 365, 60 * 365))).strftime("%d/%m/%Y"),
        dice.choice(("female", "male")),
        _telephone(dice) if dice.random() < 0.7 else "",
        _address(dice),
        dice.choice(_RISKS),
        _time(reported - timedelta(hours=dice.randrange(1, 12))),
        "Brixton station",
        dice.choice(("yes", "no", "no", "no")),
        *ending,
        "Sam Example",
        "parent",
        _telephone(dice),
    ]


def _time(moment: datetime) -> str:
    if moment.month in {3, 10}:  # clear of the hours that the clocks skip or have twice
        moment = moment.replace(hour=12)
    return moment.strftime("%d/%m/%Y %H:%M")


def _family_name(dice: random.Random) -> str:
    return "".join(dice.choice(_SYLLABLES) for _ in range(3)).capitalize()


def _address(dice: random.Random) -> str:
    postcode = f"SE{dice.randrange(1, 28)} {dice.randrange(1, 9)}AB"
    return f"{dice.randrange(1, 200)} {dice.choice(_STREETS)}, {postcode}"


def _telephone(dice: random.Random) -> str:
    """From the range kept for drama."""
    return f"07700 900{dice.randrange(1000):03d}"
