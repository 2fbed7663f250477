"""What a file holds as a plain tree of texts, and whether two such trees are the same."""

from __future__ import annotations

from typing import Final, TypeAlias

from app.content.nodes import ListNode, MapNode, Node

Value: TypeAlias = str | dict[str, "Value"] | list["Value"]
Path: TypeAlias = tuple[str | int, ...]

IDENTITIES: Final = ("id", "lesson", "quiz", "task", "survey")
"""The keys that name an item of a list: what carries the same name is the same thing, wherever it stands."""


def value_of(node: Node) -> Value:
    """The plain tree below a node; numbers and truths are their text as written."""
    if isinstance(node, MapNode):
        return {str(key): value_of(each) for key, each in node.items()}
    if isinstance(node, ListNode):
        return [value_of(each) for each in node]
    return str(node)


def same(one: Value, other: Value) -> bool:
    """Whether two trees are the same, the order of keys included."""
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one) == list(other) and all(same(each, other[key]) for key, each in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return type(one) is type(other) and one == other


def value_at(value: Value, path: Path) -> Value | None:
    """What stands at `path`, None where nothing does."""
    found: Value = value
    for step in path:
        match found, step:
            case dict(), str() if step in found:
                found = found[step]
            case list(), int() if 0 <= step < len(found):
                found = found[step]
            case _:
                return None
    return found


def identity(value: Value) -> tuple[str, str] | None:
    """What names an item of a list, None where nothing does: ("quiz", "kuis-ddc")."""
    if isinstance(value, dict):
        for key in IDENTITIES:
            name = value.get(key)
            if isinstance(name, str):
                return key, name
    return None
