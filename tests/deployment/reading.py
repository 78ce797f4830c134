"""Reading docker-compose.yml, the Dockerfile and the files beside them, as Docker would."""

from __future__ import annotations

import ast
import json
import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
SECRETS = "/run/secrets/"
_VARIABLE = re.compile(r"\$\{(?P<name>[A-Z0-9_]+)(?:(?P<how>:[-?])(?P<rest>[^}]*))?\}")


@cache
def compose() -> dict[str, Any]:
    """The whole file with its anchors resolved, variables not yet filled in."""
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text())


def services() -> dict[str, dict[str, Any]]:
    return compose()["services"]


def ours() -> dict[str, dict[str, Any]]:
    """The services that run our own image."""
    return {name: one for name, one in services().items() if "build" in one}


def environment(service: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in service.get("environment", {}).items()}


def variables(text: str) -> set[str]:
    """The names that are filled in from .env."""
    return {found["name"] for found in _VARIABLE.finditer(text)}


def filled(text: str, given: Mapping[str, str]) -> str:
    """`text` with its variables filled in; raises LookupError for a required one that is missing."""

    def value(found: re.Match[str]) -> str:
        known = given.get(found["name"], "")
        if found["how"] == ":?" and not known:
            raise LookupError(f"{found['name']}: {found['rest']}")
        return known or (found["rest"] if found["how"] == ":-" else "")

    return _VARIABLE.sub(value, text)


def example_env() -> dict[str, str]:
    """docker/env.example, as Docker reads it."""
    lines = (ROOT / "docker" / "env.example").read_text().splitlines()
    pairs = [line.split("=", 1) for line in lines if line and not line.startswith("#")]
    return dict(pairs)


def read_by_settings() -> set[str]:
    """Every variable that our settings and checks read out of the environment."""
    found: set[str] = set()
    for path in (ROOT / "config").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            is_read = isinstance(node, ast.Call) and ast.unparse(node.func).startswith("env.")
            if is_read and node.args and isinstance(node.args[0], ast.Constant):
                found.add(str(node.args[0].value))
    return found


@dataclass(frozen=True)
class Instruction:
    """One instruction of the Dockerfile, with the stage it is in."""

    stage: str
    word: str
    rest: str

    @property
    def argv(self) -> list[str]:
        """Its words; those of the JSON form, or those a shell would see."""
        return json.loads(self.rest) if self.rest.startswith("[") else shlex.split(self.rest)


@cache
def dockerfile() -> tuple[Instruction, ...]:
    """The instructions in order, comments gone and continued lines joined."""
    lines = [
        line for line in (ROOT / "Dockerfile").read_text().splitlines() if not line.lstrip().startswith("#")
    ]
    joined = re.sub(r"\\\n\s*", " ", "\n".join(lines))
    stage, found = "", []
    for line in filter(None, map(str.strip, joined.splitlines())):
        word, rest = line.split(maxsplit=1)
        if word == "FROM":
            stage = rest.partition(" AS ")[2]
        found.append(Instruction(stage, word, rest))
    return tuple(found)


def stages() -> dict[str, list[Instruction]]:
    found: dict[str, list[Instruction]] = {}
    for one in dockerfile():
        found.setdefault(one.stage, []).append(one)
    return found


def lets_in(path: str) -> bool:
    """Whether .dockerignore leaves `path` (from the root of the checkout) in the build."""
    kept = True
    for line in (ROOT / ".dockerignore").read_text().splitlines():
        if not line or line.startswith("#"):
            continue
        pattern = line.removeprefix("!")
        if _matches(path, pattern):
            kept = line.startswith("!")
    return kept


def _matches(path: str, pattern: str) -> bool:
    """Docker's rule: a pattern takes whatever is below what it names; ** is any number of folders."""
    words = re.escape(pattern).replace(r"\*\*/", "(?:.*/)?").replace(r"\*", "[^/]*")
    return re.fullmatch(f"{words}(?:/.*)?", path) is not None
