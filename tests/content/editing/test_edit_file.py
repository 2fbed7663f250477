"""A trainer's edit touches only its own lines: cases, each with the file before and after."""

import pytest

from app.content.editing import (
    Edit,
    Insert,
    Move,
    NotEditable,
    Put,
    Remove,
    edit_file,
    edits_between,
    new_file,
    value_in,
)

CASES: list[tuple[str, str, list[Edit], str]] = [
    ("a plain text", "a: satu # catatan\nb: 2\n", [Put(("a",), "dua")], "a: dua # catatan\nb: 2\n"),
    ("single quotes stay", "a: 'satu'\n", [Put(("a",), "ini's")], "a: 'ini''s'\n"),
    ("double quotes stay", 'a: "satu"\n', [Put(("a",), 'x"y')], 'a: "x\\"y"\n'),
    ("what looks like a number is quoted", "text: merah\n", [Put(("text",), "020")], 'text: "020"\n'),
    ("a number stays bare under its key", "minutes: 10\n", [Put(("minutes",), "15")], "minutes: 15\n"),
    ("a text becomes lines", "a: x # c\nb: y\n", [Put(("a",), "p\nq\n")], "a: | # c\n  p\n  q\nb: y\n"),
    ("lines stay lines", "a: |-\n    p\n    q\nb: y\n", [Put(("a",), "p\nr")], "a: |-\n    p\n    r\nb: y\n"),
    ("a folded text stays folded", "a: >-\n  p\n  q\nb: y\n", [Put(("a",), "p r")], "a: >-\n  p r\nb: y\n"),
    ("between brackets", "a: {x: 1, y: [p, q]}\n", [Put(("a", "y", 1), "r, s")], 'a: {x: 1, y: [p, "r, s"]}\n'),
    ("a long plain text", "a: p\n  q\nb: y\n", [Put(("a",), "r")], "a: r\nb: y\n"),
    ("an empty key is filled", "a:\nb: y\n", [Put(("a",), "x")], "a: x\nb: y\n"),
    ("a key behind another", "a: 1\n\nc: 3\n", [Put(("b",), "x", after="a")], "a: 1\nb: x\n\nc: 3\n"),
    ("a key at the end", "a: 1\nc: 3", [Put(("b",), "x")], "a: 1\nc: 3\nb: x"),
    (
        "a text becomes two languages",
        "a: x\nb: 1\n",
        [Put(("a",), {"id": "x", "en": "y"})],
        "a:\n  id: x\n  en: y\nb: 1\n",
    ),
    ("two languages become a text", "a:\n  id: x\n  en: y\nb: 1\n", [Put(("a",), "z")], "a: z\nb: 1\n"),
    ("CRLF stays", "a:\r\n  - x\r\n", [Insert(("a",), 1, "y")], "a:\r\n  - x\r\n  - y\r\n"),
    ("into an empty list", "a: [] # c\nb: 1\n", [Insert(("a",), 0, "x")], "a: # c\n  - x\nb: 1\n"),
    ("a new list", "b: 1\n", [Insert(("a",), 0, "x")], "b: 1\na:\n  - x\n"),
    ("as the neighbours are parted", "a:\n  - x\n\n  - y\n", [Insert(("a",), 1, "z")], "a:\n  - x\n\n  - z\n\n  - y\n"),
    (
        "as the neighbours are written",
        "a:\n  - {x: 1}\n",
        [Insert(("a",), 1, {"x": "b"})],
        "a:\n  - {x: 1}\n  - {x: b}\n",
    ),
    ("dashes below their key", "a:\n- x\nb: 1\n", [Insert(("a",), 1, "y")], "a:\n- x\n- y\nb: 1\n"),
    ("with its comments", "a:\n  # of x\n  - x\n  # of y\n  - y\n", [Remove(("a", 0))], "a:\n  # of y\n  - y\n"),
    ("a loose comment stays", "a:\n  - x\n\n  # loose\n\n  - y\n", [Remove(("a", 1))], "a:\n  - x\n\n  # loose\n"),
    ("the last item", "a: 1\nb:\n  - x\nc: 3\n", [Remove(("b", 0))], "a: 1\nb: []\nc: 3\n"),
    ("the key on the dash's line", "a:\n  - x: 1\n    y: 2\n", [Remove(("a", 0, "x"))], "a:\n  - y: 2\n"),
    ("from brackets", "a: [x, y, z]\n", [Remove(("a", 1))], "a: [x, z]\n"),
    ("the last from brackets", "a: [x, y]\n", [Remove(("a", 1))], "a: [x]\n"),
    (
        "moved with its comment",
        "a:\n  # of x\n  - x # 1\n\n  - y",
        [Move(("a",), 0, 1)],
        "a:\n  - y\n\n  # of x\n  - x # 1",
    ),
    ("a tab in a comment", "a:\n  - x\t# c\td\n  - y\n", [Move(("a",), 0, 1)], "a:\n  - y\n  - x\t# c\td\n"),
    ("moved between brackets", "a: [x, y,  z]\n", [Move(("a",), 2, 0)], "a: [z, x,  y]\n"),
    ("the file's head stays", "# schema\na: 1\nb: 2\n", [Remove(("a",))], "# schema\nb: 2\n"),
    ("lines at the file's end", "a:\n  - x\n  - |\n    y", [Move(("a",), 1, 0)], "a:\n  - |-\n    y\n  - x"),
    (
        "empty lines that are text go along, others never become text",
        "a:\n  - x\n  - |+\n    y\n\n  - z\n\n  - w\n",
        [Move(("a",), 1, 2)],
        "a:\n  - x\n  - z\n\n  - |+\n    y\n\n  - w\n",
    ),
    ("a map for a map", "a:\n  x: 1 # c\n  y: 2\n", [Put(("a",), {"x": "1", "y": "3"})], "a:\n  x: 1 # c\n  y: 3\n"),
]


