"""The pages on which a quiz is worked: one question each, and the overview before handing in.

A question's page is a skeleton filled with what is the attempt's own: the question, the list of slots, the saved state.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache, partial
from typing import Any, Final, NamedTuple

from flask import url_for
from markupsafe import Markup

from app.errors import N_
from app.learn.quiz_list import heading_part, overview_part, slots_part, unanswered
from app.learn.quiz_modes import mode_of, mode_part, verdict_words
from app.learn.quiz_parts import part
from app.learn.quiz_time import clock_part
from app.questions.base import Question
from app.questions.file import File
from app.questions.multiple import Multiple
from app.questions.registry import scripts_of, template_of
from app.questions.single import Single
from app.quizzes.operations import new_page_token
from app.quizzes.queries import Sheet
from app.quizzes.rules.answering import Action, AnswerRow, SlotState, StoredResponse
from app.quizzes.rules.navigation import is_sequential
from app.quizzes.rules.review import WHILE_ANSWERING, Moment, Reveal, key_at_check, reveal
from app.web.frame import Blank, Skeleton, fill_page
from app.web.kept import kept
from app.web.languages import language, tell
from app.web.templating import filtered, macro

KEPT: Final = 3000  # questions kept as they were rendered, per process; the same for their options
OPTIONS_KEPT: Final = 10_000
NOTED: Final = N_("✓ Tersimpan")
TYPED: Final = frozenset({"short-text", "number", "cloze", "essay"})  # kinds saved while one types, not at a change


def question_page(sheet: Sheet, states: Sequence[SlotState], wanted: int | None, *, now: datetime) -> str:
    """The page of one slot; `wanted` None: the first without an answer, or in a sequential quiz the one reached.

    Raises NotFound, OutOfTurn.
    """
    sequential = is_sequential(sheet.quiz.settings)
    first = sheet.reached if sequential else first_unanswered(states) or 1
    slot = first if wanted is None else wanted
    question, state = sheet.question(slot), states[slot - 1]
    sheet.check_turn(slot)
    mode = mode_of(sheet, slot, state)
    typed, takes_files = question.type in TYPED, isinstance(question, File)
    return fill_page(
        "learn/quiz_question.html",
        key=(sheet.revision_id, sheet.quiz.id, len(states), slot, mode, typed, takes_files, sheet.limits.timed),
        shared=lambda: {
            "course": sheet.course,
            "quiz": sheet.quiz,
            "slot": slot,
            "count": len(states),
            "mode": mode,
            "typed": typed,
            "takes_files": takes_files,
            "timed": sheet.limits.timed,
            "settled": mode in ("checked", "hinted"),  # there is no answer to save
            "checks": mode in ("immediate", "interactive"),
            "sequential": sequential,
            "redo": sheet.quiz.settings.redo,
            # of the whole quiz: a script that is put in with the next question's page would not run
            "scripts": scripts_of(sheet.course.questions[each] for each in sheet.quiz.addresses),
        },
        personal={
            "attempt_url": url_for("learn.attempt", attempt_id=sheet.id),
            "slots": slots_part(sheet, states, slot, linked=mode in ("checked", "hinted")),
            "heading": heading_part(sheet, slot, again=True),
            "question": _question_now(sheet, slot, state),
            "page_token": new_page_token(),
            "seen": state.seq,
            "saved": _saved_words(states, slot),
            "clock": clock_part(sheet, now) if sheet.limits.timed else "",
            "verdict": verdict_words(sheet, slot, state),
            "beside": mode_part(sheet, slot, state),
            "flag": flag_part(unsure=slot in sheet.flagged) if question.asks else "",
        },
    )


def first_unanswered(states: Sequence[SlotState]) -> int | None:
    """The first slot that wants an answer, or the text to read right before it; None where all have an answer."""
    slot = next((slot for slot, state in enumerate(states, start=1) if state.open), None)
    while slot is not None and slot > 1 and not states[slot - 2].asks:
        slot -= 1
    return slot


def saved_part(row: AnswerRow | None, *, noted: bool = False) -> Markup:
    """What a script gets for a saved answer: the words, and what the page must say at the next one.

    `noted`: beside it, or alone where `row` is None, it was kept whether the learner is unsure.
    """
    words = saved_words(row) if row else tell(NOTED) if noted else ""
    return part("learn/quiz_saved.html", words=words, page_token=new_page_token(), seen=row.seq if row else 0)


def saved_words(row: AnswerRow, slot: int | None = None) -> str:
    """When an answer was saved; with its slot, where that is not the one that is looked at."""
    time = filtered("clock_time", row.saved_at)
    if slot is None:
        return tell(N_("✓ Tersimpan pukul %(time)s", time=time))
    return tell(N_("✓ Soal %(slot)s tersimpan pukul %(time)s", slot=slot, time=time))


def overview_page(sheet: Sheet, states: Sequence[SlotState], *, now: datetime) -> str:
    """Which questions are answered and which are not, by name, and the button to hand in. Raises OutOfTurn."""
    sheet.check_turn(None)
    attempt_url = url_for("learn.attempt", attempt_id=sheet.id)
    left = unanswered(states)
    return fill_page(
        "learn/quiz_overview.html",
        key=(sheet.revision_id, sheet.quiz.id, bool(left), sheet.limits.timed),
        shared=lambda: {
            "course": sheet.course,
            "quiz": sheet.quiz,
            "complete": not left,
            "all_on_one": sheet.quiz.settings.pages == "all",
            "sequential": is_sequential(sheet.quiz.settings),
            "timed": sheet.limits.timed,
        },
        personal={
            "attempt_url": attempt_url,
            "clock": clock_part(sheet, now) if sheet.limits.timed else "",
            "first": left[0] if left else "",
            "slots": overview_part(sheet, states, attempt_url),
        },
    )


class Asked(NamedTuple):
    """A question as it is put to somebody: of which revision, at which address, its options in which order."""

    revision_id: int
    address: str
    question: Question
    order: tuple[int, ...]


def question_part(sheet: Sheet, slot: int, state: SlotState, status: str, shown: Reveal) -> Markup:
    """The question of a slot as its kind's template shows it, with its answer where `shown` allows that."""
    place = sheet.place(slot)
    asked = Asked(sheet.revision_id, place.question, sheet.question(slot), place.order)
    return asked_part(asked, state.response if shown.answers else None, status, shown)


