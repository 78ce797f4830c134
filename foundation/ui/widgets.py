"""Widgets that ask one question in several boxes: the parts of a date, a date with a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms


@dataclass(frozen=True, slots=True)
class Part:
    """One box: its name (also the suffix of the posted name), label and width in characters."""

    name: str
    label: str
    width: int
    numeric: bool = True
    hint: str = ""


DAY = Part("day", "Day", 2)
MONTH = Part("month", "Month", 2)
YEAR = Part("year", "Year", 4)
TIME = Part("time", "Time, 24-hour", 5, numeric=False)

Answers = dict[str, str]


class PartsWidget(forms.Widget):
    """Boxes posted as `name_day`, `name_month`…; what was typed comes back as typed."""

    template_name = "gds/widgets/parts.html"
    use_fieldset = True

    def __init__(
        self,
        parts: tuple[Part, ...],
        split: Callable[[object], Answers],
        attrs: dict[str, Any] | None = None,
        offer_now: bool = False,
    ) -> None:
        super().__init__(attrs)
        self.parts = parts
        self.split = split
        self.offer_now = offer_now

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Answers:
        """The typed answers by part, stripped."""
        return {part.name: str(data.get(f"{name}_{part.name}") or "").strip() for part in self.parts}

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Whether none of the boxes was in the post."""
        return not any(f"{name}_{part.name}" in data for part in self.parts)

    def id_for_label(self, id_: str | None) -> str:
        """No single box is the label's: the question is a legend."""
        return ""

    def get_context(self, name: str, value: object, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """What parts.html shows; `parts_in_error` among the attributes says which boxes are red."""
        attrs = dict(attrs or {})
        wrong = attrs.pop("parts_in_error", set())
        answers = value if isinstance(value, dict) else self.split(value)
        context = super().get_context(name, "", attrs)
        base = context["widget"]["attrs"].get("id", f"id_{name}")
        context["parts"] = [
            {
                "part": part,
                "id": f"{base}_{part.name}",
                "name": f"{name}_{part.name}",
                "value": answers.get(part.name, ""),
                "wrong": part.name in wrong,
            }
            for part in self.parts
        ]
        context["offer_now"] = self.offer_now
        context["base_id"] = base
        return context
