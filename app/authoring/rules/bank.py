"""The questions of a course and of the shared banks: found, filtered, counted, and the same ones told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from app.authoring.rules.holders import Holder, QuestionFact, folded, text_at
from app.authoring.rules.slots import Draw, draw_of
from app.catalogue.rules import question_prefix
from app.marking.rules.item_quality import ItemFigure, fits_quality
from app.paging import page_within

PAGE: Final = 50  # questions on one page
IN_QUIZZES: Final = "quizzes"  # the filter for questions that stand in quizzes, beside `bank/<name>`
IN_BANKS: Final = "banks"


@dataclass(frozen=True)
class Row:
    """One question, where it stands, and the other quizzes that take it: by name, or perhaps by chance."""

    holder: Holder
    at: int
    fact: QuestionFact
    used_in: tuple[Holder, ...] = ()
    drawn_in: tuple[Holder, ...] = ()
    figure: ItemFigure | None = None  # what answers tell of it; None: nobody answered yet

    @property
    def key(self) -> str:
        """How a form names it."""
        return f"{self.holder.id}|{self.fact.id}"

    def address(self, slug: str) -> str:
        """What attempts at quizzes of the course call it."""
        name = f"{self.holder.name}/{self.fact.id}"
        return name if self.holder.shared else f"{question_prefix(slug)}{name}"

    @cached_property
    def searched(self) -> str:
        """What words are looked for in."""
        return f"{self.fact.folded} {folded(' '.join((self.fact.id, *self.fact.tags)))}"


@dataclass(frozen=True, slots=True)
class Filter:
    """What is looked for; "" is anything. `use`: used, unused, or a quiz's id. `where`: as IN_BANKS or a bank's id.

    `quality`: one of app.marking.rules.item_quality.Quality, by the figures of who answered.
    """

    words: str = ""
    where: str = ""
    kind: str = ""
    competency: str = ""
    tag: str = ""
    difficulty: str = ""
    use: str = ""
    quality: str = ""

    @property
    def any(self) -> bool:
        """Whether anything is looked for at all."""
        return self != Filter(where=self.where)

    @property
    def narrows(self) -> bool:
        """Whether anything but words is asked for."""
        return self != Filter(words=self.words, where=self.where)


def rows_of(holders: Sequence[Holder]) -> tuple[Row, ...]:
    """Every question of quizzes and banks (surveys measure nothing and are left out), in their order."""
    uses, draws = uses_of(holders), tuple(_draws(holders))
    rows = []
    for holder in holders:
        for at, fact in holder.questions if holder.kind != "survey" else ():
            if holder.kind == "quiz":
                rows.append(Row(holder, at, fact))
                continue
            drawn = dict.fromkeys(quiz for quiz, draw in draws if draw.bank == holder.name and _drawn(fact, draw))
            rows.append(Row(holder, at, fact, uses.get(f"{holder.name}/{fact.id}", ()), tuple(drawn)))
    return tuple(rows)


def with_figures(rows: Iterable[Row], slug: str, figures: Mapping[str, ItemFigure]) -> tuple[Row, ...]:
    """The rows of a course, each with what answers tell of its question."""
    return tuple(replace(row, figure=figures.get(row.address(slug))) for row in rows)


def _draws(holders: Iterable[Holder]) -> Iterator[tuple[Holder, Draw]]:
    for quiz in holders:
        for item in quiz.items if quiz.kind == "quiz" else ():
            if isinstance(item, dict) and "draw" in item and "type" not in item:
                yield quiz, draw_of(item)


def _drawn(fact: QuestionFact, draw: Draw) -> bool:
    return set(draw.tags) <= set(fact.tags) and draw.difficulty in ("", fact.difficulty)


def uses_of(holders: Iterable[Holder]) -> Mapping[str, tuple[Holder, ...]]:
    """bank/question, as quizzes write it -> the quizzes that take it by name."""
    found: dict[str, tuple[Holder, ...]] = {}
    for quiz in holders:
        for item in quiz.items if quiz.kind == "quiz" else ():
            if isinstance(item, dict) and "use" in item and "type" not in item:
                name = text_at(item, "use")
                found[name] = (*(each for each in found.get(name, ()) if each.id != quiz.id), quiz)
    return found


def takers_of(rows: Iterable[Row]) -> tuple[Holder, ...]:
    """The quizzes that take any of these questions."""
    return tuple(dict.fromkeys(quiz for row in rows for quiz in (*row.used_in, *row.drawn_in)))


def draws_from(holders: Iterable[Holder], bank: Holder) -> tuple[Holder, ...]:
    """The quizzes that draw from a bank."""
    return tuple(dict.fromkeys(quiz for quiz, draw in _draws(holders) if draw.bank == bank.name))


def found_in(rows: Iterable[Row], wanted: Filter) -> tuple[Row, ...]:
    """The rows that a filter lets through. Every word must be in the text, the id or a tag, wherever it stands."""
    words = folded(wanted.words).split()
    return tuple(row for row in rows if _fits(row, wanted) and all(word in row.searched for word in words))


def _fits(row: Row, wanted: Filter) -> bool:
    fact, holder = row.fact, row.holder
    return all(
        (
            wanted.where in ("", holder.id) or wanted.where == (IN_BANKS if holder.kind == "bank" else IN_QUIZZES),
            wanted.kind in ("", fact.kind),
            wanted.competency in ("", fact.competency) or (wanted.competency == "-" and not fact.competency),
            wanted.tag == "" or wanted.tag in fact.tags,
            wanted.difficulty in ("", fact.difficulty),
            _used(row, wanted.use),
            fits_quality(row.figure, wanted.quality),
        )
    )


def _used(row: Row, use: str) -> bool:
    own = (row.holder,) if row.holder.kind == "quiz" else ()
    quizzes = {each.id for each in (*own, *row.used_in, *row.drawn_in)}
    if use in ("used", "unused"):
        return bool(quizzes) == (use == "used")
    return use == "" or use in quizzes


def twins(rows: Iterable[Row]) -> tuple[tuple[Row, ...], ...]:
    """Questions whose texts are the same but for blanks, capitals, markup and punctuation, each group in order."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        if row.fact.asking:
            groups.setdefault(row.fact.asking, []).append(row)
    return tuple(tuple(group) for group in groups.values() if len(group) > 1)