def asked_part(asked: Asked, stored: StoredResponse | None, status: str, shown: Reveal) -> Markup:
    """The same of a question wherever it is asked; `stored` is the answer to show in it."""
    question = asked.question
    values = {"question": question, "state": status, "reveal": shown, "language": language()}
    key = (asked.revision_id, asked.address, status, shown, language())

    def made(**more: Any) -> Markup:
        response = question.response_of(stored)
        return part(template_of(question), order=asked.order, response=response, **values, **more)

    if isinstance(question, Single | Multiple):
        frame = kept("questions", KEPT, (*key, stored is None), lambda: Skeleton(made(options=Blank("options"))))
        return Markup(frame.fill({"options": _options(key, asked.order, stored, values)}))  # noqa: S704 (rendered)
    return kept("questions", KEPT, key, made) if stored is None and not asked.order else made()


def _options(key: tuple[Hashable, ...], order: Sequence[int], stored: Any, values: Mapping[str, Any]) -> Markup:
    """The options in the order of an attempt. Each stands in few places, ticked or not, so it is kept for all."""
    ticked = () if stored is None else stored["choices"] if "choices" in stored else (stored["choice"],)

    def made(index: int, position: int, *, chosen: bool) -> Markup:
        control = "checkbox" if isinstance(values["question"], Multiple) else "radio"
        return macro("questions/_parts.html", "choice")(
            control, values["question"], index, position, chosen, values["state"], values["reveal"], values["language"]
        )

    return Markup("").join(
        kept(
            "options",
            OPTIONS_KEPT,
            (key, index, position, index in ticked),
            partial(made, index, position, chosen=index in ticked),
        )
        for position, index in enumerate(order)
    )


def _question_now(sheet: Sheet, slot: int, state: SlotState) -> Markup:
    if not state.final:
        return question_part(sheet, slot, state, "locked" if state.hinted else "open", WHILE_ANSWERING)
    settings = sheet.quiz.settings
    shown = reveal(settings, Moment(checked=True, key_open=key_at_check(settings)))
    return question_part(sheet, slot, state, "locked", shown)


def _saved_words(states: Sequence[SlotState], slot: int) -> str:
    """When this answer was saved; where it is still empty, when the last one of the attempt was."""
    given = [(number, state.newest) for number, state in enumerate(states, start=1) if state.newest is not None]
    saved = [(row, number) for number, row in given if row.action is not Action.REDO]
    own = next((row for row, number in saved if number == slot), None)
    if own is not None:
        return saved_words(own)
    row, other = max(saved, key=lambda each: each[0].saved_at, default=(None, None))
    return saved_words(row, other) if row else ""


def flag_part(*, unsure: bool) -> Markup:
    """The box that says one is unsure of an answer."""
    return _flag(language(), unsure=unsure)


@lru_cache(maxsize=8)
def _flag(language: str, *, unsure: bool) -> Markup:
    return part("learn/quiz_flag.html", unsure=unsure)
