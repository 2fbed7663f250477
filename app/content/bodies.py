"""A body as an editor has it, not yet in any file: how it will look, and what its author should know of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from math import ceil
from typing import Final, NamedTuple

from app.content.activities import LessonTerm
from app.content.faults import Findings, shown
from app.content.lessons import Library, kilobytes_of, note_body, picture_bytes, render_body, terms_of
from app.content.nodes import Place, Span, TextNode
from app.errors import N_, Message
from app.texts.hurting import hurting
from app.texts.markdown import Problem, RenderedLesson

WORDS_A_MINUTE: Final = 180  # of a lesson, by a person who reads to learn
PICTURE_BUDGET: Final = 300_000  # bytes that the pictures of one lesson should not exceed

_ABOVE: Final = Span(Place(0, 1, 0), Place(0, 1, 0))  # so that the text's first line is line 1


class Told(NamedTuple):
    """Something to know of one line (from 1) of a text."""

    line: int
    message: Message


@dataclass(frozen=True, slots=True)
class BodyLook:
    """A body in one language. `removed`: what is not shown as it was written because it could hurt, and why.

    `faults` keep the course from being published, `advice` does not. `pictures` in bytes.
    """

    html: str
    terms: tuple[LessonTerm, ...]
    words: int
    kilobytes: int
    pictures: int
    removed: tuple[Told, ...]
    faults: tuple[Told, ...]
    advice: tuple[Told, ...]

    @property
    def minutes(self) -> int:
        """About how long it takes to read."""
        return max(1, ceil(self.words / WORDS_A_MINUTE))

    @property
    def picture_kilobytes(self) -> int:
        """What its pictures weigh, rounded up."""
        return ceil(self.pictures / 1000)


def look_at(text: str, language: str, prefix: str, library: Library) -> BodyLook:
    """A body as learners will see it; `prefix` begins the ids in it."""
    page = render_body(text, language, prefix, library)
    removed = hurting(text)
    told = {problem.detail for problem in removed}
    others = tuple(each for each in page.problems if each.detail not in told or each.kind == "alt_missing")
    faults, advice = _told(text, RenderedLesson(page.html, page.terms, page.words, others), library)
    pictures = picture_bytes(page.html, library.weights)
    return BodyLook(
        html=page.html,
        terms=terms_of(page),
        words=page.words,
        kilobytes=kilobytes_of(page.html, library.weights),
        pictures=pictures,
        removed=tuple(Told(each.line, _REASONS[each.kind](each)) for each in removed),
        faults=faults,
        advice=(*advice, *_over_budget(pictures)),
    )


def _told(text: str, page: RenderedLesson, library: Library) -> tuple[tuple[Told, ...], tuple[Told, ...]]:
    findings = Findings()
    note_body(page, TextNode.made(text, _ABOVE, "|"), library, findings.of("body"))
    faults = (Told(max(1, each.line), each.message) for each in findings.errors)
    return tuple(faults), tuple(Told(max(1, each.line), each.message) for each in findings.warnings)


def _over_budget(pictures: int) -> Iterator[Told]:
    if pictures > PICTURE_BUDGET:
        message = N_(
            "Gambar di materi ini %(size)s KB, lebih dari %(limit)s KB. Di desa data seluler mahal: kecilkan atau "
            "kurangi.",
            size=ceil(pictures / 1000),
            limit=PICTURE_BUDGET // 1000,
        )
        yield Told(1, message)


def _of(message: Message) -> Callable[[Problem], Message]:
    return lambda problem: Message(message.msgid, {"tag": shown(problem.detail)})


_SCRIPT: Final = N_("<%(tag)s> tidak dijalankan, hanya tampil sebagai tulisan: skrip dapat mencuri isian pembaca.")
_HANDLER: Final = N_(
    '"%(tag)s" tidak dijalankan: itu skrip yang berjalan saat disentuh, dan dapat mencuri isian pembaca.'
)
_FRAME: Final = N_(
    "<%(tag)s> tidak ditampilkan: halaman lain di dalam materi dapat menyamar dan memakai data pembaca. Tulis "
    "tautannya."
)
_FORM: Final = N_("<%(tag)s> tidak dipakai: formulir di dalam materi dapat mengirim isian pembaca ke tempat lain.")
_STYLE: Final = N_("<%(tag)s> tidak dipakai: gaya dapat menutupi halaman. Pakai judul, daftar, dan kutipan.")
_HTML: Final = N_("<%(tag)s> tampil sebagai tulisan: materi memakai tanda Markdown, bukan HTML.")
_RUNNING: Final = N_('Tautan "%(tag)s" tidak dipakai: tautan seperti itu menjalankan skrip. Pakai https://.')
_REMOTE: Final = N_(
    'Gambar dari "%(tag)s" tidak diambil: pemilik situs itu akan tahu siapa yang membaca, dan gambarnya dapat diganti. '
    "Simpan gambarnya, lalu tambahkan dengan tombol Gambar."
)
_REASONS: Final[Mapping[str, Callable[[Problem], Message]]] = {
    "script": _of(_SCRIPT),
    "handler": _of(_HANDLER),
    "frame": _of(_FRAME),
    "form": _of(_FORM),
    "style": _of(_STYLE),
    "html": _of(_HTML),
    "running_link": _of(_RUNNING),
    "remote_picture": _of(_REMOTE),
}
