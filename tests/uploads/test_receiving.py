"""What is taken of a file is told by its bytes alone, and of a photo nothing is kept but its pixels."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops

from app.questions.file import MIMES
from app.uploads.rules import photos
from app.uploads.rules.names import ENDINGS, NAME_LIMIT, clean_name
from app.uploads.rules.receiving import DOCUMENTS, Received, receive
from app.uploads.rules.refusals import (
    BrokenPhoto,
    EmptyFile,
    FileTooLarge,
    HeicPhoto,
    HoldsMacros,
    NotTaken,
    TooManyPixels,
    UploadRefused,
)
from tests.uploads.files import ALL, HEIC, LIMIT, PDF, exif, opened, packed, photo, word

OOXML = "application/vnd.openxmlformats-officedocument."
ODT = "application/vnd.oasis.opendocument.text"
JPEG = photo()


def take(data: bytes, name: str = "foto.jpg", accept: str = "any") -> Received:
    return receive(data, name, MIMES[accept], LIMIT)  # type: ignore[index]


@pytest.mark.parametrize(("kind", "mode"), [
    ("JPEG", "RGB"), ("JPEG", "L"), ("JPEG", "CMYK"), ("PNG", "RGBA"), ("PNG", "P"), ("PNG", "LA"), ("PNG", "1"),
    ("PNG", "I;16"), ("WEBP", "RGB"),
])  # fmt: skip
def test_photos_of_every_usual_kind_are_kept_as_webp(kind: str, mode: str) -> None:
    if mode == "I;16":
        target = BytesIO()
        Image.new("I;16", (40, 30), 9000).save(target, "PNG")
        data = target.getvalue()
    else:
        data = photo((400, 200), kind, "RGBA" if mode == "LA" else mode)
        data = photo_la() if mode == "LA" else data
    kept = take(data, "rak.png")
    assert (kept.mime, kept.name, kept.is_photo) == ("image/webp", "rak.webp", True)
    assert opened(kept.data).format == "WEBP"


def photo_la() -> bytes:
    target = BytesIO()
    Image.new("LA", (40, 30), (128, 90)).save(target, "PNG")
    return target.getvalue()


def test_a_photo_is_upright_and_tells_neither_place_nor_phone() -> None:
    sent = photo((300, 100), exif=exif(6), comment=b"rahasia", icc_profile=b"x" * 200)
    assert b"RahasiaPhone" in sent
    kept = take(sent).data
    picture = opened(kept)
    assert picture.size == (100, 300)  # orientation 6: held upright, stored lying
    assert not picture.getexif() and not {"exif", "icc_profile", "xmp", "comment"} & set(picture.info)
    assert b"ahasia" not in kept
    top, bottom = picture.convert("RGB").getpixel((50, 40)), picture.convert("RGB").getpixel((50, 260))
    assert top[0] > 150 > top[2] and bottom[2] > 150 > bottom[0], "what was left is above"


def test_a_large_photo_becomes_small_and_a_small_one_is_not_blown_up() -> None:
    assert opened(take(photo((4000, 3000))).data).size == (1600, 1200)
    assert opened(take(photo((300, 400))).data).size == (300, 400)
    noise = Image.effect_noise((2400, 2400), 90).convert("RGB")
    target = BytesIO()
    noise.save(target, "JPEG", quality=95)
    assert len(target.getvalue()) > 3_000_000
    kept = take(target.getvalue()).data
    assert opened(kept).size == (1600, 1600)
    assert len(kept) < len(target.getvalue()) / 3  # noise is the worst there is; photos come to 100 to 300 KB


def test_the_same_photo_gives_the_same_hash_and_another_another() -> None:
    assert take(JPEG).sha256 == take(JPEG, "lain.jpg").sha256 != take(photo((200, 400))).sha256


def test_a_photo_of_too_many_pixels_is_refused_before_it_is_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = photo((5000, 5000), "PNG", "L")  # some KB that would be 100 MB
    assert len(bomb) < 200_000
    monkeypatch.setattr(photos, "_written", lambda picture: pytest.fail("it was decoded"))
    with pytest.raises(TooManyPixels, match="24 megapiksel"):
        take(bomb, "bom.png")
    monkeypatch.setattr(photos, "JPEG_PIXELS", 10_000)
    with pytest.raises(TooManyPixels):
        take(photo((400, 400)))


REFUSED = [
    (b"", "any", EmptyFile, "kosong"),
    (b"x" * (LIMIT + 1), "any", FileTooLarge, "File terlalu besar: 13 MB, batasnya 12 MB."),
    (HEIC, "any", HeicPhoto, "Paling Kompatibel"),
    (HEIC, "document", NotTaken, "PDF"),
    (JPEG[: len(JPEG) // 2], "any", BrokenPhoto, "rusak"),
    (JPEG[:20], "photo", BrokenPhoto, "rusak"),
    (b"\x89PNG\r\n\x1a\n" + b"<script>", "photo", BrokenPhoto, "rusak"),
    (b"GIF89a" + b"\0" * 20, "photo", NotTaken, "bukan foto"),
    (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "photo", NotTaken, "bukan foto"),
    (PDF, "photo", NotTaken, "bukan foto"),
    (JPEG, "document", NotTaken, "Jenis dokumen"),
    (b"MZ\x90\0\3\0\0", "any", NotTaken, "Jenis file"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "document", NotTaken, "Jenis dokumen"),  # an old .doc
    (packed({"a.txt": b"x"}), "document", NotTaken, "Jenis dokumen"),
    (word()[:-30], "document", NotTaken, "Jenis dokumen"),
    (word(word__vbaProject_bin=b"x").replace(b"vbaProject_bin", b"vbaProject.bin"), "document", HoldsMacros, "makro"),
    (word(b"application/vnd.ms-word.document.macroEnabled.main+xml"), "document", HoldsMacros, "makro"),
    (packed({"Basic/Standard/script-lb.xml": b"x"}, ("mimetype", ODT.encode())), "document", HoldsMacros, "makro"),
    (packed({}, ("mimetype", b"application/vnd.oasis.opendocument.graphics")), "document", NotTaken, "Jenis"),
    (b"satu\0dua", "document", NotTaken, "Jenis dokumen"),
    ("catatan".encode("utf-16"), "document", NotTaken, "Jenis dokumen"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "accept", "refusal", "words"), REFUSED)
def test_what_is_not_taken_is_refused_with_words(
    data: bytes, accept: str, refusal: type[UploadRefused], words: str
) -> None:
    with pytest.raises(refusal) as told:
        take(data, "rak.jpg", accept)
    assert words in str(told.value.message)


TAKEN = [
    (PDF, "application/pdf", "laporan.pdf"),
    (word(), f"{OOXML}wordprocessingml.document", "laporan.docx"),
    (packed({"[Content_Types].xml": b"", "xl/workbook.xml": b""}), f"{OOXML}spreadsheetml.sheet", "laporan.xlsx"),
    (packed({"[Content_Types].xml": b"", "ppt/presentation.xml": b""}), f"{OOXML}presentationml.presentation",
     "laporan.pptx"),
    (packed({"content.xml": b""}, ("mimetype", ODT.encode())), ODT, "laporan.odt"),
    ("Rak 398.2\r\nsudah rapi ✓\n".encode(), "text/plain", "laporan.txt"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "mime", "name"), TAKEN)
def test_documents_are_told_by_what_they_hold_whatever_they_are_called(data: bytes, mime: str, name: str) -> None:
    kept = take(data, "laporan.exe", "document")
    assert (kept.mime, kept.name, kept.data, kept.is_photo) == (mime, name, data, False)


def test_every_type_that_questions_ask_for_can_be_taken_and_has_its_ending() -> None:
    told = {mime for _, mime, _ in TAKEN} | {"application/vnd.oasis.opendocument.spreadsheet"}
    assert told == DOCUMENTS
    assert set(ENDINGS) == DOCUMENTS | {photos.PHOTO_MIME} and photos.PHOTO_MIME in MIMES["photo"]


@pytest.mark.parametrize(("given_name", "name"), [
    ("rak.jpg", "rak.webp"),
    ("../../etc/passwd", "passwd.webp"),
    ("C:\\Users\\siti\\rak saya.JPG", "rak saya.webp"),
    ("tiga\n\tbaris\r.png", "tiga baris.webp"),
    ("\u202egpj.exe", "gpj.webp"),  # turned round it would read exe.jpg
    ("rak\0.jpg", "rak.webp"),
    (".htaccess", "file.webp"),
    ("...", "file.webp"),
    ("", "file.webp"),
    (None, "file.webp"),
    ("v1.2 rak", "v1.2 rak.webp"),
    ("é" * 300 + ".jpg", "é" * (NAME_LIMIT - 5) + ".webp"),
    ("<b>.jpg", "<b>.webp"),  # escaped where it is shown
])  # fmt: skip
def test_a_name_is_one_line_without_folders_and_ends_as_its_content_says(given_name: str | None, name: str) -> None:
    assert clean_name(given_name, "image/webp") == name


@given(st.text(max_size=200))
def test_any_name_becomes_one_that_can_be_shown(text: str) -> None:
    name = clean_name(text, "application/pdf")
    assert 1 <= len(name) <= NAME_LIMIT and name.endswith(".pdf")
    assert not set(name) & set("/\\\n\r\t\0\u202e")


@given(st.data())
def test_no_damaged_file_does_more_than_be_refused(data: st.DataObject) -> None:
    whole = bytearray(data.draw(st.sampled_from([JPEG, photo(kind="PNG"), photo(kind="WEBP"), word(), HEIC, PDF])))
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cut = bytes(whole[: data.draw(st.integers(1, len(whole)))])
    try:
        kept = take(cut)
    except UploadRefused:
        return
    assert kept.mime in ALL and kept.data


def test_a_photo_beside_which_a_program_stands_loses_it() -> None:
    kept = take(JPEG + b"<script>alert(1)</script><?php evil(); ?>").data
    assert b"script" not in kept and b"php" not in kept
    same = ImageChops.difference(opened(kept).convert("RGB"), opened(take(JPEG).data).convert("RGB"))
    assert same.getbbox() is None
