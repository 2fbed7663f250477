"""What is wrong in a text's Markdown, said in a sentence; kinds are those of `markdown.Problem` and `hurting`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from app.content.faults import Notes, shown, unknown
from app.content.nodes import Node, Place, TextNode
from app.errors import N_, Message
from app.texts.blocks import NOTES
from app.texts.hurting import RUNS, hurting
from app.texts.markdown import LessonContext, Problem, render_lesson


class Pictures(NamedTuple):
    """The pictures of a course: those a text may show, and those that are there but have faults of their own."""

    known: Iterable[str] = ()
    faulty: Iterable[str] = ()


NO_PICTURES: Final = Pictures()


def note_problems(problems: Iterable[Problem], node: Node, pictures: Pictures, notes: Notes) -> None:
    """Note each problem at its line of the text `node`."""
    unknown_blocks = 0  # whose closing marks are still to come
    for problem in problems:
        if problem.kind == "image_unknown" and problem.detail in pictures.faulty:
            continue
        if problem.kind == "block_unknown":
            closes = not problem.detail.strip(": ")
            unknown_blocks += -1 if closes else 1
            if closes and unknown_blocks >= 0:
                continue
        notes.add(_place_in(node, problem.line), sentence_of(problem, pictures), warning=problem.kind in _ADVICE)


def sentence_of(problem: Problem, pictures: Pictures = NO_PICTURES) -> Message:
    """What is told of a problem; of what could hurt also why it is not done."""
    return _SENTENCES[problem.kind](problem.detail, pictures)


def hurting_problems(text: str) -> Iterator[Problem]:
    """What is not done of any text because it could hurt its readers, but for pictures, which are faults anyway."""
    if "<" in text or RUNS.search(text):
        yield from (each for each in hurting(text) if each.kind in _HURTING)


def inline_problems(text: str) -> Iterator[Problem]:
    """What would not be shown in a text of a question: links that lead where none may, and pictures."""
    if "](" not in text and "<" not in text:
        return
    for problem in render_lesson(text, LessonContext()).problems:
        if problem.kind == "image_unknown":
            yield problem._replace(kind="image_inline")
        elif problem.kind in ("link_refused", "link_not_https"):
            yield problem
    yield from hurting_problems(text)


def _place_in(node: Node, line: int) -> Place:
    """Line `line` (from 1) of a text: below its `|` where it has one; else only the text's beginning is sure."""
    start = node.span.start
    if not isinstance(node, TextNode) or node.style != "|":
        return start
    return Place(start.line + line, 1, start.offset)


_HURTING: Final = frozenset({"script", "handler", "frame", "form", "style", "running_link"})
_ADVICE: Final = frozenset({"link_not_https", "alt_missing", "heading_top"}) | _HURTING


def _fixed(message: Message) -> Callable[[str, Pictures], Message]:
    return lambda detail, pictures: message


def _link_refused(detail: str, pictures: Pictures) -> Message:
    return N_(
        'Tautan ke "%(address)s" tidak dipakai. Yang boleh: https://, mailto:, atau #bagian.', address=shown(detail)
    )


def _link_not_https(detail: str, pictures: Pictures) -> Message:
    return N_('Tautan "%(address)s" tidak aman, jadi tidak ditampilkan. Pakai https://.', address=shown(detail))


def _image_unknown(detail: str, pictures: Pictures) -> Message:
    fault = N_('Gambar "%(path)s" tidak ada di folder kursus.', path=shown(detail))
    return unknown(fault, detail, sorted(pictures.known))


def _alt_missing(detail: str, pictures: Pictures) -> Message:
    return N_(
        'Gambar "%(path)s" belum punya teks alternatif. Tulis isinya di dalam kurung siku: ![teks](alamat).',
        path=shown(detail),
    )


def _block_unknown(detail: str, pictures: Pictures) -> Message:
    if not detail.strip(": "):
        return N_('Penutup blok ":::" ini tidak punya pembuka.')
    name = detail.strip(": ").split(" ")[0]
    return unknown(N_('Blok "%(block)s" tidak dikenal.', block=shown(detail)), name, NOTES)


def _block_unclosed(detail: str, pictures: Pictures) -> Message:
    return N_('Blok "%(block)s" belum ditutup. Tulis ":::" di baris sendiri sesudah isinya.', block=shown(detail))


def _heading_top(detail: str, pictures: Pictures) -> Message:
    return N_(
        'Judul bagian "%(text)s" ditulis dengan "#". Mulai dari "##": judul materi sudah menjadi yang teratas.',
        text=shown(detail),
    )


def _why(message: Message) -> Callable[[str, Pictures], Message]:
    return lambda detail, pictures: Message(message.msgid, {"tag": shown(detail)})


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
_SENTENCES: Final[Mapping[str, Callable[[str, Pictures], Message]]] = {
    "link_refused": _link_refused,
    "link_not_https": _link_not_https,
    "image_unknown": _image_unknown,
    "image_inline": _fixed(N_("Gambar di dalam soal belum didukung. Pindahkan ke materi.")),
    "alt_missing": _alt_missing,
    "block_unknown": _block_unknown,
    "block_unclosed": _block_unclosed,
    "heading_top": _heading_top,
    "too_dense": _fixed(
        N_("Teks ini memuat terlalu banyak tanda Markdown, jadi tidak dapat ditampilkan dengan rapi. Sederhanakan.")
    ),
    "script": _why(_SCRIPT),
    "handler": _why(_HANDLER),
    "frame": _why(_FRAME),
    "form": _why(_FORM),
    "style": _why(_STYLE),
    "html": _why(_HTML),
    "running_link": _why(_RUNNING),
    "remote_picture": _why(_REMOTE),
}
