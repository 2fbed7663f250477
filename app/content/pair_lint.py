"""What is wrong with the tests before and after a course, looked at together: a half that is missing, forms that are no
forms of one test. What would lead learners astray is a fault; what makes a comparison weaker is advice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from fractions import Fraction
from itertools import product
from typing import Final

from app.content.activities import DrawSlot, Quiz, TestForm
from app.content.course import Module
from app.content.pairs import FORMS, Pair, pairs_among
from app.errors import N_, Message
from app.questions.base import NOT_MARKED, Question

FAR_APART: Final = Fraction(1, 4)  # of the step from easy to medium, or from medium to hard: the means of two forms
_STEPS: Final = {"easy": -1, "medium": 0, "hard": 1}
_KEYS: Final = {"pass_percent": "pass"}  # as YAML calls a setting that is called otherwise here


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to mend at one quiz. A `warning` is advice."""

    quiz_id: str
    message: Message
    warning: bool = True


def pair_problems(modules: Iterable[Module], questions: Mapping[str, Question]) -> Iterator[Problem]:
    """Of every pair of tests that learners get; `questions` are the course's by address."""
    shown = [(each, module.name) for module in modules for each in module.activities if not each.hidden]
    homes = {each.id: name for each, name in shown}
    for pair in pairs_among(each for each, _ in shown):
        yield from _halves(pair)
        yield from _repeated(pair)
        if pair.crossed:
            yield from _crossed(pair, homes, questions)
        else:
            yield from _uncrossed(pair)


# Halves


def _halves(pair: Pair) -> Iterator[Problem]:
    named = f" (pair: {pair.name})" if pair.name else ""
    if not pair.after:
        message = N_(
            "Tes awal ini belum punya tes akhir, jadi peningkatan peserta tidak dapat dihitung. Buat kuis dengan "
            "purpose: posttest%(pair)s.",
            pair=named,
        )
        yield Problem(pair.before[0].id, message)
    if not pair.before:
        message = N_(
            "Tes akhir ini belum punya tes awal, jadi peningkatan peserta tidak dapat dihitung. Buat kuis dengan "
            "purpose: pretest%(pair)s.",
            pair=named,
        )
        yield Problem(pair.after[0].id, message)


def _repeated(pair: Pair) -> Iterator[Problem]:
    """One form given to two quizzes of a side: nobody could say which of them is whose."""
    for side in (pair.before, pair.after):
        seen: dict[TestForm, str] = {}
        for quiz in side:
            form = quiz.settings.form
            if form in seen:
                message = N_(
                    'Bentuk %(form)s dari tes ini sudah ada: kuis "%(other)s". Tulis form: A di satu kuis dan form: B '
                    "di yang lain, atau beri pasangan lain (pair).",
                    form=form,
                    other=seen[form],
                )
                yield Problem(quiz.id, message, warning=False)
            elif form:
                seen[form] = quiz.id


def _uncrossed(pair: Pair) -> Iterator[Problem]:
    """Forms that are used, and not all four of them are there."""
    every = [*pair.before, *pair.after]
    formed = [each for each in every if each.settings.form]
    if not formed:
        return
    for quiz in every:
        if not quiz.settings.form:
            message = N_(
                "Kuis lain di pasangan ini punya bentuk (form). Tulis form: A atau form: B di sini juga, atau beri "
                "pasangan lain (pair)."
            )
            yield Problem(quiz.id, message)
    there = {(each.settings.purpose, each.settings.form) for each in formed}
    missing = [f"{purpose} {form}" for purpose, form in product(("pretest", "posttest"), FORMS)
               if (purpose, form) not in there]  # fmt: skip
    if missing:
        message = N_(
            "Bentuk tes belum lengkap, jadi belum diundi dan peserta melihat semua kuis ini. Tes awal dan tes akhir "
            "masing-masing perlu form: A dan form: B. Belum ada: %(missing)s.",
            missing=", ".join(missing),
        )
        yield Problem(formed[0].id, message)


# Two forms


def _crossed(pair: Pair, homes: Mapping[str, str], questions: Mapping[str, Question]) -> Iterator[Problem]:
    before, after = (_by_form(side) for side in (pair.before, pair.after))
    for a, b in ((before["A"], before["B"]), (after["A"], after["B"])):
        yield from _rules(a, b)
        yield from _look(a, b, homes)
        yield from _parallel(a, b, questions)
    yield from _shared(before, after)
    yield from _other_questions(before, after)


def _by_form(side: Sequence[Quiz]) -> dict[TestForm, Quiz]:
    return {each.settings.form: each for each in side if each.settings.form}


def _rules(a: Quiz, b: Quiz) -> Iterator[Problem]:
    """Learners are told the rules of the test before their form is drawn."""
    differing = [
        _KEYS.get(each.name, each.name)
        for each in fields(a.settings)
        if each.name != "form" and getattr(a.settings, each.name) != getattr(b.settings, each.name)
    ]
    if differing:
        message = N_(
            'Kedua bentuk harus sama aturannya, tetapi ini lain dari kuis "%(other)s": %(keys)s. Samakan.',
            other=a.id,
            keys=", ".join(differing),
        )
        yield Problem(b.id, message, warning=False)
    if a.question_count != b.question_count:
        message = N_(
            'Kedua bentuk harus sama banyak soalnya: di kuis "%(other)s" %(there)s, di sini %(here)s.',
            other=a.id,
            there=a.question_count,
            here=b.question_count,
        )
        yield Problem(b.id, message, warning=False)