@pytest.mark.parametrize(("before", "edits", "after"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_only_what_is_edited_changes(before: str, edits: list[Edit], after: str) -> None:
    assert edit_file(before.encode(), edits).decode() == after


def test_a_byte_order_mark_stays() -> None:
    assert edit_file(b"\xef\xbb\xbfa: x\n", [Put(("a",), "y")]) == b"\xef\xbb\xbfa: y\n"


def test_a_file_that_cannot_be_read_is_not_edited_and_says_where() -> None:
    with pytest.raises(NotEditable) as refused:
        edit_file(b"a: x\nb: 'y\n", [Put(("a",), "y")])
    assert refused.value.place.line == 2


def test_an_edit_that_points_nowhere_is_refused() -> None:
    for edit in (Put(("b", "c"), "x"), Remove(("b",)), Insert(("a",), 0, "x"), Move(("b",), 0, 1)):
        with pytest.raises(NotEditable):
            edit_file(b"a: x\n", [edit])


def test_a_moved_item_is_one_move_and_a_changed_one_one_text() -> None:
    old = [{"id": "a", "text": "A"}, {"id": "b", "text": "B"}, {"id": "c", "text": "C"}]
    new = [old[2], old[0], {"id": "b", "text": "X"}]
    assert edits_between(old, new, ("q",)) == (Move(("q",), 2, 0), Put(("q", 2, "text"), "X"))


def test_an_option_without_id_whose_text_changes_stays_the_same_option() -> None:
    old = [{"text": "A"}, {"text": "B", "correct": "true"}]
    new = [{"text": "A"}, {"text": "C", "correct": "true"}]
    assert edits_between(old, new) == (Put((1, "text"), "C"),)


def test_a_new_file_reads_back() -> None:
    value = {"title": {"id": "Judul: satu", "en": "no"}, "activities": [{"lesson": "a", "body": "x\n\ny\n"}]}
    data = new_file(value)
    assert value_in(data) == value
    assert data.startswith(b"# yaml-language-server: $schema=../course.schema.json\n")


def test_several_texts_at_once_are_written_as_one_after_the_other() -> None:
    data = b"a: 'x' # c\nb:\n  - y\n  - |\n    p\n    q\nc: {d: e}\n"
    new = {"a": "1", "b": ["2: 3", "p\nr\n"], "c": {"d": "f, g"}}
    edits = edits_between(value_in(data) or {}, new)
    together, apart = edit_file(data, [Put((), new)]), edit_file(data, edits)
    assert together == apart == b'a: \'1\' # c\nb:\n  - "2: 3"\n  - |\n    p\n    r\nc: {d: "f, g"}\n'


def test_a_text_that_no_file_may_hold_is_refused_with_the_readers_reason() -> None:
    with pytest.raises(NotEditable, match="tidak tampak"):
        edit_file(b"a: x\n", [Put(("a",), "x\u2028y")])
