"""A quiz's settings: opened and saved unchanged nothing changes; only what differs from the preset is written."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given as examples
from hypothesis import strategies as some

from app.authoring.rules.quiz_fields import SETTINGS, Setting
from app.authoring.rules.quiz_settings import (
    differing,
    fields_of,
    given,
    local_text,
    quiz_with,
    setting_faults,
    settings_in,
    text_of,
)
from app.content.editing import Value, value_in
from app.content.folders import read_tree
from app.content.quizzes import PRESETS
from app.content.review import THINGS, TIMES
from tests.content.samples import MODULE, course_files

HERE = Path(__file__).parents[1]
PRACTICE: dict[str, Value] = {"quiz": "kuis", "title": "Kuis", "preset": "practice", "questions": []}


def quizzes() -> list[dict[str, Value]]:
    """Every quiz of the real courses and of the tests'."""
    roots = [HERE.parent / "courses", *HERE.glob("courses*")]
    files = [data for root in roots for course in read_tree(root).courses.values() for data in course.values()]
    values = [value_in(data) for data in [*files, course_files()["01-kelas.yaml"]] if not data.startswith(b"<svg")]
    return [
        each
        for value in values
        if isinstance(value, dict) and isinstance(activities := value.get("activities"), list)
        for each in activities
        if isinstance(each, dict) and "quiz" in each
    ]


def test_every_quiz_saved_as_it_was_opened_stays_as_it_was() -> None:
    found = quizzes()
    assert len(found) > 10
    for quiz in found:
        assert list(quiz_with(quiz, fields_of(quiz)).items()) == list(quiz.items())


FLAGS = some.sampled_from(["true", "false"])
ROW = some.dictionaries(some.sampled_from(THINGS), FLAGS)
WRITTEN = {
    "choice": lambda setting: some.sampled_from([*sorted(setting.choices), *map(str, setting.counts)]),
    "percent": lambda setting: some.sampled_from(["70", "70%", "62.5 %", "banyak"]),
    "duration": lambda setting: some.sampled_from(["15 min", "15 menit", "2 hours", "1 day", "15", "sebentar"]),
    "moment": lambda setting: some.sampled_from(["2026-11-22 08:00", "2026-11-22T08:00", "besok"]),
}


def some_value(setting: Setting) -> some.SearchStrategy[str]:
    return some.one_of(WRITTEN[setting.widget](setting), some.sampled_from(["", "x"]))


@some.composite
def some_quiz(draw: some.DrawFn) -> dict[str, Value]:
    quiz = dict(PRACTICE, preset=draw(some.sampled_from(sorted(PRESETS))))
    for setting in draw(some.lists(some.sampled_from(SETTINGS), unique_by=lambda each: each.key)):
        quiz[setting.key] = draw(some_value(setting))
    if draw(some.booleans()):
        quiz["review"] = draw(some.one_of(some.just("salah"), some.dictionaries(some.sampled_from(TIMES), ROW)))
    if draw(some.booleans()):
        text = some.sampled_from(["Bagus", {"id": "Bagus", "en": "Good"}, {"id": "Bagus\n", "en": ""}])
        quiz["overall"] = draw(some.lists(some.fixed_dictionaries({"from": some.just("80"), "text": text}), max_size=3))
    return quiz


@examples(some_quiz())
def test_any_quiz_faulty_or_not_saved_as_it_was_opened_stays_as_it_was(quiz: dict[str, Value]) -> None:
    assert list(quiz_with(quiz, fields_of(quiz)).items()) == list(quiz.items())


@examples(some_quiz(), some_quiz())
def test_what_a_form_shows_is_what_holds_after_saving(quiz: dict[str, Value], wanted: dict[str, Value]) -> None:
    quiz = {key: value for key, value in quiz.items() if key not in ("review", "overall")}
    wanted = {key: value for key, value in wanted.items() if key not in ("review", "overall")}
    saved = quiz_with(quiz, {**fields_of(wanted), "review": "", "overall": ""} | {"preset": str(wanted["preset"])})
    assert settings_in({**saved, "review": {}}) == settings_in(wanted)


def test_a_preset_alone_decides_what_is_not_written() -> None:
    for preset, settings in PRESETS.items():
        quiz = {**PRACTICE, "preset": preset}
        assert differing(quiz) == ()
        for each in SETTINGS:
            if each.key != "redo":  # which only a practice gives
                assert given(quiz, each.key) == text_of(settings, each.key)


