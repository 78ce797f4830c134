"""What a page is made of, so that axe need not read again what it has read on another page.

A rule of axe holds or not by an element, its attributes, what it stands in and whether it has words. Pages of
one product are put together from the same components: one without a part that is new to axe can break no rule
that the others kept.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import html

# What says what an element is. Of the others (addresses, ids, values) it counts that they are there.
_TELLING = ("type", "role", "aria-live", "aria-current", "scope", "lang", "tabindex", "autocomplete")
Part = tuple[object, ...]


def parts_of(page: str) -> frozenset[Part]:
    """The sorts of element on the page, each in what it stands in, the steps of its headings, its frame."""
    tree = html.fromstring(page)
    elements = [one for one in tree.iter() if isinstance(one.tag, str)]
    return frozenset([*(_part(one) for one in elements), *_steps(elements), _frame(elements)])


def _frame(elements: list[html.HtmlElement]) -> Part:
    """How many there are of what a page has one of: no element would be new where one is missing."""
    names = [one.tag for one in elements]
    return ("frame", *(names.count(name) for name in ("title", "main", "h1", "header", "footer")))


def _part(element: html.HtmlElement) -> Part:
    above = element.getparent()
    return (*_sort(element), *(() if above is None else _sort(above)), bool((element.text or "").strip()))


def _sort(element: html.HtmlElement) -> Part:
    telling = tuple((name, element.get(name)) for name in _TELLING if name in element.attrib)
    names = tuple(sorted(name for name in element.attrib if not name.startswith(("data-", "hx-"))))
    return (element.tag, tuple(sorted(element.get("class", "").split())), names, telling)


def _steps(elements: list[html.HtmlElement]) -> Iterator[Part]:
    """Each heading with the one before it: a page may not leave out a level."""
    before = ""
    for element in elements:
        if element.tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
            yield ("step", before, element.tag)
            before = element.tag
