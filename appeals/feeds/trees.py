"""XML as plain elements, without what makes XML dangerous.

A document type is refused as soon as it begins, so there are no entities, nothing is fetched, and nothing
grows; depth and number of elements are bounded.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.parsers import expat

from appeals.feeds.problems import NotRead

DEEPEST = 40
MOST_ELEMENTS = 100_000


@dataclass(slots=True)
class Element:
    """One element; its name, like its attributes', is `namespace local`, or `local` where it has none."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)

    def all(self, name: str) -> list[Element]:
        """Its children of this name."""
        return [child for child in self.children if child.name == name]

    def first(self, name: str) -> Element | None:
        """The first of them."""
        return next((child for child in self.children if child.name == name), None)

    @property
    def text(self) -> str:
        """Its text. Elements within it come back as markup, and are judged like markup written out."""
        within = "".join(f"<{child.name}>" for child in self.children)
        return ("".join(self.parts) + within).strip()


def tree_of(body: bytes) -> Element:
    """The root of a document. Raises `NotRead`."""
    builder = _Builder()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = builder.document_type
    parser.StartElementHandler = builder.begin
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.text
    try:
        parser.Parse(body, True)
    except (expat.ExpatError, LookupError, ValueError):  # the others: an encoding that nobody knows
        raise NotRead("not_a_feed") from None
    return builder.root.children[0]


class _Builder:
    def __init__(self) -> None:
        self.root = Element("")
        self._open = [self.root]
        self._count = 0

    def document_type(self, *_: object) -> None:
        raise NotRead("forbidden")

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if len(self._open) > DEEPEST or self._count > MOST_ELEMENTS:
            raise NotRead("not_a_feed")
        element = Element(name, attributes)
        self._open[-1].children.append(element)
        self._open.append(element)

    def end(self, _name: str) -> None:
        self._open.pop()

    def text(self, data: str) -> None:
        self._open[-1].parts.append(data)