@dataclass(frozen=True, slots=True)
class Choices:
    """What the filters offer, each in order: only what occurs."""

    kinds: tuple[str, ...]
    competencies: tuple[str, ...]
    tags: tuple[str, ...]
    difficulties: tuple[str, ...]
    measured: bool  # whether answers tell of any


def choices_of(rows: Sequence[Row]) -> Choices:
    """What these rows can be filtered by."""
    return Choices(
        _occurring(row.fact.kind for row in rows),
        _occurring(row.fact.competency for row in rows),
        _occurring(tag for row in rows for tag in row.fact.tags),
        tuple(each for each in ("easy", "medium", "hard") if any(row.fact.difficulty == each for row in rows)),
        any(row.figure is not None for row in rows),
    )


def _occurring(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({each for each in texts if each}))


def page_of(rows: Sequence[Row], number: int) -> tuple[tuple[Row, ...], int, int]:
    """One page of rows, its number (the nearest that exists), and how many pages there are, at least 1."""
    number, pages = page_within(len(rows), number, PAGE)
    return tuple(rows[(number - 1) * PAGE : number * PAGE]), number, pages


def picked(rows: Iterable[Row], keys: Iterable[str]) -> tuple[Row, ...]:
    """The rows that a form names, in the order of the rows."""
    wanted = set(keys)
    return tuple(row for row in rows if row.key in wanted)


def without_questions(holders: Iterable[Holder], gone: Iterable[Row]) -> Iterator[Holder]:
    """The holders as they are once some questions of banks are taken away."""
    places: dict[str, set[int]] = {}
    for row in gone:
        places.setdefault(row.holder.id, set()).add(row.at)
    for holder in holders:
        left = [item for at, item in enumerate(holder.items) if at not in places.get(holder.id, ())]
        yield replace(holder, value={**holder.value, "questions": left}) if holder.id in places else holder
