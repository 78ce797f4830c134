"""A feed as it came, Atom, RSS or JSON, as items that carry a part for us (docs/outlets.md)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from appeals.feeds.problems import NotRead
from appeals.feeds.trees import Element, tree_of

MOST_ITEMS = 500
NAMESPACE = "urn:harbour:appeal:1"
_ATOM = "http://www.w3.org/2005/Atom"
_GONE = "http://purl.org/atompub/tombstones/1.0 deleted-entry"
_PART = f"{NAMESPACE} appeal"


@dataclass(frozen=True, slots=True)
class Item:
    """One item: what its feed calls it, and its part for us as it came; None where it has none."""

    id: str
    said: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Document:
    """What a feed holds: its items, and the ids that it says are gone. Not `whole`: there were too many."""

    items: tuple[Item, ...]
    deleted: frozenset[str]
    whole: bool


def document_of(body: bytes) -> Document:
    """Read what came. Raises `NotRead`."""
    if body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return _json(body)
    return _xml(tree_of(body))


def _made(items: Iterable[Item], deleted: Iterable[str]) -> Document:
    """What is both an item and gone is gone: at worst the charity is asked whether to go on."""
    gone = frozenset(one for one in deleted if one)
    found = [item for item in items if item.id not in gone]
    return Document(tuple(found[:MOST_ITEMS]), gone, len(found) <= MOST_ITEMS)


def _xml(root: Element) -> Document:
    if root.name == f"{_ATOM} feed":
        around, entries, key = root, root.all(f"{_ATOM} entry"), f"{_ATOM} id"
    elif root.name == "rss" and (channel := root.first("channel")) is not None:
        around, entries, key = channel, channel.all("item"), "guid"
    else:
        raise NotRead("not_a_feed")
    gone = (one.attributes.get("ref", "").strip() for one in around.all(_GONE))
    return _made((_item(entry, key) for entry in entries), gone)


def _item(entry: Element, key: str) -> Item:
    named, part = entry.first(key), entry.first(_PART)
    return Item(named.text if named is not None else "", None if part is None else _said(part))


def _said(part: Element) -> dict[str, Any]:
    """The part for us by the same names as in the API."""
    said: dict[str, Any] = {"incident": part.attributes.get("incident", ""), "areas": [], "wordings": []}
    for child in part.children:
        name = child.name.removeprefix(f"{NAMESPACE} ")
        if name == "words":
            words = {one.name.removeprefix(f"{NAMESPACE} "): one.text for one in child.children}
            said["wordings"].append({**child.attributes, **words})
        elif name == "aimed_at":
            said["areas"].append(child.text)
        else:
            said[name] = child.text
    return said


def _json(body: bytes) -> Document:
    try:
        told = json.loads(body.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise NotRead("not_a_feed") from None
    items = told.get("items")
    if not isinstance(items, list) or not str(told.get("version", "")).startswith("https://jsonfeed.org/"):
        raise NotRead("not_a_feed")
    ours = told.get("_harbour")
    deleted = ours.get("deleted") if isinstance(ours, dict) else None
    gone = [_id(one) for one in deleted] if isinstance(deleted, list) else []
    return _made((_json_item(one) for one in items if isinstance(one, dict)), gone)


def _id(one: Any) -> str:
    found = one.get("id") if isinstance(one, dict) else None
    return str(found).strip() if isinstance(found, str | int) else ""


def _json_item(one: dict[str, Any]) -> Item:
    """Its part for us is what the API takes, with the incident; the content stands beside it."""
    part = one.get("_harbour")
    if not isinstance(part, dict):
        return Item(_id(one), None)
    content = part.get("content")
    rest = {name: value for name, value in part.items() if name != "content"}
    return Item(_id(one), {**rest, **content} if isinstance(content, dict) else rest)
