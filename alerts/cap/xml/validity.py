"""Holding a document against the schema of OASIS, which lies beside this file."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree

SCHEMA = Path(__file__).with_name("oasis") / "CAP-v1.2.xsd"


@cache
def _schema() -> Any:
    return etree.XMLSchema(etree.parse(str(SCHEMA), etree.XMLParser(no_network=True)))


def problem_of(root: Any) -> str:
    """What the schema has against a document, in its words and without its values; empty where nothing."""
    schema = _schema()
    if schema.validate(root):
        return ""
    first = schema.error_log[0]
    return f"line {first.line}: {first.type_name}"
