"""An edit -> the splices that make it, the most careful first: whichever reads back as wanted is taken."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Final

from app.content.editing import writing
from app.content.editing.edits import Edit, Insert, Move, Put, Remove
from app.content.editing.lifting import lifted
from app.content.editing.places import Entry, Unplaced, is_empty
from app.content.editing.reading import Written
from app.content.editing.scalars import text_splices
from app.content.editing.splices import Splice, Splices, firm, spliced
from app.content.editing.values import Path, Value
from app.content.nodes import ListNode, MapNode, TextNode, leaves_below

LINE_ROOM: Final = 120  # characters a list between brackets may take where its neighbours stand between brackets


_BLOCKS: Final = (writing.Block(), writing.Block(lines=False))


def ways(file: Written, edit: Edit) -> Iterator[Splices]:
    """The ways to make an edit in place. Raises Unplaced where the place is written in a way this does not know."""
    match edit:
        case Put(path, value, after):
            yield from _put(file, path, value, after)
        case Insert():
            yield from _insert(file, edit)
        case Remove(path):
            yield from _remove(file, path)
        case Move(path, start, to):
            yield from _move(file, path, start, to)


# Put


def _put(file: Written, path: Path, value: Value, after: str | None) -> Iterator[Splices]:
    if not path:
        raise Unplaced
    holder = file.node(path[:-1])
    if isinstance(holder, MapNode) and path[-1] not in holder:
        yield from _add(file, path[:-1], str(path[-1]), value, after)
        return
    node = file.node(path)
    if isinstance(node, TextNode) and isinstance(value, str) and not is_empty(node):
        in_brackets = file.in_brackets(path)
        column = 0 if in_brackets else file.entry(path).column
        for start, end, text in text_splices(file, node, value, None if in_brackets else column, str(path[-1])):
            yield [Splice(start, end, text)]
    yield from replaced(file, path, value)


def replaced(file: Written, path: Path, value: Value) -> Iterator[Splices]:
    """What stands at `path`, written anew as a whole."""
    key = _key(path)
    if file.in_brackets(path):
        span = file.node(path).span
        yield [Splice(span.start.offset, span.end.offset, writing.flow(value, key))]
        return
    entry = file.entry(path)
    for block in _BLOCKS:
        write = block.behind_dash if isinstance(path[-1], int) else block.value
        head, body = write(value, entry.column, key)
        first = "".join(f" {each}" for each in (head, _comment(file, entry)) if each)
        yield [Splice(entry.value, entry.end, file.newline.join([first, *body]))]


def _comment(file: Written, entry: Entry) -> str:
    """The comment that stays on the line of a key or dash whose value is replaced."""
    above = file.text[entry.value : entry.node.span.start.offset].lstrip(" \t")
    if above.startswith("#"):
        return above.splitlines()[0].rstrip()
    if isinstance(entry.node, TextNode) and entry.node.style in ("|", ">"):
        header = file.text[entry.node.span.start.offset : entry.close].splitlines()[0]
        return header[header.index("#") :].rstrip() if "#" in header else ""
    return file.text[entry.close : entry.end].strip()


def _key(path: Path) -> str:
    return next((each for each in reversed(path) if isinstance(each, str)), "")


def _add(file: Written, path: Path, key: str, value: Value, after: str | None) -> Iterator[Splices]:
    holder = file.node(path)
    if not holder and path:
        yield from replaced(file, path, {key: value})
        return
    if not holder:
        text = file.newline.join(writing.Block().pairs({key: value}, 0))
        yield [Splice(holder.span.start.offset, holder.span.end.offset, text)]
        return
    entries = file.entries(path)
    keys = [str(each) for each in holder]
    before = entries[keys.index(after) if after in keys else len(keys) - 1]
    if file.is_flow(path):
        yield [Splice(before.close, before.close, f", {writing.key_text(key)}: {writing.flow(value, key)}")]
        return
    for block in _BLOCKS:
        text = "".join(file.newline + each for each in block.pairs({key: value}, before.column))
        yield [Splice(before.end, before.end, text), *firm(file, before)]


def only_values(file: Written, path: Path) -> bool:
    """Whether nothing but values would be lost by writing anew what stands at `path`: no comment, no refused part."""
    node, entry = file.node(path), file.entry(path)
    start, end = node.span.start.offset, entry.end
    if "#" in "".join(file.text[entry.value : start].splitlines()[1:]):
        return False  # comments between a key and its list; the one on the key's line is kept
    if any(file.source.starts[each.line - 1] + each.column - 1 in range(start, end) for each in file.faults):
        return False
    for leaf in leaves_below(node):
        text = file.text[start : leaf.span.start.offset]
        header = file.text[leaf.span.start.offset : file.places.close(leaf)].splitlines()[:1]
        if "#" in text or (leaf.style in ("|", ">") and "#" in header[0]):
            return False
        start = max(start, leaf.span.end.offset)
    return "#" not in file.text[start:end]


# Lists


def _insert(file: Written, edit: Insert) -> Iterator[Splices]:
    path, at = edit.path, edit.at
    holder = file.node(path)
    if not isinstance(holder, ListNode):
        raise Unplaced
    if not holder:
        yield from _first(file, edit)
        return
    entries = file.entries(path)
    if file.is_flow(path):
        text = writing.flow(edit.value, _key(path))
        where = entries[at].start if at < len(entries) else entries[-1].close
        yield [Splice(where, where, f"{text}, " if at < len(entries) else f", {text}")]
        return
    column, blanks = entries[0].column, _blanks(file, entries, at)
    taken = lifted(edit.origin, column) if edit.origin else None
    if taken is not None:
        yield from (_set_down(file, entries, at, (taken, each)) for each in blanks)
        if 0 < at < len(entries):  # a text that would take empty lines below for its own: right above the next item
            yield _above(file, entries[at], taken, 0)
    for block, each in product(_BLOCKS, blanks):
        lines = _fits(holder, edit, column) or block.item(edit.value, column, _key(path))
        yield _set_down(file, entries, at, (lines, each))


def _set_down(file: Written, entries: list[Entry], at: int, written: tuple[list[str], int]) -> Splices:
    """The lines of a new item, so many empty lines away from its neighbour."""
    lines, blanks = written
    if not at:
        return _above(file, entries[0], lines, blanks)
    text = file.newline * blanks + "".join(file.newline + each for each in lines)
    return [Splice(entries[at - 1].end, entries[at - 1].end, text), *firm(file, entries[at - 1])]


def _above(file: Written, entry: Entry, lines: list[str], blanks: int) -> Splices:
    margin = " " * entry.column
    text = file.newline.join(lines)[len(margin) :] + file.newline * (blanks + 1) + margin
    return [Splice(entry.start, entry.start, text)]


def _first(file: Written, edit: Insert) -> Iterator[Splices]:
    """The first item of a list that is empty."""
    if edit.path and not file.in_brackets(edit.path):
        entry = file.entry(edit.path)
        lines = lifted(edit.origin, entry.column + writing.STEP) if edit.origin else None
        if lines is not None and isinstance(edit.path[-1], str):
            comment = _comment(file, entry)
            first = f" {comment}" if comment else ""
            yield [Splice(entry.value, entry.end, file.newline.join([first, *lines]))]
    yield from replaced(file, edit.path, [edit.value])


def _fits(holder: ListNode, edit: Insert, column: int) -> list[str] | None:
    """A new item between brackets, where its neighbour stands between brackets and there is room."""
    neighbour = holder[edit.at - 1 if edit.at else 0]
    if not isinstance(neighbour, TextNode) and neighbour.flow and not isinstance(edit.value, str):
        line = " " * column + "- " + writing.flow(edit.value, _key(edit.path))
        if len(line) <= LINE_ROOM:
            return [line]
    return None


def _blanks(file: Written, entries: list[Entry], at: int) -> list[int]:
    """How many empty lines part the new item from its neighbour, as the items there are parted; or none."""
    if len(entries) < 2:
        return [0]
    before = min(max(at - 1, 0), len(entries) - 2)
    blanks = _empty_lines(file.text[entries[before].end : entries[before + 1].start])
    return [blanks, 0] if blanks else [0]


def _empty_lines(gap: str) -> int:
    """The empty lines directly above what follows a gap."""
    return max(len(gap[len(gap.rstrip()) :].splitlines()) - 2, 0)


def _remove(file: Written, path: Path) -> Iterator[Splices]:
    holder = file.node(path[:-1])
    entries = file.entries(path[:-1])
    entry = file.entry(path)
    at = entries.index(entry)
    if len(entries) == 1:
        if path[:-1]:
            yield from replaced(file, path[:-1], {} if isinstance(holder, MapNode) else [])
        else:
            yield [Splice(entry.start, entry.end, "{}")]
        return
    if file.is_flow(path[:-1]):
        yield from _remove_in_brackets(file, entries, at)
        return
    yield from _remove_lines(file, entries, at)


def _remove_in_brackets(file: Written, entries: list[Entry], at: int) -> Iterator[Splices]:
    entry, text = entries[at], file.text
    if at + 1 < len(entries) and "#" not in text[entry.end : entries[at + 1].start]:
        yield [Splice(entry.start, entries[at + 1].start, "")]
    if at and "#" not in text[entries[at - 1].end : entry.start]:
        yield [Splice(entries[at - 1].end, entry.end, "")]
    one, other = (at, at + 1) if at + 1 < len(entries) else (at - 1, at)
    comma = text.find(",", entries[one].end, entries[other].start)
    if comma >= 0:
        yield [Splice(entry.start, entry.end, ""), Splice(comma, comma + 1, "")]


def _remove_lines(file: Written, entries: list[Entry], at: int) -> Iterator[Splices]:
    """With the lines of an entry go the empty lines on one of its sides."""
    entry, text = entries[at], file.text
    upper = text[entries[at - 1].end : entry.start] if at else ""
    lower = text[entry.end : entries[at + 1].start] if at + 1 < len(entries) else ""
    up = [Splice(entry.start - (len(upper) - len(upper.rstrip())), entry.end, "")] if at else None
    down = [Splice(entry.start, entry.end + len(lower) - len(lower.lstrip()), "")] if lower else None
    if down and not at and text[entries[1].start] == "#" and file.source.before(file.source.place(entry.start)).strip():
        gap = entry.start - len(text[: entry.start].rstrip(" "))
        yield [Splice(entry.start - gap, entry.end, "")]  # `- a: 1`: the comment above the next key stays above it
    more_above = upper.count("\n") > lower.count("\n")
    for way in (down, up) if more_above or up is None else (up, down):
        if way is not None:
            yield way
    below = text[entry.end :]
    yield [Splice(entry.start, entry.end + len(below) - len(below.lstrip()), "")]  # where empty lines would be text


def _move(file: Written, path: Path, start: int, to: int) -> Iterator[Splices]:
    """The entries change places, what lies between them stays."""
    entries = file.entries(path)
    order = list(range(len(entries)))
    order.insert(to, order.pop(start))
    kept = firm(file, entries[-1])
    texts = [file.text[each.start : each.end] for each in entries]
    if kept:
        offset = entries[-1].start
        texts[-1] = spliced(texts[-1], [Splice(a - offset, b - offset, new) for a, b, new in kept])
    yield [
        Splice(entries[slot].start, entries[slot].end, texts[item]) for slot, item in enumerate(order) if slot != item
    ]
