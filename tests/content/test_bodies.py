"""What a lesson's author is told while writing: how it looks, how long it takes, what is taken out and why."""

from __future__ import annotations

from app.content.bodies import PICTURE_BUDGET, BodyLook, look_at
from app.content.lessons import Library
from app.texts.markdown import MediaInfo

ADDRESS = f"/media/{'a' * 64}.webp"
LIBRARY = Library({"media/rak.webp": MediaInfo(ADDRESS, 400, 300)}, {"id": (), "en": ()}, weights={ADDRESS: 72_400})


def look(text: str, library: Library = LIBRARY) -> BodyLook:
    return look_at(text, "id", "materi", library)


def test_words_minutes_and_pictures_are_counted() -> None:
    seen = look("![Rak buku](media/rak.webp)\n\n" + "kata " * 400)
    assert (seen.words, seen.minutes, seen.picture_kilobytes) == (400, 3, 73)
    assert seen.kilobytes > 72 and "<figure>" in seen.html and not (seen.removed or seen.faults or seen.advice)


def test_what_is_removed_is_told_once_and_says_why() -> None:
    seen = look("Halo\n\n<script>alert(1)</script>\n\n![rak](https://situs.id/rak.jpg)")
    assert [each.line for each in seen.removed] == [3, 5]
    assert "skrip dapat mencuri" in str(seen.removed[0].message) and "siapa yang membaca" in str(
        seen.removed[1].message
    )
    assert seen.faults == ()  # the remote picture is not told a second time as one that is missing


def test_faults_and_advice_stand_at_their_lines() -> None:
    seen = look("Satu\n\n![](media/rak.webp)\n\n[x](http://situs.id)\n\n![meja](media/meja.webp)")
    assert [(each.line, "teks alternatif" in str(each.message)) for each in seen.advice] == [(3, True), (5, False)]
    assert [each.line for each in seen.faults] == [7]


def test_a_long_lesson_and_heavy_pictures_are_advice() -> None:
    heavy = Library(LIBRARY.media, LIBRARY.terms, weights={ADDRESS: PICTURE_BUDGET + 1})
    seen = look("![Rak](media/rak.webp) " + "kata " * 901, heavy)
    assert len(seen.advice) == 2 and seen.faults == ()
