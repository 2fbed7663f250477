"""The figures of questions: found among the course's pictures and given the address where they are served."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from math import ceil

from app.content.activities import Quiz
from app.content.course import Course, Media
from app.content.faults import Notes
from app.content.nodes import MapNode, text_at
from app.content.questions import AnyQuestion, Written
from app.content.rendering import Pictures, note_problems
from app.errors import N_
from app.questions.hotspot import Hotspot, Picture
from app.texts.markdown import Problem


@dataclass(frozen=True, slots=True)
class Gallery:
    """The pictures that questions of a course may show; those in `faulty` are there and have faults of their own."""

    media: Mapping[str, Media] = field(default_factory=dict)
    faulty: frozenset[str] = frozenset()


def note_figures(nodes: Iterable[MapNode], gallery: Gallery | None, notes: Notes) -> None:
    """Every figure that a question names is there. `gallery` None: these questions belong to no course."""
    for node in nodes:
        image = text_at(node, "image")
        if image is None or image.refused or text_at(node, "type") != "hotspot":
            continue
        if gallery is None:
            message = N_("Soal bergambar tidak dapat ditaruh di bank bersama, karena gambar ada di folder kursus.")
            notes.add(image.span.start, message)
        elif image not in gallery.media:
            unknown = Problem("image_unknown", str(image), 1)
            note_problems([unknown], image, Pictures(gallery.media, gallery.faulty), notes)


def illustrated(written: Written, gallery: Gallery | None) -> Written:
    """The question with its figure at hand, where it has one."""
    question = written.question
    if not isinstance(question, Hotspot) or gallery is None or question.image not in gallery.media:
        return written
    media = gallery.media[question.image]
    return replace(written, question=question.with_picture(Picture(media.url, media.width, media.height)))


def figures_of(questions: Iterable[AnyQuestion]) -> frozenset[str]:
    """The addresses of all figures that questions show."""
    return frozenset(each.picture.url for each in questions if isinstance(each, Hotspot) and each.picture is not None)


def figure_kilobytes(course: Course, quiz: Quiz) -> int:
    """What all figures that an attempt may show cost to open, rounded up; 0 where a quiz has none."""
    shown = figures_of(course.questions[address] for address in quiz.addresses)
    return ceil(sum(each.size for each in course.media.values() if each.url in shown) / 1000)
