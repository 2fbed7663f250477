"""YAML as authors write it, and as they get it wrong: every mistake is told in a sentence where they must look."""

from __future__ import annotations

import random
import re
import tracemalloc
from pathlib import Path

import pytest
import yaml._yaml
from hypothesis import given
from hypothesis import strategies as st

from app.content import syntax
from app.content.composing import DEPTH_LIMIT, NODE_LIMIT
from app.content.faults import FILE_FAULTS_LIMIT, Fault, Findings, in_order
from app.content.nodes import ListNode, MapNode, Node, TextNode, child, key_place, texts_below
from app.content.reading import FILE_LIMIT, read_document
from app.texts.local import TEXT_LIMIT


def read(text: str | bytes) -> tuple[MapNode | None, tuple[Fault, ...]]:
    findings = Findings("courses")
    root = read_document(text.encode() if isinstance(text, str) else text, findings.of("x.yaml"))
    return root, in_order(findings.faults)


# What is written; where the one fault is told; words of its sentence
MISTAKES = [
    # a colon inside a text, and lines out of line
    ("a: b: c\n", "1:5", 'Ada ": " di dalam teks'),
    ("a: 1\nteks: Jawaban: benar\n", "2:14", 'Ada ": " di dalam teks'),
    ("- a: x: y\n", "1:7", 'Ada ": " di dalam teks'),
    ("a: {id: Foo: x, en: x}\n", "1:12", 'Ada ": " di dalam teks'),
    ("a: x\n  b: y\n", "2:3", "menjorok terlalu dalam"),
    ("- a: b\n- c\n d: e\n", "3:2", "menjorok terlalu dalam"),
    ("a: x\nfoo\nb: y\n", "2:1", 'bukan "kunci: isi"'),
    ("a: x\nfoo:bar\nb: y\n", "2:1", "Sesudah titik dua harus ada spasi"),
    ("  a: b\nc: d\n", "2:1", "kurang menjorok"),
    ("a:\n  - x\n b: y\n", "3:2", "tidak rata dengan kunci mana pun"),
    ("a: |\n  x\n b: c\n", "3:2", "tidak rata dengan kunci mana pun"),
    ("a:\n  - x\n  b: y\n", "3:3", 'seharusnya ada butir "- "'),
    ("a:\n    - x\n   - y\n", "3:4", 'Butir daftar "- " tidak pada tempatnya'),
    ("a: x\n- b\n", "2:1", 'Butir daftar "- " tidak pada tempatnya'),
    ("a: - b\n", "1:4", "Mulai daftar di baris baru"),
    ("a: b\n: c\n", "2:1", "Tidak ada kunci di depan titik dua"),
    (": x\n", "1:1", "Tidak ada kunci di depan titik dua"),
    ("? a\n", "1:3", "Tidak ada titik dua sesudah kunci"),
    # quotes
    ('a: "foo\nb: x\n', "1:4", "dibuka di sini"),
    ('a: "foo\nb: "bar"\n', "1:4", "dibuka di sini"),
    ("- a: 'foo\n- b: 'bar'\n", "1:6", "dibuka di sini"),
    ("a: 'x\n---\ny'\n", "1:4", "dibuka di sini"),
    ("a: '''x\n", "1:4", "dibuka di sini"),
    ("a: 'Qur'an'\n", "1:9", "sesudah tanda kutip penutup"),
    ('a: "Kota" baru\n', "1:11", "sesudah tanda kutip penutup"),
    ('a: {id: "Foo, en: "Bar"}\n', "1:20", "sesudah tanda kutip penutup"),
    ('- "x" y\n', "1:7", "sesudah tanda kutip penutup"),
    ('a: "\\q"\n', "1:5", '"\\q" tidak dikenal'),
    ('a: "x \\d y"\n', "1:7", '"\\d" tidak dikenal'),
    ('a: "\\xZZ"\n', "1:5", '"\\x" tidak dikenal'),
    ('a: "\\U00110000"\n', "1:5", '"\\U" tidak dikenal'),
    ('a: "\\frac{1}{2}"\n', "1:5", '"\\f" dibaca sebagai kode'),
    ('a: "x\\u2028"\n', "1:6", '"\\u" dibaca sebagai kode'),
    # brackets
    ("a: [x, y\nb: c\n", "1:4", 'Kurung "[" dibuka di sini'),
    ("a: {x: y\nb: c\n", "1:4", 'Kurung "{" dibuka di sini'),
    ("a: [\n", "1:4", 'Kurung "[" dibuka di sini'),
    ("a: {\n", "1:4", 'Kurung "{" dibuka di sini'),
    ("[a, b\n", "1:1", 'Kurung "[" dibuka di sini'),
    ("a: [x}\n", "1:6", 'Kurung "[" ditutup dengan "}"'),
    ("a: {x: [}\n", "1:9", 'Kurung "[" ditutup dengan "}"'),
    ("a: {x: y]\n", "1:9", 'Kurung "{" ditutup dengan "]"'),
    ("a: [x,,y]\n", "1:7", "Tidak ada isi di depan koma"),
    ("a: [x] y\n", "1:8", 'Ada teks sesudah "]"'),
    ("a: {x: z} y\n", "1:11", 'Ada teks sesudah "}"'),
    ("a: {id: Foo, bar, en: x}\n", "1:14", "Koma memisahkan isi di dalam kurung"),
    ("a: b\n}\n", "2:1", 'Kurung penutup "}" tidak punya pembuka'),
    # texts that begin with a sign of YAML's
    ("a: @foo\n", "1:4", 'diawali "@"'),
    ("a: `x` y\n", "1:4", 'diawali "`"'),
    ("a: %x\n", "1:4", 'diawali "%"'),
    ("a: & b\n", "1:4", 'diawali "&"'),
    ("a: &x b\n", "1:4", 'diawali "&"'),
    ("a: &x [b]\n", "1:4", 'diawali "&"'),
    ("a: *tebal* x\n", "1:4", 'diawali "*"'),
    ("a: **tebal** x\n", "1:4", 'diawali "*"'),
    ("a: *x\n", "1:4", 'diawali "*"'),
    ("a: ! x\n", "1:4", 'diawali "!"'),
    ("a: !x\n", "1:4", 'diawali "!"'),
    ("a: !!str x\n", "1:4", 'diawali "!"'),
    ("a: !e!x y\n", "1:4", 'diawali "!"'),
    ("a: !a,b x\n", "1:4", 'diawali "!"'),
    ("a: !<tag x\n", "1:4", 'diawali "!"'),
    ("a: !%zz x\n", "1:4", 'diawali "!"'),
    ("a: ? x\n", "1:4", 'diawali "?"'),
    ("a: , x\n", "1:4", 'diawali ","'),
    ("a: ]\n", "1:4", 'diawali "]"'),
    # block texts
    ("a: | teks\n  b\n", "1:6", 'Sesudah "|" tidak boleh ada teks'),
    ("a: > teks\n  b\n", "1:6", 'Sesudah ">" tidak boleh ada teks'),
    ("a: |0\n  b\n", "1:5", 'Sesudah "|" tidak boleh ada teks'),
    # tabs and what cannot be seen
    ("a:\n\tb: c\n", "2:1", "Tab dipakai sebagai indentasi"),
    ("a: b\n\tc: d\n", "2:1", "Tab dipakai sebagai indentasi"),
    ("a: |\n\tb\n", "2:1", "Tab dipakai sebagai indentasi"),
    ("- \ta: b\n", "1:3", "Tab dipakai sebagai indentasi"),
    ("a:\n\u00a0 b: c\n  d: e\n", "2:1", "spasi khusus"),
    ("a: x\u0085y\n", "1:5", "U+0085"),
    ("a: x\u2028y\n", "1:5", "U+2028"),
    ("a: x\ufeffy\n", "1:5", "U+FEFF"),
    ("a: x\x07y\n", "1:5", "U+0007"),
    ("a: x\x00y\n", "1:5", "U+0000"),
    ("a: x\uffffy\n", "1:5", "U+FFFF"),
    # keys
    ("a:\n", "1:1", "Kunci a tidak ada isinya"),
    ("a: #x\n", "1:1", "Kunci a tidak ada isinya"),
    ("a:\n  - x\n  -\n", "3:4", "Butir daftar ini kosong"),
    ("a: 1\nb: 2\na: 3\n", "3:1", "Kunci a sudah ditulis di baris 1"),
    ("a: 1\n'a': 3\n", "2:1", "Kunci a sudah ditulis di baris 1"),
    ("<<: b\n", "1:1", '"<<" tidak dipakai'),
    ("{a: b}: c\n", "1:1", "Kunci harus berupa teks"),
    ("[a]: c\n", "1:1", "Kunci harus berupa teks"),
    # documents
    ("", "1:1", "harus berisi pasangan"),
    ("# x\n", "1:1", "harus berisi pasangan"),
    ("- a\n", "1:1", "harus berisi pasangan"),
    ("a:b\n", "1:1", "harus berisi pasangan"),
    ("a: b\n---\nc: d\n", "2:1", "satu dokumen YAML"),
    ("a: b\n...\nc: d\n", "3:1", "satu dokumen YAML"),
    ("%YAML 1.1\n---\na: b\n", "1:1", 'diawali "%"'),
    ("%YAML 9.1\n---\na: b\n", "1:1", 'diawali "%"'),
    ("%YAML x\n---\na: b\n", "1:1", 'diawali "%"'),
    ("%YAML 1111111111.1\n---\na: b\n", "1:1", 'diawali "%"'),
    ("%TAG ! x:\n---\na: b\n", "1:1", 'diawali "%"'),
    ("%TAG !\n---\na: b\n", "1:1", 'diawali "%"'),
    ("%x\na: b\n", "1:1", 'diawali "%"'),
    ("% x\na: b\n", "1:1", 'diawali "%"'),
]  # fmt: skip


