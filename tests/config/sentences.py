"""Every sentence of the product that is said in more than one language, read from templates and code."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from appeals.enums import Certainty, SubmissionKind
from foundation.ui.widgets import DAY, MONTH, TIME, YEAR
from tests.floors import FLOORS

ROOT = Path(__file__).parents[2]
_CALLED = {"_", "gettext", "gettext_lazy"}
_TAG = re.compile(r'{%\s*translate "([^"]+)"')
_BLOCK = re.compile(r"{%\s*blocktranslate[^%]*%}(.*?){%\s*endblocktranslate\s*%}", re.DOTALL)
_VARIABLE = re.compile(r"{{\s*(\w+)\s*}}")
# Said through a variable: the answers of the form of a sighting, and the boxes of a date.
_BY_NAME = {
    *(str(label) for label in (*SubmissionKind.labels, *Certainty.labels)),
    *(text for part in (DAY, MONTH, YEAR, TIME) for text in (part.label, part.name)),
}

# The framework's own, which its Welsh lacks.
_FRAMEWORKS = {"Null characters are not allowed."}


def sentences() -> set[str]:
    """As a catalogue has them."""
    found = _BY_NAME | _FRAMEWORKS
    for path in (ROOT / "templates").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        found |= set(_TAG.findall(text))
        found |= {_VARIABLE.sub(r"%(\1)s", block) for block in _BLOCK.findall(text)}
    for floor in FLOORS:
        for path in (ROOT / floor).rglob("*.py"):
            found |= _of_code(path)
    return found


def _of_code(path: Path) -> set[str]:
    text = path.read_text(encoding="utf-8")
    if "gettext" not in text:
        return set()
    calls = [one for one in ast.walk(ast.parse(text)) if isinstance(one, ast.Call) and one.args]
    named = [one for one in calls if isinstance(one.func, ast.Name) and one.func.id in _CALLED]
    said = [one.args[0] for one in named if isinstance(one.args[0], ast.Constant)]
    return {str(one.value) for one in said if isinstance(one.value, str)}
