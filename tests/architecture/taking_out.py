"""Takes a service out of a copy of the composition root: the lines that name it are deleted."""

from __future__ import annotations

import ast
import re
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any


class WithoutService(ast.NodeTransformer):
    """Drops the imports of one package, and every entry of a list, tuple or dictionary that needs them."""

    def __init__(self, service: str) -> None:
        self.service = service
        self.names: set[str] = set()

    def _is_its_own(self, dotted: str) -> bool:
        return re.fullmatch(rf"(?:\w+:)?{self.service}(?:[.:_/].*)?", dotted) is not None

    def visit_Import(self, node: ast.Import) -> Any:
        self.names |= {
            one.asname or one.name.split(".")[0] for one in node.names if self._is_its_own(one.name)
        }
        node.names = [one for one in node.names if not self._is_its_own(one.name)]
        return node if node.names else None

    def visit_ImportFrom(self, node: ast.ImportFrom) -> Any:
        if not self._is_its_own(node.module or ""):
            return node
        self.names |= {one.asname or one.name for one in node.names}
        return None

    def needs_it(self, node: ast.AST) -> bool:
        """Whether this mentions the service: one of its names, or a string that begins with it."""
        for part in ast.walk(node):
            if isinstance(part, ast.Name) and part.id in self.names:
                return True
            if (
                isinstance(part, ast.Constant)
                and isinstance(part.value, str)
                and self._is_its_own(part.value)
            ):
                return True
        return False

    def _kept(self, entries: list[ast.expr]) -> list[ast.expr]:
        return [self.visit(entry) for entry in entries if not self.needs_it(self._core(entry))]

    def _core(self, entry: ast.expr) -> ast.expr:
        """What decides on an entry that is itself a collection or a route: nothing, its parts decide."""
        holds_others = isinstance(entry, ast.List | ast.Tuple | ast.Set | ast.Dict) or (
            isinstance(entry, ast.Call) and ast.unparse(entry.func) == "Route"
        )
        return ast.Pass() if holds_others else entry  # type: ignore[return-value]

    def visit_List(self, node: ast.List) -> Any:
        node.elts = self._kept(node.elts)
        return node

    def visit_Tuple(self, node: ast.Tuple) -> Any:
        node.elts = self._kept(node.elts)
        return node

    def visit_Dict(self, node: ast.Dict) -> Any:
        pairs = [
            (key, self.visit(value))
            for key, value in zip(node.keys, node.values, strict=True)
            if not (key is not None and self.needs_it(key)) and not self.needs_it(self._of_entry(value))
        ]
        node.keys, node.values = [key for key, _ in pairs], [value for _, value in pairs]
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> Any:
        """A name that stands for one thing of the service goes: who reads the list does without it."""
        stands_for_it = isinstance(node.value, ast.Name | ast.Attribute) and self.needs_it(node.value)
        return None if stands_for_it else self.generic_visit(node)

    def _of_entry(self, value: ast.expr) -> ast.expr:
        """A dictionary as a value is one entry (a line of beat's), unless it is a route or a collection."""
        return value if isinstance(value, ast.Dict) else self._core(value)


def without(service: str, source: str) -> str:
    """The module's text with the service taken out."""
    transformer = WithoutService(service)
    tree = ast.parse(source)
    # Imports first: they may stand below what needs them (inside a function).
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            transformer.visit_Import(ast.parse(ast.unparse(node)).body[0])  # type: ignore[arg-type]
        elif isinstance(node, ast.ImportFrom):
            transformer.visit_ImportFrom(node)
    return ast.unparse(ast.fix_missing_locations(transformer.visit(tree)))


def copy_without(services: Sequence[str], root: Path, target: Path) -> None:
    """The checkout in `target` without them: root rewritten, their tests gone, other floors linked."""
    leave = shutil.ignore_patterns("__pycache__")
    for name in ("config", "tests"):
        shutil.copytree(root / name, target / name, ignore=leave)
    for path in (target / "config").rglob("*.py"):
        source = path.read_text()
        for service in services:
            source = without(service, source)
        path.write_text(source)
    for service in services:
        shutil.rmtree(target / "tests" / service)
    for name in ("manage.py", "pyproject.toml"):
        shutil.copy(root / name, target / name)
    floors = {path.parent.name for path in root.glob("*/__init__.py")} - {"config", "tests", *services}
    for name in [*sorted(floors), "locale", "templates", "static"]:
        (target / name).symlink_to(root / name)