@pytest.mark.parametrize(("text", "place", "words"), MISTAKES)
def test_a_mistake_is_told_once_where_the_author_must_look(text: str, place: str, words: str) -> None:
    _, faults = read(text)
    assert [f"{fault.line}:{fault.column}" for fault in faults] == [place], [str(fault) for fault in faults]
    assert words in str(faults[0])


@pytest.mark.parametrize(("text", "place", "words"), MISTAKES)
def test_a_mistake_is_told_at_the_same_place_in_a_file_with_windows_line_ends(
    text: str, place: str, words: str
) -> None:
    _, faults = read(text.replace("\n", "\r\n"))
    assert [f"{fault.line}:{fault.column}" for fault in faults] == [place], [str(fault) for fault in faults]
    assert words in str(faults[0])


def test_every_problem_of_the_scanner_has_its_sentence() -> None:
    library = Path(yaml._yaml.__file__).read_bytes()
    known = rb"(?:found|did not find|could not find) [ -~]+|[a-z ]+ are not allowed in this context"
    problems = {found.decode() for found in re.findall(rb"\x00(" + known + rb")(?=\x00)", library)}
    assert len(problems) > 30
    not_met = {
        "found duplicate anchor; first occurrence",  # of the composer, which is not used
        "found undefined alias",
        "did not find expected <stream-start>",  # of a parser that was not started
    }
    assert problems - not_met - set(syntax._READERS) == set()