def _look(a: Quiz, b: Quiz, homes: Mapping[str, str]) -> Iterator[Problem]:
    """Nobody is told of forms; and both are in one place, for learners see one."""
    if a.title != b.title:
        message = N_(
            'Judul ini lain dari kuis "%(other)s", jadi peserta tahu mendapat bentuk yang mana. Pakai judul yang sama.',
            other=a.id,
        )
        yield Problem(b.id, message)
    if homes[a.id] != homes[b.id]:
        message = N_(
            'Peserta hanya melihat satu tes, di tempat kuis "%(other)s". Taruh kedua bentuk di satu modul.', other=a.id
        )
        yield Problem(b.id, message)


def _parallel(a: Quiz, b: Quiz, questions: Mapping[str, Question]) -> Iterator[Problem]:
    there, here = _competencies(a, questions), _competencies(b, questions)
    told = [
        f"{name} {_number(there[name])}:{_number(here[name])}"
        for name in sorted({*there, *here})
        if there[name] != here[name]
    ]
    if told:
        message = N_(
            'Kompetensi kedua bentuk belum sejajar (soal di kuis "%(other)s" : soal di sini): %(told)s.',
            other=a.id,
            told=", ".join(told),
        )
        yield Problem(b.id, message)
    easier, harder = (_difficulty(each, questions) for each in (a, b))
    if abs(easier - harder) > FAR_APART:
        message = N_(
            'Kesukaran kedua bentuk belum setara: rata-rata %(there)s di kuis "%(other)s" dan %(here)s di sini '
            "(easy -1, medium 0, hard 1). Tukar atau ganti beberapa soal.",
            other=a.id,
            there=_number(easier),
            here=_number(harder),
        )
        yield Problem(b.id, message)


def _shared(before: Mapping[TestForm, Quiz], after: Mapping[TestForm, Quiz]) -> Iterator[Problem]:
    """Whoever takes A and then B would meet such a question twice."""
    others = {address: each["A"].id for each in (after, before) for address in _asked(each["A"])}
    told: set[str] = set()
    for quiz in (before["B"], after["B"]):
        found = [each for each in _asked(quiz) if each in others and each not in told]
        told.update(found)
        if found:
            message = N_(
                "Satu soal tidak boleh ada di dua bentuk: orang yang sama akan bertemu dua kali. Juga di kuis "
                '"%(other)s": %(questions)s.',
                other=others[found[0]],
                questions=", ".join(each.rpartition("/")[2] for each in found),
            )
            yield Problem(quiz.id, message, warning=False)


def _other_questions(before: Mapping[TestForm, Quiz], after: Mapping[TestForm, Quiz]) -> Iterator[Problem]:
    """How hard a form is can only be told where it is the same form before and after."""
    for form in FORMS:
        if set(_asked(before[form])) != set(_asked(after[form])):
            message = N_(
                'Bentuk %(form)s di sini tidak sama soalnya dengan di kuis "%(other)s", jadi beda sukarnya bentuk '
                "tidak dapat dihitung dengan benar. Pakai soal yang sama dari bank (use: bank/soal).",
                form=form,
                other=before[form].id,
            )
            yield Problem(after[form].id, message)


# Questions


def _asked(quiz: Quiz) -> tuple[str, ...]:
    return tuple(each for each in quiz.addresses if each not in quiz.texts)


def _slots(quiz: Quiz, questions: Mapping[str, Question]) -> Iterator[tuple[Question, Fraction]]:
    """Each question that is marked, with how often an attempt asks it on the average."""
    for slot in quiz.slots:
        addresses = slot.addresses if isinstance(slot, DrawSlot) else (slot.address,)
        share = Fraction(slot.count, len(addresses)) if isinstance(slot, DrawSlot) else Fraction(1)
        for address in addresses:
            question = questions.get(address)
            if question is not None and question.unanswered != NOT_MARKED:
                yield question, share


def _competencies(quiz: Quiz, questions: Mapping[str, Question]) -> Counter[str]:
    found: Counter[str] = Counter()
    for question, share in _slots(quiz, questions):
        found[question.competency or "-"] += share  # type: ignore[assignment]  # a draw asks a part of a question
    return found


def _difficulty(quiz: Quiz, questions: Mapping[str, Question]) -> Fraction:
    """The mean of what authors say, easy -1, medium 0, hard 1; 0 of a quiz without questions."""
    asked = list(_slots(quiz, questions))
    total = sum((share for _, share in asked), Fraction(0))
    steps = sum((_STEPS[question.difficulty] * share for question, share in asked), Fraction(0))
    return steps / total if total else Fraction(0)


def _number(value: Fraction | int) -> str:
    return f"{float(value):.2f}".rstrip("0").rstrip(".")
