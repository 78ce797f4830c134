"""Splink 5 over a table, on DuckDB, set up as its own guides for FEBRL and for names advise."""

from __future__ import annotations

import logging
from typing import Any

import pandas
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from benchmarks.matching.records import Data, Pair, Record

logging.getLogger("splink").setLevel(logging.ERROR)
_COLUMNS = ("given", "family", "born", "number", "street", "suburb", "postcode", "sex", "phone")
# Wider than its guide for FEBRL, so that it loses no pair by blocking that it could have scored.
BLOCKS = (
    ("given", "family"),
    ("born",),
    ("postcode", "number"),
    ("street", "number"),
    ("suburb", "family"),
    ("suburb", "given"),
    ("family", "substr(born, 1, 4)"),
    ("given", "substr(born, 1, 4)"),
    ("given", "substr(born, 5, 4)"),
    ("family", "substr(born, 5, 4)"),
    ("street", "postcode"),
    ("phone",),
)


def scored(data: Data) -> dict[Pair, float]:
    """Every pair it blocks, with its match weight in bits."""
    linker = Linker(_tables(data), _settings(data), log_level=logging.ERROR)
    _train(linker)
    found = linker.inference.predict(threshold_match_weight=-20).as_pandas_dataframe()
    left, right, weight = found["unique_id_l"], found["unique_id_r"], found["match_weight"]
    return {
        (min(int(one), int(other)), max(int(one), int(other))): float(bits)
        for one, other, bits in zip(left, right, weight, strict=True)
    }


def _tables(data: Data) -> Any:
    api = DuckDBAPI()
    sides = sorted({one.side for one in data.records})
    tables = [
        api.register(
            pandas.DataFrame([_row(at, one) for at, one in enumerate(data.records) if one.side == side])
        )
        for side in sides
    ]
    return tables if data.linked else tables[0]


def _row(at: int, one: Record) -> dict[str, Any]:
    row: dict[str, Any] = {name: getattr(one, name) or None for name in _COLUMNS}
    row["whole_name"] = f"{one.given} {one.family}" if one.given and one.family else None
    return {"unique_id": at, **row}


def _settings(data: Data) -> SettingsCreator:
    comparisons = [
        cl.ForenameSurnameComparison("given", "family", forename_surname_concat_col_name="whole_name"),
        cl.DateOfBirthComparison(
            "born", input_is_string=True, datetime_format="%Y%m%d", invalid_dates_as_null=True
        ),
        cl.ExactMatch("number").configure(term_frequency_adjustments=True),
        cl.JaroWinklerAtThresholds("street", [0.92, 0.8]),
        cl.JaroWinklerAtThresholds("suburb", [0.92, 0.8]).configure(term_frequency_adjustments=True),
        cl.DamerauLevenshteinAtThresholds("postcode", [1, 2]).configure(term_frequency_adjustments=True),
    ]
    if any(one.phone for one in data.records):
        comparisons += [cl.ExactMatch("phone"), cl.ExactMatch("sex")]
    return SettingsCreator(
        link_type="link_only" if data.linked else "dedupe_only",
        comparisons=comparisons,
        blocking_rules_to_generate_predictions=[block_on(*columns) for columns in BLOCKS],
        retain_matching_columns=False,
    )


def _train(linker: Any) -> None:
    linker.training.estimate_probability_two_random_records_match(
        [
            block_on("given", "family", "born"),
            block_on("street", "number", "born"),
            block_on("given", "family", "street"),
            block_on("postcode", "number", "born"),
        ],
        recall=0.8,
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for columns in (("born",), ("given", "family"), ("postcode", "number")):
        linker.training.estimate_parameters_using_expectation_maximisation(block_on(*columns))