def test_a_byte_order_mark_is_no_fault_and_moves_no_column() -> None:
    root, faults = read(b"\xef\xbb\xbfa: b\n")
    assert faults == ()
    assert root == {"a": "b"}
    assert key_place(root["a"])[:2] == (1, 1)  # type: ignore[index]


@pytest.mark.parametrize("data", ["a: é\n".encode("latin-1"), "a: b\n".encode("utf-16"), b"a: \xed\xa0\x80\n"])
def test_a_file_that_is_not_utf8_is_one_fault(data: bytes) -> None:
    _, faults = read(data)
    assert len(faults) == 1
    assert "bukan UTF-8" in str(faults[0])


def test_every_unseen_character_is_told() -> None:
    _, faults = read("a: x\u2028y\nb: \u0007\n")
    assert [(fault.line, fault.column) for fault in faults] == [(1, 5), (2, 4)]


def test_refused_things_hide_no_other_fault_of_the_file() -> None:
    root, faults = read("a: &x 1\nb: *x\nc: !!int 3\nc: 4\nd:\n")
    assert [fault.line for fault in faults] == [1, 2, 3, 4, 5]
    assert root is not None
    assert list(root) == ["a", "b", "c", "d"]


@pytest.mark.parametrize(("text", "value"), [("a: ''\n", ""), ('a: ""\n', ""), ("a: |\n\nb: x\n", "")])
def test_an_empty_text_in_quotes_is_a_text(text: str, value: str) -> None:
    root, faults = read(text)
    assert faults == ()
    assert root is not None
    assert root["a"] == value  # type: ignore[index]


