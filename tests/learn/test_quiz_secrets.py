"""The server holds the key: what may not be seen yet is in no answer, in no form, in no order."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from flask import Flask
from flask_sqlalchemy import SQLAlchemy

from app.catalogue.operations import sync
from app.catalogue.queries import get_published
from app.learn import quiz_pages
from app.quizzes import operations
from app.web.frame import show_page
from tests.ground.cast import Cast
from tests.ground.database import MODES, ONE_DATABASE, PUBLISHED
from tests.learn.test_quiz_journey import begin, fields, work
from tests.learn.walker import Walker
from tests.quizzes.cast import sheet
from tests.quizzes.content import minute

# What a page tells is rendered from facts; test_quiz_journey asks both kinds of database for them.
pytestmark = ONE_DATABASE

SECRET = re.compile(r"(?:kunci|umpan|bahasan)rahasia\d+|481[.,]?516")


def secrets_in(texts: list[str]) -> set[str]:
    return {found for text in texts for found in SECRET.findall(text)}


def answer_everything(walker: Walker, cast: Cast, db: SQLAlchemy, *, right: bool) -> int:
    """A whole attempt without its result: every question opened, saved by script and by button, looked over."""
    attempt = work(walker, cast, db)
    for slot in range(1, len(attempt.places) + 1):
        walker.open(f"/attempts/{attempt.id}?slot={slot}")
        # Typed answers come back as they were typed, so right ones would be their own secret.
        given = {} if right and "text" in fields(attempt, slot) else fields(attempt, slot, right=right)
        assert walker.save(slot, given).status_code == 200
        walker.answer(
            slot, given, action="check" if attempt.quiz.settings.feedback == "deferred" else "save", go="stay"
        )
        walker.answer(slot, given, go="next")
    walker.open(f"/attempts/{attempt.id}/overview")
    other = Walker(walker.client, seen=walker.seen, strict=False)
    other.open(f"/attempts/{attempt.id}?slot=2")
    assert other.save(2, fields(attempt, 2, right=False)).status_code == 200
    other.html = re.sub(r'id="page" value="[^"]*"', 'id="page" value="other"', other.html)
    other.html = re.sub(r'id="seen" value="[^"]*"', 'id="seen" value="99"', other.html)
    other.answer(2, {"choice": "77", "text": "lain"}, status=409)
    other.open(f"/attempts/{attempt.id}/overview")
    walker.html = other.html
    return attempt.id


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("quiz", ["latihan", "tes", "ujian"])
def test_nothing_is_told_before_the_attempt_is_handed_in(
    app: Flask, cast: Cast, db: SQLAlchemy, quiz: str, language: str
) -> None:
    walker = Walker.of(app, strict=False)
    walker.open("/account")
    walker.send("/language", {"language": language, "back": "/account"})
    begin(walker, quiz)
    for right in (False, True):
        answer_everything(walker, cast, db, right=right)
        walker.open(f"/courses/contoh/{quiz}")
        walker.open("/attempts/1")
    assert secrets_in(walker.seen) == set()


def finish(walker: Walker, attempt_id: int) -> list[str]:
    """What handing in shows, and every later look at the result."""
    walker.seen.clear()
    walker.send(f"/attempts/{attempt_id}/finish")
    for path in (f"/attempts/{attempt_id}/result", f"/attempts/{attempt_id}", "/courses/contoh", "/", "/competencies"):
        walker.open(path)
    return walker.seen


def test_a_test_tells_its_keys_only_once_it_is_passed(app: Flask, cast: Cast, db: SQLAlchemy) -> None:
    walker = Walker.of(app, strict=False)
    begin(walker, "tes")
    first = answer_everything(walker, cast, db, right=False)
    assert secrets_in(finish(walker, first)) == set()
    assert "Salah" in walker.open(f"/attempts/{first}/result")
    begin(walker, "tes")
    walker.seen.clear()
    second = work(walker, cast, db)
    for slot in range(1, 6):
        walker.answer(slot, fields(second, slot), go="next")
    walker.open(f"/attempts/{first}/result")
    walker.open(f"/attempts/{second.id}/overview")
    typed = {"kuncirahasia17"}  # which she typed herself
    assert secrets_in(walker.seen) <= typed
    told = secrets_in(finish(walker, second.id))
    assert len([each for each in told if each.startswith("bahasan")]) == 5
    walker.seen.clear()
    walker.open(f"/attempts/{first}/result")
    assert any(each.startswith("umpan") for each in secrets_in(walker.seen)), "the earlier attempt's as well"


def test_a_test_tells_its_keys_once_its_attempts_are_used_up(app: Flask, cast: Cast, db: SQLAlchemy) -> None:
    walker = Walker.of(app, strict=False)
    told = []
    for _ in range(3):
        begin(walker, "tes")
        told.append(bool(secrets_in(finish(walker, answer_everything(walker, cast, db, right=False)))))
    assert told == [False, False, True]


def test_an_exam_never_tells_more_than_its_total(app: Flask, cast: Cast, db: SQLAlchemy) -> None:
    walker = Walker.of(app, strict=False)
    begin(walker, "ujian")
    attempt = answer_everything(walker, cast, db, right=True)
    seen = finish(walker, attempt)
    assert secrets_in(seen) == set()
    walker.open(f"/attempts/{attempt}/result")
    assert "Nilai Anda" in walker.main()
    for word in ("benar 1 dari", "Jawaban Anda", "option", "Soal 1"):
        assert word not in walker.main()


def test_a_check_tells_of_its_own_question_alone(app: Flask, cast: Cast, db: SQLAlchemy) -> None:
    walker = Walker.of(app, strict=False)
    begin(walker, "latihan")
    attempt = work(walker, cast, db)
    slot = next(slot for slot in range(1, 6) if attempt.question(slot).id == "tunggal")
    walker.open(f"/attempts/{attempt.id}?slot={slot}")
    walker.seen.clear()
    walker.answer(slot, fields(attempt, slot, right=False), action="check")
    told = secrets_in(walker.seen)
    assert "bahasanrahasia01" in told
    assert len([each for each in told if each.startswith("umpan")]) == 1
    assert len(told) == 2
    walker.seen.clear()
    for other in range(1, 6):
        if other != slot:
            walker.open(f"/attempts/{attempt.id}?slot={other}")
    walker.open(f"/attempts/{attempt.id}/overview")
    assert secrets_in(walker.seen) == set()


HINT = re.compile(r"petunjukrahasia\d+")


def hints_in(texts: list[str]) -> set[str]:
    return {found for text in texts for found in HINT.findall(text)}


@pytest.mark.parametrize("start", [MODES])
@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("quiz", ["interaktif", "sekali-coba", "yakin"])
def test_with_hints_or_certainty_nothing_is_told_before_a_check_or_the_end(
    app: Flask, cast: Cast, db: SQLAlchemy, quiz: str, language: str
) -> None:
    walker = Walker.of(app, strict=False)
    walker.open("/account")
    walker.send("/language", {"language": language, "back": "/account"})
    begin(walker, quiz, "modus")
    attempt = work(walker, cast, db)
    for value in ("0", "1", "true", "false"):
        for slot in range(1, len(attempt.places) + 1):
            walker.open(f"/attempts/{attempt.id}?slot={slot}")
            given = {"choice": value, "choice-0": value, "text": "lain", "certainty": "3"}
            assert walker.save(slot, given).status_code == 200
            walker.answer(slot, given, action="try_again", go="stay")
            walker.answer(slot, given, action="check" if quiz == "yakin" else "save", go="next")
    walker.open(f"/attempts/{attempt.id}/overview")
    walker.open(f"/courses/modus/{quiz}")
    assert secrets_in(walker.seen) == hints_in(walker.seen) == set()


@pytest.mark.parametrize("start", [MODES])
def test_a_wrong_try_tells_its_own_hint_and_nothing_of_the_key(app: Flask, cast: Cast, db: SQLAlchemy) -> None:
    walker = Walker.of(app, strict=False)
    begin(walker, "interaktif", "modus")
    attempt = work(walker, cast, db)
    order = attempt.place(1).order
    for hint, wrong in (("petunjukrahasia01", 1), ("petunjukrahasia02", 2)):
        walker.open(f"/attempts/{attempt.id}?slot=1")
        walker.seen.clear()
        walker.answer(1, {"choice": str(order.index(wrong))}, action="check")
        walker.open(f"/attempts/{attempt.id}?slot=2")
        walker.open(f"/attempts/{attempt.id}/overview")
        assert (secrets_in(walker.seen), hints_in(walker.seen)) == (set(), {hint})
        assert 'class="option right"' not in "".join(walker.seen)
        walker.open(f"/attempts/{attempt.id}?slot=1")
        walker.answer(1, {}, action="try_again")
    walker.seen.clear()
    walker.answer(1, {"choice": str(order.index(2))}, action="check")
    assert "bahasanrahasia01" in secrets_in(walker.seen), "the last try closes the question"
    walker.seen.clear()
    walker.open(f"/attempts/{attempt.id}?slot=2")
    walker.open(f"/attempts/{attempt.id}/overview")
    assert secrets_in(walker.seen) == set()


@pytest.mark.parametrize("start", [MODES])
def test_a_test_with_certainty_tells_its_keys_only_once_it_is_passed(app: Flask, cast: Cast, db: SQLAlchemy) -> None:
    walker = Walker.of(app, strict=False)
    told = []
    for right in (False, True):
        begin(walker, "yakin", "modus")
        attempt = work(walker, cast, db)
        for slot in range(1, 5):
            walker.answer(slot, {**fields(attempt, slot, right=right), "certainty": "3"}, go="next")
        walker.seen.clear()
        walker.send(f"/attempts/{attempt.id}/finish")
        walker.open(f"/attempts/{attempt.id}/result")
        told.append({each for each in secrets_in(walker.seen) if not each.startswith("kunci")})
    assert told[0] == set()
    assert len(told[1]) == 4


def normal(html: str) -> str:
    """A page without what differs between two people and two moments."""
    html = re.sub(r"/attempts/\d+", "/attempts/N", html[html.index("<main") : html.index("</main>")])
    html = re.sub(r'(name="(?:form_token|page)"[^>]* value=")[^"]*', r"\g<1>", html)
    return re.sub(r"\d\d\.\d\d", "00.00", html)


@pytest.mark.parametrize(
    ("start", "course", "quiz"),
    [
        (PUBLISHED, "contoh", "latihan"),
        (PUBLISHED, "contoh", "tes"),
        (PUBLISHED, "contoh", "ujian"),
        (MODES, "modus", "interaktif"),
        (MODES, "modus", "sekali-coba"),
        (MODES, "modus", "yakin"),
    ],
)
def test_pages_are_the_same_whichever_answer_is_right(
    app: Flask,
    cast: Cast,
    db: SQLAlchemy,
    courses_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    course: str,
    quiz: str,
) -> None:
    monkeypatch.setattr(operations, "randbits", lambda bits: 4711)
    pages: list[list[str]] = []
    for name in ("siti", "rahmat"):
        walker = Walker.of(app, name, strict=False)
        begin(walker, quiz, course)
        found = re.match(r"/attempts/(\d+)", walker.path)
        assert found
        count = len(sheet(int(found[1]), getattr(cast, name)).places)
        walker.seen.clear()
        for slot in range(1, count + 1):
            walker.open(f"/attempts/{found[1]}?slot={slot}")
            walker.answer(slot, {"choice": "1" if "radio" in walker.html else ["0", "1"], "text": "sesuatu"}, go="stay")
            walker.open(f"/attempts/{found[1]}?slot={slot}")
        walker.open(f"/attempts/{found[1]}/overview")
        pages.append([normal(each) for each in walker.seen if "<main" in each])
        if name == "siti":
            keys = right_answers(course)
            turn_the_keys(courses_folder / course)
            db.session.rollback()
            assert not sync(courses_folder, now=minute(1)).faults
            turned = right_answers(course)
            assert not [address for address, key in keys.items() if turned[address] == key]
            db.session.rollback()
    assert pages[0] == pages[1]


def right_answers(course: str) -> dict[str, str]:
    """The key of each question that `turn` can turn, as it is served."""
    questions = get_published(course).course.questions
    return {
        address: question.right_answer_summary("id")
        for address, question in questions.items()
        if question.type not in ("matching", "essay")
    }


def turn_the_keys(folder: Path) -> None:
    """Make other answers right: the next option, the other ones, the opposite, another word, another number."""
    for path in folder.glob("**/*.yaml"):
        content = yaml.load(path.read_text(), yaml.BaseLoader)  # noqa: S506 (BaseLoader makes only texts)
        activities = [*content.get("activities", ()), content]
        for question in [each for activity in activities for each in activity.get("questions", ())]:
            if "type" in question:
                turn(question)
        path.write_text(yaml.safe_dump(content, allow_unicode=True, default_style='"', sort_keys=False, width=9999))


def turn(question: dict[str, Any]) -> None:
    options = question.get("options", [])
    right = [option.pop("correct", None) is not None for option in options]
    turned = [not each for each in right] if question["type"] == "multiple" else [*right[-1:], *right[:-1]]
    for option, correct in zip(options, turned, strict=True):
        option.pop("feedback", None)
        option.update({"correct": "true"} if correct else {"feedback": "Bukan ini."})
    match question["type"]:
        case "true-false":
            question["answer"] = "false" if question["answer"] == "true" else "true"
        case "short-text":
            question["answers"] = [{"text": "katalain"}]
        case "number":
            question["answers"] = [{"value": "7"}]


def test_a_page_from_its_skeleton_is_the_page_rendered_plainly(
    app: Flask, cast: Cast, db: SQLAlchemy, monkeypatch: pytest.MonkeyPatch
) -> None:
    walker = Walker.of(app, strict=False)
    begin(walker, "latihan")
    attempt = work(walker, cast, db)
    walker.answer(1, fields(attempt, 1), action="check")

    def pages() -> list[str]:
        return [normal(walker.open(f"/attempts/{attempt.id}?slot={slot}")) for slot in range(1, 6)]

    made, filled = pages(), pages()
    monkeypatch.setattr(
        quiz_pages, "fill_page", lambda template, key, shared, personal: show_page(template, **shared(), **personal)
    )
    assert made == filled == pages()