CHANGES = [
    ({"attempts": "3"}, {"attempts": "3"}, ("attempts",)),
    ({"attempts": "unlimited"}, {}, ()),  # what the preset gives is not written
    ({"pass": "80"}, {"pass": "80"}, ("pass",)),
    ({"pass": "70"}, {}, ()),
    ({"delay": "2", "delay_unit": "hour"}, {"delay": "2 hour"}, ("delay",)),
    ({"delay": "0", "delay_unit": "hour"}, {}, ()),
    ({"opens": "2026-11-22T08:00"}, {"opens": "2026-11-22 08:00"}, ("opens",)),
    ({"preset": "exam"}, {"preset": "exam"}, ()),
    ({"shuffle_questions": "false"}, {"shuffle_questions": "false"}, ("shuffle_questions",)),
]


@pytest.mark.parametrize(("typed", "written", "told"), CHANGES)
def test_only_what_differs_from_the_preset_is_written(
    typed: dict[str, str], written: dict[str, Value], told: tuple[str, ...]
) -> None:
    saved = quiz_with(PRACTICE, {**fields_of(PRACTICE), **typed})
    assert saved == {**PRACTICE, **written}
    assert list(saved)[-1] == "questions"
    assert differing(saved) == told


def test_a_box_of_the_review_is_written_only_where_it_differs() -> None:
    fields = fields_of(PRACTICE)
    del fields["review.after.key"]
    saved = quiz_with(PRACTICE, fields)
    assert saved["review"] == {"after": {"key": "false"}}
    assert differing(saved) == ("review",)
    assert "review" not in quiz_with(saved, {**fields_of(saved), "review.after.key": "on"})


def test_with_another_preset_the_review_follows_except_what_was_changed() -> None:
    fields = fields_of(PRACTICE)
    del fields["review.closed.explanation"]
    saved = quiz_with(PRACTICE, {**fields, "preset": "test"})
    assert saved["review"] == {"closed": {"explanation": "false"}}
    assert not settings_in(saved).review.after.key


def test_bands_are_added_changed_and_taken_away() -> None:
    typed = {"overall.0.from": "80", "overall.0.id": "Bagus", "overall.0.en": ""}
    one = quiz_with(PRACTICE, {**fields_of(PRACTICE), **typed})
    assert one["overall"] == [{"from": "80", "text": "Bagus"}]
    two = quiz_with(one, {**fields_of(one), "overall.0.en": "Good", "overall.1.from": "0", "overall.1.id": "Ulangi"})
    assert two["overall"] == [{"from": "80", "text": {"id": "Bagus", "en": "Good"}}, {"from": "0", "text": "Ulangi"}]
    blank = {f"overall.{number}.{part}": "" for number in (0, 1) for part in ("from", "id", "en")}
    assert "overall" not in quiz_with(two, {**fields_of(two), **blank})


TEXTS = [
    (None, "Kuis", "", "Kuis"),
    (None, "Kuis", "Quiz", {"id": "Kuis", "en": "Quiz"}),
    ("Kuis", "Kuis", "", "Kuis"),
    ("Kuis\n", "Kuis\r\n", "", "Kuis\n"),
    ("Kuis", "Tes", "", "Tes"),
    ("Kuis", "Kuis", "Quiz", {"id": "Kuis", "en": "Quiz"}),
    ({"id": "Kuis", "en": "Quiz"}, "Kuis", "", {"id": "Kuis"}),
    ({"id": "Kuis"}, "Tes", "", {"id": "Tes"}),
]  # fmt: skip


@pytest.mark.parametrize(("old", "text", "english", "new"), TEXTS)
def test_a_text_keeps_the_form_it_has(old: Value | None, text: str, english: str, new: Value) -> None:
    assert local_text(old, text, english) == new


FAULTS = [
    ("preset: test", "preset: practice\n    time_limit: 15 min", [("time_limit", "tidak dibatasi waktunya")]),
    ("preset: test", "preset: practice\n    pages: all", [("pages", "di halamannya sendiri")]),
    ("pass: 70%", "attempts: banyak", [("attempts", "")]),
    ("pass: 70%", "overall: [{from: 5, text: a}, {from: 5, text: b}]", [("overall.1", "sudah dipakai")]),
    ("preset: test", "preset: exam\n    review: {after: {key: true}}", [("review", "Tanpa jawaban sendiri")]),
    ("title: {id: Kuis DDC", "titel: {id: Kuis DDC", [("", "titel")]),
    ("type: single", "type: esai", []),  # a question's own
]


@pytest.mark.parametrize(("old", "new", "told"), FAULTS)
def test_what_does_not_go_together_is_told_at_its_field(old: str, new: str, told: list[tuple[str, str]]) -> None:
    assert old in MODULE
    found = setting_faults(MODULE.replace(old, new).encode(), ("activities", 1))
    assert [field for field, _ in found] == [field for field, _ in told]
    assert all(words in str(message) for (_, message), (_, words) in zip(found, told, strict=True))
