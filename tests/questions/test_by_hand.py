"""Kinds that a person marks, or nobody: essay, file, likert, information."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from app.questions.base import NEEDS_MARKING, NOT_MARKED, Outcome, Question
from app.questions.essay import TEXT_LIMIT, Essay
from app.questions.file import File
from app.questions.likert import Likert
from app.questions.rubric import rubric_fraction
from tests.ground.html import valid_fragment
from tests.questions.cast import OPINION, REPORT, SHELF_PHOTO, WELCOME, question
from tests.questions.test_partials import EVERYTHING, NOTHING, shown, words

JPEG = {"id": "", "sha256": "a" * 64, "name": "rak.jpg", "mime": "image/jpeg", "bytes": 200_000}
OTHER = {**JPEG, "id": "Yk3-foto_2", "sha256": "b" * 64, "name": "<rak> & papan.jpg"}
PDF = {**JPEG, "sha256": "c" * 64, "name": "laporan.pdf", "mime": "application/pdf"}

READ: list[tuple[Question[Any], Mapping[str, Sequence[str]], dict[str, Any] | None]] = [
    (REPORT, {}, None),
    (REPORT, {"text": [" \r\n "]}, None),
    (REPORT, {"text": ["  Satu\r\ndua\x00 \r tiga "]}, {"text": "Satu\ndua \n tiga"}),
    (REPORT, {"text": ["a" * 30_000]}, {"text": "a" * TEXT_LIMIT}),
    (SHELF_PHOTO, {}, None),
    (SHELF_PHOTO, {"file": [json.dumps(JPEG)]}, {"files": [JPEG]}),
    (SHELF_PHOTO, {"file": [json.dumps(JPEG), json.dumps(JPEG), json.dumps(OTHER)]}, {"files": [JPEG, OTHER]}),
    (SHELF_PHOTO, {"file": [json.dumps(JPEG), json.dumps(OTHER)], "remove": ["a" * 64]}, {"files": [OTHER]}),
    (SHELF_PHOTO, {"file": [json.dumps(JPEG)], "remove": ["a" * 64]}, None),
    (SHELF_PHOTO, {"file": [json.dumps(PDF), "rak.jpg", "{}", "[" * 900]}, None),
    (SHELF_PHOTO, {"file": [json.dumps({**JPEG, "sha256": "../x"})]}, None),
    (SHELF_PHOTO, {"file": [json.dumps({**JPEG, "sha256": f"{n:064x}"}) for n in range(3)]},
     {"files": [{**JPEG, "sha256": f"{n:064x}"} for n in range(2)]}),
    (OPINION, {}, None),
    (OPINION, {"statement-0": [""], "statement-7": ["1"]}, None),
    (OPINION, {"statement-1": ["4"]}, {"answers": [None, 4]}),
    (OPINION, {"statement-0": ["5"], "statement-1": ["0"]}, {"answers": ["5", 0]}),
    (WELCOME, {"text": ["x"], "choice": ["0"]}, None),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "fields", "stored"), READ)
def test_fields_become_the_response_that_is_stored(
    asked: Question[Any], fields: Mapping[str, Sequence[str]], stored: dict[str, Any] | None
) -> None:
    response = asked.read(fields, ())
    assert (response and response.model_dump(mode="json")) == stored


values = st.lists(st.one_of(st.text(max_size=90), st.sampled_from(["0", "4", json.dumps(JPEG), "a" * 64])), max_size=6)
names = ("text", "file", "remove", "statement-0", "statement-1", "choice")


@pytest.mark.parametrize("asked", [REPORT, SHELF_PHOTO, OPINION, WELCOME])
@given(fields=st.fixed_dictionaries({}, optional=dict.fromkeys(names, values)))
def test_whatever_is_sent_is_read_stored_and_waits_or_is_never_marked(
    asked: Question[Any], fields: Mapping[str, Sequence[str]]
) -> None:
    response = asked.read(fields, ())
    if response is None:
        return
    stored = json.loads(json.dumps(response.model_dump(mode="json")))
    assert asked.response_of(stored) == response
    assert asked.grade(response) in (NEEDS_MARKING, NOT_MARKED)
    assert "\n" not in asked.response_summary(response, "id")
    assert shown(asked, stored) and shown(asked, stored, state="locked", reveal=EVERYTHING)


def test_what_a_person_marks_is_given_up_where_it_is_blank_and_a_survey_is_not() -> None:
    assert REPORT.unanswered.outcome is SHELF_PHOTO.unanswered.outcome is Outcome.GAVE_UP
    assert OPINION.unanswered == WELCOME.unanswered == NOT_MARKED
    assert all(asked.guess_score() is None for asked in (REPORT, SHELF_PHOTO, OPINION, WELCOME))
    assert {asked.right_answer_summary("id") for asked in (REPORT, SHELF_PHOTO, OPINION, WELCOME)} == {""}


@pytest.mark.parametrize(
    ("text", "count", "length"),
    [
        ("Dua kata", 2, "short"),
        ("Satu dua tiga", 3, "fitting"),
        ("a b c d e f", 6, "fitting"),
        ("a b c d e f g", 7, "long"),
        ("buku-buku - lama … 2026", 3, "fitting"),
    ],
)
def test_words_are_counted_and_told_against_the_bounds(text: str, count: int, length: str) -> None:
    response = REPORT.response_from_json(text)
    assert isinstance(REPORT, Essay) and response is not None
    assert (REPORT.word_count(response), REPORT.length(response)) == (count, length)
    assert REPORT.grade(response) == NEEDS_MARKING
    told = words(shown(REPORT, {"text": text}, state="locked"))
    assert f"Jumlah kata: {count}." in told
    assert ("Kurang dari yang diminta" in told, "Lebih dari yang diminta" in told) == (
        length == "short",
        length == "long",
    )


def test_a_long_essay_is_told_in_one_line_that_ends() -> None:
    summary = REPORT.response_summary(REPORT.response_of({"text": "kata\n" * 900}), "id")
    assert len(summary) <= 300 and summary.startswith("kata kata") and summary.endswith("…")


def test_an_essay_is_written_in_a_labelled_field_and_shown_as_it_was_written() -> None:
    html = shown(REPORT, {"text": "\n<b>Satu</b>\ndua"})
    assert re.search(r'<textarea name="text" rows="5" maxlength="20000">\n\n&lt;b&gt;Satu', html)
    assert "3 sampai 6 kata." in html and html.index("<label") < html.index("<textarea") < html.index("</label>")
    locked = shown(REPORT, {"text": "Satu\ndua"}, state="locked", reveal=EVERYTHING)
    assert '<span class="written">Satu\ndua</span>' in locked and "textarea" not in locked


def test_the_rubric_is_shown_with_the_key_and_never_before() -> None:
    for state in ("open", "locked", "paper"):
        assert "Lengkap" not in shown(REPORT, state=state)
    assert "Lengkap" not in shown(REPORT, state="paper", reveal=EVERYTHING)
    assert "3: Lengkap" in words(shown(REPORT, state="key", reveal=EVERYTHING))
    assert "3: Lengkap" in words(shown(REPORT, state="locked", reveal=EVERYTHING))
    assert "Lengkap" not in shown(REPORT, state="locked", reveal=replace(EVERYTHING, key=False))


@pytest.mark.parametrize(
    ("reached", "fraction"),
    [
        ({"isi": 0, "bahasa": 0}, 1.0),  # (3 + 1) / 4
        ({"isi": 1, "bahasa": 0}, 0.5),  # (1 + 1) / 4
        ({"isi": 1, "bahasa": 1}, 0.25),  # (1 + 0) / 4
        ({"isi": 0}, None),
        ({"isi": 0, "bahasa": 2}, None),
    ],
)
def test_levels_reached_come_to_a_share_of_the_rubrics_points(reached: dict[str, int], fraction: float | None) -> None:
    """sum(points reached) / sum(highest points of each criterion)."""
    assert isinstance(REPORT, Essay)
    assert rubric_fraction(REPORT.rubric, reached) == fraction
    assert rubric_fraction((), reached) is None


def test_a_photo_is_taken_by_the_camera_and_what_was_handed_in_can_be_removed() -> None:
    html = shown(SHELF_PHOTO, {"files": [OTHER]})
    assert re.search(r'<input type="file" name="upload" accept="image/[^"]+" capture="environment">', html)
    assert f'name="remove" value="{"b" * 64}"' in html and "Hapus &lt;rak&gt; &amp; papan.jpg" in html
    record = re.search(r'name="file" value="([^"]+)"', html)
    assert record is not None and json.loads(record[1].replace("&#34;", '"').replace("&lt;", "<").replace(
        "&gt;", ">").replace("&amp;", "&")) == OTHER  # fmt: skip
    assert 'name="upload"' not in shown(SHELF_PHOTO, {"files": [JPEG, OTHER]})  # two are all it takes
    assert "multiple" in shown(SHELF_PHOTO) and "multiple" not in html
    assert 'href="/uploads/Yk3-foto_2"' in html and 'href="/uploads/Yk3-foto_2"' in shown(
        SHELF_PHOTO, {"files": [OTHER]}, state="locked"
    )
    assert "/uploads/" not in shown(SHELF_PHOTO, {"files": [JPEG]})  # a record from the shell has no address


def test_a_document_is_not_asked_of_the_camera() -> None:
    for accept, kind in (("document", "application/pdf"), ("any", "image/jpeg")):
        asked = question("file", accept=accept)
        html = shown(asked)
        assert kind in html and "capture" not in html
        assert isinstance(asked, File) and kind in asked.mimes
    assert shown(question("file", accept="document")).count("image/") == 0


def test_a_survey_offers_each_label_for_each_statement_with_a_name_of_its_own() -> None:
    html = shown(OPINION, {"answers": [3, None]}, language="en")
    assert re.findall(r'name="(statement-\d)" value="(\d)" checked', html) == [("statement-0", "3")]
    assert 'aria-label="Books suffice.: Strongly agree"' in html and html.count('type="radio"') == 10
    own = question("likert", statements=[{"text": "Puas?"}], labels=["Ya", "Tidak"])
    assert isinstance(own, Likert) and shown(own).count('type="radio"') == 2


def test_a_survey_tells_each_opinion_in_words() -> None:
    response = OPINION.response_of({"answers": [4, 1]})
    assert OPINION.response_summary(response, "id") == "Rak kami rapi.: Sangat setuju; Buku cukup.: Tidak setuju"
    assert OPINION.response_summary(response, "en") == "Rak kami rapi.: Strongly agree; Books suffice.: Disagree"
    strange = OPINION.response_of({"answers": ["x", 9, 1]})
    assert OPINION.response_summary(strange, "id") == "Rak kami rapi.: x; Buku cukup.: 9"


NATURAL: list[tuple[Question[Any], object, dict[str, Any] | None]] = [
    (REPORT, "Satu dua", {"text": "Satu dua"}),
    (REPORT, {"text": "Satu"}, {"text": "Satu"}),
    (REPORT, " ", None),
    (SHELF_PHOTO, [JPEG], {"files": [JPEG]}),
    (SHELF_PHOTO, {"files": [JPEG]}, {"files": [JPEG]}),
    (SHELF_PHOTO, {"files": []}, None),
    (OPINION, ["Setuju", None], {"answers": [3, None]}),
    (OPINION, [5, "1"], {"answers": [4, 0]}),
    (OPINION, {"rapi": "agree", "Books suffice.": 2}, {"answers": [3, 1]}),
    (OPINION, {"answers": [None, 2]}, {"answers": [None, 2]}),
    (OPINION, [None], None),
    (WELCOME, None, None),
    (WELCOME, "x", None),
]


@pytest.mark.parametrize(("asked", "value", "stored"), NATURAL)
def test_an_answer_may_be_given_as_a_person_would_write_it(
    asked: Question[Any], value: object, stored: dict[str, Any] | None
) -> None:
    response = asked.response_from_json(value)
    assert (response and response.model_dump(mode="json")) == stored


@pytest.mark.parametrize(
    ("asked", "value"),
    [
        (REPORT, ["x"]), (SHELF_PHOTO, "rak.jpg"), (SHELF_PHOTO, [{**JPEG, "bytes": 0}]), (OPINION, "Setuju"),
        (OPINION, ["sangat"]), (OPINION, {"lain": 1}), (OPINION, [1, 2, 3]), (OPINION, ["6"]),
    ],
)  # fmt: skip
def test_a_shape_that_the_kind_never_takes_is_refused(asked: Question[Any], value: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        asked.response_from_json(value)


def test_a_response_of_no_file_or_of_too_many_is_no_response() -> None:
    for files in ([], [{**JPEG, "sha256": f"{n:064x}"} for n in range(6)]):
        with pytest.raises(ValidationError):
            SHELF_PHOTO.response_of({"files": files})


@pytest.mark.parametrize("asked", [REPORT, SHELF_PHOTO, OPINION, WELCOME])
def test_on_paper_there_is_nothing_to_type_into(asked: Question[Any]) -> None:
    html = shown(asked, state="paper", reveal=EVERYTHING)
    assert "<input" not in html and "<textarea" not in html and "disabled" not in html
    assert "Pembahasan" not in html
    valid_fragment(html)
    assert shown(asked, state="paper", reveal=NOTHING) == html


@pytest.mark.parametrize(
    ("asked", "stored"),
    [
        (REPORT, {"text": '<b>"Satu"</b>\ndua'}),
        (SHELF_PHOTO, {"files": [JPEG, OTHER]}),
        (SHELF_PHOTO, {"files": [OTHER]}),
        (OPINION, {"answers": [0, "<b>"]}),
    ],
)
@pytest.mark.parametrize("state", ["open", "locked"])
@pytest.mark.parametrize("reveal", [NOTHING, replace(NOTHING, correctness=True), EVERYTHING])
def test_an_answer_is_shown_in_good_html(asked: Question[Any], stored: dict[str, Any], state: str, reveal: Any) -> None:
    html = shown(asked, stored, state=state, reveal=reveal)
    valid_fragment(html)
    assert "<b>" not in html


def test_on_paper_an_essay_has_its_lines_and_a_survey_its_circles() -> None:
    assert shown(REPORT, state="paper").count("<div></div>") == 5
    assert shown(OPINION, state="paper").count('class="box round"') == 10