def test_nodes_know_where_they_are_written() -> None:
    root, _ = read('a:\n  - é: "𝄞"\n    b: [x, y]\n')
    items = child(root, "a")
    assert isinstance(items, ListNode)
    first = items[0]
    assert isinstance(first, MapNode)
    clef, letters = child(first, "é"), child(first, "b")
    assert isinstance(clef, TextNode)
    assert (clef.span.start.line, clef.span.start.column, clef.span.end.column, clef.style) == (2, 8, 11, '"')
    assert isinstance(letters, ListNode)
    assert (letters.span.start.column, letters.span.end.column) == (8, 14)
    assert key_place(letters).column == 5
    assert items.span.end == letters.span.end


def test_a_comment_right_behind_a_text_is_remembered() -> None:
    root, _ = read("a: Buku #3\nb: 'x' # y\nc: x#y\n")
    assert root is not None
    marks = {str(key): getattr(value, "comment", None) for key, value in root.items()}
    assert marks["a"][:2] == (1, 9)
    assert marks["b"] is marks["c"] is None


@pytest.mark.parametrize(
    ("text", "warned"),
    [('a: "\\nama"\n', True), ('a: "C:\\tulis"\n', True), ('a: "\\u00e9\\x41"\n', False), ('a: "x\\n- y"\n', False),
     ("a: '\\nama'\n", False)],
)  # fmt: skip
def test_a_backslash_before_letters_in_double_quotes_is_warned_of(text: str, warned: bool) -> None:
    _, faults = read(text)
    assert [fault.warning for fault in faults] == ([True] if warned else [])


# Bombs and floods: a fault, in bounded time and memory

LAUGHS = "a0: &a0 x\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 10))
FLOODS = {
    "brackets": "[" * 100_000,
    "braces": "{" * 100_000,
    "brackets in a key": "a: " + "[" * 500_000,
    "maps in maps": "".join(" " * n + f"a{n}:\n" for n in range(1000)),
    "lists on one line": "- " * 100_000 + "x\n",
    "question marks": "? " * 100_000,
    "a billion laughs": LAUGHS,
    "an alias to itself": "a: &a [*a]\n",
    "many keys": "".join(f"k{n}: x\n" for n in range(25_100)),
    "one key many times": "a: x\n" * 25_100,
    "each key twice": "".join(f"k{n}: x\n" for n in range(6_000)) * 2,
    "commas": "a: [" + "," * 500_000 + "]\n",
    "items": "a:\n" + "- x\n" * 50_100,
    "one long text": "a: " + "x" * 1_000_000 + "\n",
    "one long key": "x" * 1_000_000 + ": y\n",
    "long quotes": 'a: "' + "x\n" * 100_000,
    "unseen": "a: " + "\u2028" * 200_000,
    "anchors": "a:\n" + "".join(f"- &x{n} y\n" for n in range(10_000)),
    "tags": "a:\n" + "- !x y\n" * 10_000,
    "colons": "a" + ": a" * 300_000,
    "dashes": "-" * 1_000_000,
    "spaces": " " * 1_000_000,
    "lines": "\n" * 200_000,
    "over the limit": "a: b\n" + "#" * FILE_LIMIT,
}


@pytest.mark.parametrize("name", FLOODS)
def test_a_flood_is_a_fault(name: str) -> None:
    _, faults = read(FLOODS[name])
    assert 1 <= len(faults) <= FILE_FAULTS_LIMIT


