"""Pictures: their size is known before they are loaded, and an SVG shows things and does nothing."""

from __future__ import annotations

import struct
import zlib

import pytest

from app.content.compile import compile_course
from app.content.reading import FILE_LIMIT
from tests.content.samples import MODULE, SVG, course_files, faults_of, said, shared, spoiled


def png(width: int, height: int) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + head
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))


def webp(kind: bytes, body: bytes) -> bytes:
    return b"RIFF" + struct.pack("<I", 12 + len(body)) + b"WEBP" + kind + struct.pack("<I", len(body)) + body


def lossless(width: int, height: int) -> bytes:
    return b"\x2f" + struct.pack("<I", (width - 1) | (height - 1) << 14) + b"\x00" * 8


def lossy(width: int, height: int) -> bytes:
    return b"\x00\x00\x00\x9d\x01\x2a" + struct.pack("<HH", width, height) + b"\x00" * 8


def extended(width: int, height: int) -> bytes:
    return b"\x00" * 4 + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")


def jpeg(width: int, height: int) -> bytes:
    before = b"\xff\xe0\x00\x04ab" + b"\xff\xc4\x00\x03x" + b"\xff"  # a segment, a table, a fill byte
    return b"\xff\xd8" + before + b"\xff\xc2\x00\x0b\x08" + struct.pack(">HH", height, width) + b"\x01\x01\x11\x00"


PICTURES = [
    ("media/a.png", png(360, 200), "image/png"),
    ("media/a.webp", webp(b"VP8L", lossless(360, 200)), "image/webp"),
    ("media/a.webp", webp(b"VP8 ", lossy(360, 200)), "image/webp"),
    ("media/a.webp", webp(b"VP8X", extended(360, 200)), "image/webp"),
    ("media/a.jpg", jpeg(360, 200), "image/jpeg"),
    ("media/a.jpeg", jpeg(360, 200), "image/jpeg"),
    ("media/a.svg", SVG.encode(), "image/svg+xml"),
]


@pytest.mark.parametrize(("path", "data", "mime"), PICTURES)
def test_a_picture_of_each_kind_knows_its_size(path: str, data: bytes, mime: str) -> None:
    course = compile_course("ddc", course_files() | {path: data}, shared())
    picture = course.media[path]
    assert (picture.width, picture.height, picture.mime, picture.size) == (360, 200, mime, len(data))
    assert picture.url.endswith(path[path.rindex(".") :])


@pytest.mark.parametrize(("path", "data", "_"), PICTURES)
def test_a_picture_under_a_wrong_ending_is_a_fault(path: str, data: bytes, _: str) -> None:
    wrong = "media/b.png" if not path.endswith("png") else "media/b.webp"
    faults = faults_of(course_files() | {wrong: data})
    assert [fault.path for fault in faults] == [f"courses/ddc/{wrong}"]


@pytest.mark.parametrize(("path", "data", "_"), PICTURES)
def test_a_picture_cut_short_is_a_fault_and_no_error(path: str, data: bytes, _: str) -> None:
    for length in range(20):
        assert faults_of(course_files() | {path: data[:length]}) != ()


def test_a_picture_over_the_limit_is_a_fault() -> None:
    faults = faults_of(course_files() | {"media/a.png": png(1, 1) + b"\x00" * FILE_LIMIT})
    assert "terlalu besar" in str(faults[0])


DRAWINGS = [
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>1</script></svg>',
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" onload="x()"></svg>',
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><foreignObject/></svg>',
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><use href="https://x.id/a.svg#b"/></svg>',
    '<!DOCTYPE svg><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><style>a{}</style></svg>',
    '<svg xmlns="http://www.w3.org/2000/svg"/>',
    "bukan gambar",
]


@pytest.mark.parametrize("text", DRAWINGS)
def test_a_drawing_that_does_more_than_show_is_a_fault(text: str) -> None:
    faults = faults_of(course_files({"media/lain.svg": text}))
    assert faults != ()
    assert {fault.path for fault in faults} == {"courses/ddc/media/lain.svg"}, said(faults)


def test_the_place_in_a_drawing_is_told() -> None:
    faults = faults_of(course_files({"media/lain.svg": SVG.replace("<title>", "<script/>\n<title>")}))
    assert [(fault.line, fault.column) for fault in faults] == [(2, 1)]


def test_a_picture_with_faults_is_not_also_called_missing() -> None:
    faults = faults_of(course_files({"media/kelas.svg": "<svg"}))
    assert {fault.path for fault in faults} == {"courses/ddc/media/kelas.svg"}


def test_a_picture_without_words_is_warned_of_and_one_that_no_lesson_shows() -> None:
    course = compile_course("ddc", spoiled("01-kelas.yaml", "![Sepuluh kelas]", "![]"), shared())
    assert ["teks alternatif" in str(each) for each in course.warnings] == [True]
    course = compile_course("ddc", course_files({"media/lain.svg": SVG + " "}), shared())
    assert [str(each).startswith("courses/ddc/media/lain.svg:1:1") for each in course.warnings] == [True]
    assert compile_course("ddc", course_files({"01-kelas.yaml": MODULE}), shared()).warnings == ()
