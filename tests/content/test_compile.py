"""A course's files become one frozen object that can be relied on."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

import pytest

from app.content.activities import DrawSlot, FixedSlot, Lesson, Quiz
from app.content.compile import compile_course, compile_shared
from app.content.faults import ContentFaults
from app.content.review import ALL, NOTHING, OWN, OverallBand, Reveal, Review
from app.texts.local import LocalText
from tests.content.samples import (
    BANK,
    COMPETENCIES,
    MODULE,
    compiled,
    course_files,
    faults_of,
    said,
    shared,
    shared_files,
    spoiled,
)

# Values that stock YAML loaders turn into something else. Librarians live by such numbers.
SURVIVORS = [
    "020", "398.20", "000", "no", "yes", "on", "off", "y", "n", "true", "True", "1:30", "12:30:45", "0x1f", "0o17",
    "017", "1_000", "1e3", "1.0", "+5", "-0", ".5", "~", "null", "NULL", "2026-11-22", "2026-11-22 10:24:00", ".inf",
    ".nan", "=", "<<", "0b1", "12e03", "R 398.2 AND d", "1,5", "[0]", "'", "é", "𝄞",
]  # fmt: skip


@pytest.mark.parametrize("written", SURVIVORS)
def test_a_text_comes_out_exactly_as_it_was_written(written: str) -> None:
    quoted = "'" + written.replace("'", "''") + "'" if written[0] in "['<" else written
    course = compiled(spoiled("01-kelas.yaml", "text: 020", f"text: {quoted}"))
    question = course.question("ddc/kuis-ddc/dongeng")
    assert question is not None
    assert question.options[1].text.id == written  # type: ignore[attr-defined]
    assert question.options[1].text.en == written  # type: ignore[attr-defined]


@pytest.mark.parametrize("key", ["title", "summary", "body"])
def test_scalars_survive_in_every_kind_of_text(key: str) -> None:
    places = {
        "title": ("course.yaml", "title: {id: Klasifikasi, en: Classification}"),
        "summary": ("course.yaml", "summary: {id: Anda dapat memberi nomor., en: You can give numbers.}"),
        "body": ("01-kelas.yaml", MODULE[MODULE.index("body:") : MODULE.index("  - quiz:")].rstrip()),
    }
    path, old = places[key]
    course = compiled(spoiled(path, old, f"{key}: 0398.20"))
    lesson = course.activity("mengapa-ddc")
    assert isinstance(lesson, Lesson)
    assert {"title": course.title.id, "summary": course.summary.id, "body": lesson.html["id"]}[key].strip() in (
        "0398.20",
        "<p>0398.20</p>",
    )


def test_a_course_tells_its_activities_questions_and_addresses() -> None:
    course = compiled()
    assert [each.id for each in course.activities] == ["mengapa-ddc", "kuis-ddc"]
    assert course.activity("kuis-ddc") is course.activities[1]
    assert course.activity("tidak-ada") is None
    assert course.module_of("kuis-ddc") is course.modules[0]
    assert course.module_of("tidak-ada") is None
    assert sorted(course.questions) == [
        "ddc/ddc/bahasa", "ddc/ddc/benar-salah", "ddc/ddc/jumlah", "ddc/kuis-ddc/dongeng",
    ]  # fmt: skip
    assert course.question("umum/tamu") is None
    assert course.hours == 4
    assert course.completion == "all"
    assert not course.open


def test_a_compiled_course_cannot_be_changed() -> None:
    course = compiled()
    with pytest.raises(dataclasses.FrozenInstanceError):
        course.title = course.summary  # type: ignore[misc]
    with pytest.raises(TypeError):
        course.questions["x"] = course.questions["ddc/ddc/jumlah"]  # type: ignore[index]
    with pytest.raises(TypeError):
        del course.banks["ddc"]  # type: ignore[attr-defined]


def test_a_quiz_has_its_fixed_and_drawn_slots_in_order() -> None:
    quiz = compiled().activity("kuis-ddc")
    assert isinstance(quiz, Quiz)
    assert quiz.slots == (
        FixedSlot("ddc/kuis-ddc/dongeng"),
        DrawSlot(2, ("ddc/ddc/benar-salah", "ddc/ddc/jumlah", "ddc/ddc/bahasa")),
    )
    assert quiz.question_count == 3
    assert len(quiz.addresses) == 4


def test_a_draw_by_tag_takes_only_questions_with_that_tag() -> None:
    quiz = compiled(spoiled("01-kelas.yaml", "draw: 2", "tags: [dasar]\n        draw: 1")).activity("kuis-ddc")
    assert isinstance(quiz, Quiz)
    assert quiz.slots[1] == DrawSlot(1, ("ddc/ddc/benar-salah",))


def test_a_draw_by_difficulty_takes_only_those_and_may_say_what_each_is_worth() -> None:
    files = spoiled("01-kelas.yaml", "draw: 2", "difficulty: easy\n        points: 2.5\n        draw: 1")
    files["bank/ddc.yaml"] = files["bank/ddc.yaml"].replace(b"- id: jumlah\n", b"- id: jumlah\n    difficulty: easy\n")
    quiz = compiled(files).activity("kuis-ddc")
    assert isinstance(quiz, Quiz)
    assert quiz.slots[1] == DrawSlot(1, ("ddc/ddc/jumlah",), 2.5)
    usual = compiled(spoiled("01-kelas.yaml", "draw: 2", "difficulty: medium\n        draw: 2")).activity("kuis-ddc")
    assert isinstance(usual, Quiz)
    assert len(usual.addresses) == 4, "a question that says nothing is of medium difficulty"


def test_a_quiz_keeps_the_times_its_author_wrote() -> None:
    lines = (
        "preset: test\n    time_limit: 15 min\n    opens: 2026-11-22 08:00\n    closes: 2026-11-29 16:00\n"
        "    overdue: grace\n    grace: 30 min\n    delay: 1 day"
    )
    quiz = compiled(spoiled("01-kelas.yaml", "preset: test", lines)).activity("kuis-ddc")
    assert isinstance(quiz, Quiz)
    settings = quiz.settings
    assert (settings.time_limit, settings.overdue, settings.grace, settings.delay) == (
        timedelta(minutes=15), "grace", timedelta(minutes=30), timedelta(days=1),
    )  # fmt: skip
    assert (str(settings.opens), str(settings.closes)) == ("2026-11-22 08:00:00", "2026-11-29 16:00:00")


def test_a_quiz_without_times_is_never_over() -> None:
    quiz = compiled().activity("kuis-ddc")
    assert isinstance(quiz, Quiz)
    assert (quiz.settings.time_limit, quiz.settings.opens, quiz.settings.closes) == (None, None, None)
    assert (quiz.settings.overdue, quiz.settings.delay) == ("submit", timedelta(0))


def test_a_draw_from_a_shared_bank_brings_its_questions_into_the_course() -> None:
    course = compiled(spoiled("01-kelas.yaml", "draw: 2\n        from: ddc", "draw: 1\n        from: umum"))
    question = course.question("umum/tamu")
    assert question is not None
    assert question.id == "tamu"
    assert "umum" not in course.banks


def test_a_courses_own_bank_comes_before_a_shared_one_of_the_same_name() -> None:
    files = course_files({"bank/umum.yaml": BANK, "01-kelas.yaml": MODULE.replace("from: ddc", "from: umum")})
    quiz = compiled(files).activity("kuis-ddc")
    assert isinstance(quiz, Quiz)
    assert "ddc/umum/jumlah" in quiz.addresses


PRESETS = [
    ("practice", "immediate", None, Review(during=ALL, after=ALL, closed=ALL)),
    ("test", "deferred", 3, Review(during=OWN, after=OWN, closed=ALL)),
    ("exam", "deferred", 1, Review(during=NOTHING, after=NOTHING, closed=NOTHING)),
]


@pytest.mark.parametrize(("preset", "feedback", "attempts", "review"), PRESETS)
def test_a_preset_sets_feedback_attempts_and_what_is_shown(
    preset: str, feedback: str, attempts: int | None, review: Review
) -> None:
    quiz = compiled(spoiled("01-kelas.yaml", "preset: test", f"preset: {preset}")).activity("kuis-ddc")
    assert isinstance(quiz, Quiz)
    found = quiz.settings
    assert (found.preset, found.feedback, found.attempts, found.review) == (preset, feedback, attempts, review)
    assert found.shuffle_questions
    assert found.shuffle_options
    assert found.pass_percent == 70.0


OVERRIDES = [
    ("attempts: 5", "attempts", 5),
    ("attempts: unlimited", "attempts", None),
    ("shuffle_questions: false", "shuffle_questions", False),
    ("shuffle_options: false", "shuffle_options", False),
    ("intro: Halo", "attempts", 3),
]


@pytest.mark.parametrize(("line", "name", "value"), OVERRIDES)
def test_a_setting_of_a_preset_can_be_changed(line: str, name: str, value: object) -> None:
    quiz = compiled(spoiled("01-kelas.yaml", "preset: test", f"preset: test\n    {line}")).activity("kuis-ddc")
    assert isinstance(quiz, Quiz)
    assert getattr(quiz.settings, name) == value


MODES = ["deferred", "immediate", "interactive", "certainty"]


@pytest.mark.parametrize("mode", MODES)
def test_a_quiz_may_give_feedback_in_another_way_than_its_preset(mode: str) -> None:
    files = spoiled("01-kelas.yaml", "preset: test", f"preset: test\n    feedback: {mode}")
    quiz = compiled(files).activity("kuis-ddc")
    assert isinstance(quiz, Quiz)
    assert quiz.settings.feedback == mode


def test_each_setting_of_the_review_matrix_can_be_changed_alone() -> None:
    lines = "preset: test\n    review: {after: {marks: false}, closed: {key: false, explanation: true}}"
    quiz = compiled(spoiled("01-kelas.yaml", "preset: test", lines)).activity("kuis-ddc")
    assert isinstance(quiz, Quiz)
    assert quiz.settings.review == Review(
        during=OWN,
        after=Reveal(answers=True, correctness=True),
        closed=Reveal(marks=True, answers=True, correctness=True, feedback=True, explanation=True),
    )


def test_what_is_said_to_a_result_is_kept_from_the_highest_band_on() -> None:
    lines = "preset: test\n    overall:\n      - {from: 0, text: Ulangi}\n      - {from: 80%, text: Bagus}"
    quiz = compiled(spoiled("01-kelas.yaml", "preset: test", lines)).activity("kuis-ddc")
    assert isinstance(quiz, Quiz)
    assert quiz.overall == (OverallBand(80.0, LocalText.plain("Bagus")), OverallBand(0.0, LocalText.plain("Ulangi")))


def test_a_question_may_have_hints_and_a_penalty() -> None:
    lines = "hints: [{text: Lihat lagi., clear_wrong: true}]\n        penalty: 20\n        competency: F2"
    question = next(
        each for each in compiled(spoiled("01-kelas.yaml", "competency: F2", lines)).questions.values() if each.hints
    )
    assert (question.hints[0].text.id, question.hints[0].clear_wrong, question.penalty) == ("Lihat lagi.", True, 20.0)


@pytest.mark.parametrize(
    ("written", "percent"), [("70", 70.0), ("70%", 70.0), ("72.5", 72.5), ("0", 0.0), ("100", 100.0)]
)
def test_a_pass_mark_is_read_with_or_without_its_sign(written: str, percent: float) -> None:
    quiz = compiled(spoiled("01-kelas.yaml", "pass: 70%", f"pass: {written}")).activity("kuis-ddc")
    assert isinstance(quiz, Quiz)
    assert quiz.settings.pass_percent == percent


def test_what_a_lesson_costs_to_open_counts_its_pictures() -> None:
    files = course_files()
    heavier = {**files, "media/kelas.svg": files["media/kelas.svg"] + b"<!-- " + b"x" * 20_000 + b" -->"}
    light, heavy = (compiled(each).activity("mengapa-ddc") for each in (files, heavier))
    assert isinstance(light, Lesson)
    assert isinstance(heavy, Lesson)
    assert heavy.kilobytes["id"] - light.kilobytes["id"] in (20, 21)


def test_a_lesson_is_rendered_in_both_languages_with_its_picture_and_terms() -> None:
    course = compiled()
    lesson = course.activity("mengapa-ddc")
    assert isinstance(lesson, Lesson)
    picture = course.media["media/kelas.svg"]
    assert (picture.width, picture.height, picture.mime) == (360, 200, "image/svg+xml")
    assert picture.url == f"/media/{picture.sha256}.svg"
    for language, words in (("id", "Setiap buku"), ("en", "Every book")):
        assert words in lesson.html[language]
        assert picture.url in lesson.html[language]
        assert [term.id for term in lesson.terms[language]] == ["nomor-panggil"]
        assert lesson.kilobytes[language] >= 1
    assert lesson.terms["en"][0].label == "call number"
    assert lesson.terms["en"][0].definition == "The address of a book on the shelf."
    assert lesson.words["id"] == 5 + 2


def test_a_lesson_without_english_shows_indonesian_in_both() -> None:
    start, end = MODULE.index("      en: |"), MODULE.index("  - quiz:")
    lesson = compiled(course_files({"01-kelas.yaml": MODULE[:start] + MODULE[end:]})).activity("mengapa-ddc")
    assert isinstance(lesson, Lesson)
    assert lesson.html["en"] == lesson.html["id"]


def test_terms_that_are_not_linked_stay_out_of_lessons() -> None:
    files = spoiled("01-kelas.yaml", "Setiap buku punya nomor panggil.", "Informasi ada di mana-mana.")
    lesson = compiled(files).activity("mengapa-ddc")
    assert isinstance(lesson, Lesson)
    assert lesson.terms["id"] == ()


def test_the_framework_and_glossary_are_told_by_id() -> None:
    found = shared()
    assert found.framework.competencies["F2.deskripsi"].area == "F2"
    assert [term.id for term in found.glossary] == ["nomor-panggil", "informasi"]
    assert found.glossary[0].forms["id"] == ("nomor panggil", "no. panggil")
    assert found.glossary[0].forms["en"] == ("call number",)
    assert not found.glossary[1].linked
    assert list(found.banks) == ["umum"]


def test_nothing_at_all_is_valid_shared_content() -> None:
    empty = compile_shared({})
    assert empty.framework.areas == ()
    assert empty.banks == {}


def test_the_hash_is_over_paths_and_bytes_and_not_their_order() -> None:
    files = course_files()
    course = compiled(files)
    assert course.sha256 == compiled(dict(reversed(files.items()))).sha256
    assert course.sha256 != compiled(spoiled("course.yaml", "hours: 4", "hours: 5")).sha256


def test_every_fault_of_every_file_comes_at_once_even_beside_a_syntax_fault() -> None:
    files = course_files(
        {
            "course.yaml": "title: Kelas\n  code: TI-3\n",
            "01-kelas.yaml": MODULE.replace("minutes: 10", "minutes: sepuluh").replace(
                "F2.klasifikasi", "F2.klasifikas"
            ),
            "bank/ddc.yaml": BANK.replace("id: jumlah", "id: benar-salah").replace("answer: true", "answr: true"),
            "media/kelas.svg": "<svg",
        }
    )
    faults = faults_of(files)
    assert {fault.path for fault in faults} == {
        "courses/ddc/course.yaml",
        "courses/ddc/01-kelas.yaml",
        "courses/ddc/bank/ddc.yaml",
        "courses/ddc/media/kelas.svg",
    }
    assert sum(fault.path.endswith("course.yaml") for fault in faults) == 1
    assert len(faults) >= 7, said(faults)


def test_faults_are_told_in_the_order_of_the_files() -> None:
    faults = faults_of(spoiled("01-kelas.yaml", "minutes: 10", "minutes: x\n    minute: 3"))
    assert [(fault.line, fault.column) for fault in faults] == sorted((fault.line, fault.column) for fault in faults)


@pytest.mark.parametrize(
    ("address", "before"),
    [("ddc/ddc/jumlah", "single"), ("ddc/kuis-ddc/dongeng", "multiple"), ("ddc/mengapa-ddc", "quiz")],
)
def test_an_id_that_returns_with_another_kind_is_a_fault(address: str, before: str) -> None:
    compile_course("ddc", course_files(), shared(), earlier=compiled().kinds)
    with pytest.raises(ContentFaults) as raised:
        compile_course("ddc", course_files(), shared(), earlier={address: before})
    assert [before in str(fault) for fault in raised.value.faults] == [True]


def test_a_shared_id_that_returns_with_another_kind_is_a_fault() -> None:
    with pytest.raises(ContentFaults):
        compile_shared(shared_files(), earlier={"umum/tamu": "single"})


def test_kinds_name_every_address_of_the_course() -> None:
    assert compiled().kinds == {
        "ddc/mengapa-ddc": "lesson",
        "ddc/kuis-ddc": "quiz",
        "ddc/kuis-ddc/dongeng": "single",
        "ddc/ddc/benar-salah": "true-false",
        "ddc/ddc/jumlah": "number",
        "ddc/ddc/bahasa": "short-text",
    }


def test_a_competency_takes_the_frameworks_cut_unless_it_has_its_own() -> None:
    assert compile_shared(shared_files()).framework.cut == 70, "where nothing is said"
    text = COMPETENCIES.replace("areas:", "cut: 65%\nareas:").replace(
        "id: F2.deskripsi", "id: F2.deskripsi\n        cut: 80"
    )
    framework = compile_shared(shared_files(competencies=text)).framework
    assert {name: each.cut for name, each in framework.competencies.items()} == {
        "F2.klasifikasi": 65.0,
        "F2.deskripsi": 80.0,
    }