@pytest.mark.parametrize("name", ["brackets", "a billion laughs", "each key twice", "long quotes", "unseen"])
def test_a_flood_takes_bounded_memory(name: str) -> None:
    tracemalloc.start()
    try:
        read(FLOODS[name])
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 80 * 1024 * 1024


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a: " + "[" * DEPTH_LIMIT + "]" * DEPTH_LIMIT, f"lebih dari {DEPTH_LIMIT} tingkat"),
        ("a:\n" + "- x\n" * NODE_LIMIT, f"lebih dari {NODE_LIMIT} bagian"),
        ("a: " + "x" * (TEXT_LIMIT + 1), f"Batasnya {TEXT_LIMIT} karakter"),
        ("#" * (FILE_LIMIT + 1), "Batasnya 1024 KB"),
    ],
)
def test_a_file_over_a_bound_says_which(text: str, words: str) -> None:
    _, faults = read(text)
    assert len(faults) == 1
    assert words in str(faults[0])


@pytest.mark.parametrize(
    "text",
    [
        "a: " + "[" * (DEPTH_LIMIT - 1) + "x" + "]" * (DEPTH_LIMIT - 1),
        "a:\n" + "- x\n" * (NODE_LIMIT - 3),
        "a: " + "x" * TEXT_LIMIT,
        "a: b\n" + "#" * (FILE_LIMIT - 5),
    ],
)
def test_a_file_just_within_the_bounds_is_read(text: str) -> None:
    root, faults = read(text)
    assert faults == ()
    assert root is not None


# Properties

characters = st.characters(
    exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029\ufeff\ufffe\uffff"
) | st.sampled_from("\t\n:#-[]{},&*!|>'\"%@`? \\")
signs = st.text(st.sampled_from(list("ab: -\n\t[]{},&*!|>'\"%@`?#\\~0")), max_size=60)


@given(st.lists(st.text(characters, max_size=30), max_size=6))
def test_any_text_in_single_quotes_comes_back_as_it_was(texts: list[str]) -> None:
    lines = [text.replace("\n", " ").replace("\t", " ") for text in texts]
    written = (
        "a:\n" + "".join(f"  - '{line.replace(chr(39), chr(39) * 2)}'\n" for line in lines) if lines else "a: []\n"
    )
    root, faults = read(written)
    assert faults == ()
    items = child(root, "a")
    assert items is not None
    assert list(texts_below(items)) == lines


@given(st.lists(st.text(characters, max_size=12), min_size=1, max_size=4), st.sampled_from(["\n", "\r\n"]))
def test_spans_cut_out_what_was_written(texts: list[str], newline: str) -> None:
    quoted = [f"'{text.translate({9: ' ', 10: ' '}).replace(chr(39), chr(39) * 2)}'" for text in texts]
    written = newline.join(["é: 𝄞", "a:", *(f"  - {each}" for each in quoted), ""])
    root, _ = read(written)
    items = child(root, "a")
    assert items is not None
    assert [written[text.span.start.offset : text.span.end.offset] for text in texts_below(items)] == quoted


@given(signs)
def test_whatever_is_typed_is_read_or_told_at_a_place_that_exists(text: str) -> None:
    root, faults = read(text)
    assert root is not None or any(not fault.warning for fault in faults)
    lines = text.split("\n")
    for fault in faults:
        assert 1 <= fault.line <= len(lines)
        assert 1 <= fault.column <= len(lines[fault.line - 1]) + 1
        assert "tidak dapat dibaca sebagai YAML" not in str(fault)


@given(st.binary(max_size=80))
def test_any_bytes_are_read_or_told(data: bytes) -> None:
    root, faults = read(data)
    assert root is not None or any(not fault.warning for fault in faults)


def _texts(node: Node) -> list[str]:
    return [str(text) for text in texts_below(node)]


@pytest.mark.parametrize("seed", range(20))
def test_a_file_with_one_line_spoiled_never_ends_the_process(seed: int) -> None:
    chance = random.Random(seed)
    lines = "title: {id: \"A\", en: B}\nlist:\n  - a: |\n      text\n    b: [x, y]\n  - c: 'd'\n".splitlines(
        keepends=True
    )
    at = chance.randrange(len(lines))
    line = list(lines[at])
    line.insert(chance.randrange(len(line)), chance.choice("'\"[]{}:-#&*!|>%@`,?\t"))
    root, faults = read("".join([*lines[:at], "".join(line), *lines[at + 1 :]]))
    assert root is not None or faults
    assert root is None or _texts(root)
