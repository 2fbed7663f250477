"""What groups gained between a test before and one after: who counts, how it is told, and that files say the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask, render_template_string
from flask.testing import FlaskClient
from flask_sqlalchemy import SQLAlchemy

from app import clock
from app.competencies.queries.learners import LearnerFilter
from app.figures.operations import keep_figures
from app.people.models import Cohort, CohortMember, Person
from app.people.operations import add_organisation, grant, revoke
from app.people.permissions import Grant, Role, Scope, ScopeKind
from app.people.rules.organisations import OrganisationKind
from app.reports.gain_pages import all_pairs
from app.reports.queries.gain import asked_twice, took_both
from tests.competencies.histories import add_learners
from tests.ground.cast import NOW, Cast, sign_in
from tests.ground.database import PUBLISHED, Start
from tests.ground.html import valid_html
from tests.ground.statements import statements
from tests.reports.pairs import AFTER, BEFORE, SLUG, publish_tests, took
from tests.reports.test_competencies import rows, words
from tests.reports.test_competencies_files import read_csv, read_xlsx

PAGE = "/reports/gain"
EVERYTHING = Scope(0, everything=True)


@pytest.mark.parametrize(("value", "told"), [(0.4, "0"), (-0.4, "0"), (0.6, "+1"), (-0.6, "-1"), (-1234.0, "-1.234")])
def test_a_change_is_told_in_whole_points_with_its_sign(app: Flask, value: float, told: str) -> None:
    with app.test_request_context():
        page = '{% from "reports/_figures.html" import signed with context %}{{ signed(value) }}'
        assert render_template_string(page, value=value) == told


@pytest.fixture
def start() -> Start:
    """There are courses to stand beside."""
    return PUBLISHED


@pytest.fixture
def noor(app: Flask, cast: Cast, db: SQLAlchemy) -> Iterator[FlaskClient]:
    """Noor's browser."""
    client = app.test_client()
    sign_in(client, "noor")
    return client


def opened(client: FlaskClient, path: str = PAGE) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    html = answer.get_data(as_text=True)
    valid_html(html)
    return html


def both(wanted: LearnerFilter | None = None, within: Scope = EVERYTHING) -> dict[str, tuple[float, float]]:
    (pair,) = all_pairs()
    return {each.name: (each.before, each.after) for each in took_both(pair, wanted or LearnerFilter(), within)}


def test_without_tests_the_page_says_how_to_make_them(noor: FlaskClient) -> None:
    page = words(opened(noor))
    assert "Belum ada kursus yang punya tes awal dan tes akhir" in page
    assert "Dipakai sebagai: Tes awal" in page


def test_a_test_before_without_one_after_is_named(noor: FlaskClient, courses_folder: Path) -> None:
    publish_tests(courses_folder, after=False)
    assert "Bimtek perpustakaan punya tes awal, tetapi belum punya tes akhir." in words(opened(noor))


def test_where_nobody_took_both_the_page_says_so(noor: FlaskClient, courses_folder: Path) -> None:
    publish_tests(courses_folder)
    assert "Belum ada orang di kelompok ini yang mengikuti tes awal dan kemudian tes akhir." in words(opened(noor))


def test_the_first_attempts_of_those_who_took_both_count(
    app: Flask, db: SQLAlchemy, cast: Cast, courses_folder: Path
) -> None:
    publish_tests(courses_folder)
    names = ["Alim", "Badriah", "Cici", "Dedi", "Endah", "Fajar", "Gani", "Halim", "Ijah"]
    alim, badriah, cici, dedi, endah, fajar, gani, halim, ijah = add_learners(names)
    took(alim, BEFORE, 0.4, 0), took(alim, AFTER, 0.8, 60)
    took(alim, AFTER, 1.0, 120, number=2)  # a further try gains nothing more
    took(badriah, BEFORE, 0.5, 0)  # never came back
    took(cici, AFTER, 0.9, 0)  # was not there at first
    took(dedi, AFTER, 0.9, 0), took(dedi, BEFORE, 0.4, 60)  # the wrong way round
    took(endah, BEFORE, None, 0, state="abandoned"), took(endah, BEFORE, 0.6, 20, number=2), took(endah, AFTER, 0.5, 60)
    took(fajar, BEFORE, 0.3, 0), took(fajar, AFTER, None, 60, state="submitted")  # waits for a mark
    took(fajar, AFTER, 0.9, 90, number=2)
    took(gani, BEFORE, 0.4, 0), took(gani, AFTER, 0.7, 60, state="deleted")
    took(halim, BEFORE, 0.4, 0), took(halim, AFTER, 0.7, 60)
    db.session.get_one(Person, halim).active = False
    took(ijah, BEFORE, 0.2, 0, course="contoh"), took(ijah, AFTER, 0.9, 60)  # another course's test
    took(cast.rahmat, BEFORE, 0.9, 0), took(cast.rahmat, AFTER, 1.0, 60)  # a trainer tries it
    db.session.commit()
    assert both() == {"Alim": (40.0, 80.0), "Endah": (60.0, 50.0)}


def test_a_group_is_told_with_its_gain_in_words_and_those_who_went_down(
    noor: FlaskClient, courses_folder: Path, db: SQLAlchemy
) -> None:
    publish_tests(courses_folder)
    village = add_organisation("Perpustakaan Desa Rindu", OrganisationKind.VILLAGE, "Kecamatan Hulu")
    for number, person in enumerate(add_learners([f"Desa {number}" for number in range(6)], village)):
        took(person, BEFORE, 0.4 + number / 100, 0), took(person, AFTER, 0.8 - number / 100, 60)
    (alone,) = add_learners(["=SUM(1)"])
    took(alone, BEFORE, 0.7, 0), took(alone, AFTER, 0.4, 60)
    html = opened(noor)
    page = words(html)
    # before (240 + 15 + 70) / 7 = 46.4; after (480 - 15 + 40) / 7 = 72.1; gain 25.7 / 53.6 = 0.48
    assert (
        "Rata-rata tes awal 46 menjadi 72 (7 orang yang mengikuti keduanya). Peningkatan (N-gain) 0,48 · sedang" in page
    )
    assert "Kurang dari 30 orang: masih indikatif" in page
    groups = rows(html, 1)
    assert list(groups) == ["Semua", "Perpustakaan desa", "Tanpa lembaga"]
    assert groups["Tanpa lembaga"] == "1 | 70 | 40 | -1,00 menurun | – | 1 | Kurang dari 5 orang: baca dengan hati-hati"
    assert groups["Semua"].split(" | ")[-2] == "1"
    assert rows(html, 2)["=SUM(1)"] == "– | 70 | 40 | -30"
    assert rows(html, 2)["Desa 0"] == "Perpustakaan Desa Rindu | 40 | 80 | +40"


def test_parts_are_kinds_of_organisation_or_sub_districts_and_a_file_says_the_same(
    noor: FlaskClient, courses_folder: Path, db: SQLAlchemy
) -> None:
    publish_tests(courses_folder)
    village = add_organisation("Perpustakaan Desa Rindu", OrganisationKind.VILLAGE, "Kecamatan Hulu")
    school = add_organisation("SMP Contoh 2", OrganisationKind.SCHOOL, "Kecamatan Hilir")
    park = add_organisation("TBM Rindu", OrganisationKind.READING_PARK, "Kecamatan Hulu")
    (alone, *others) = add_learners(["Alim"]) + [add_learners([f"Di {place}"], place)[0] for place in (village, school)]
    for person in (alone, *others, *add_learners(["Gani"], park)):
        took(person, BEFORE, 0.5, 0), took(person, AFTER, 0.75, 60)
    took(add_learners(["Belum"], school)[0], BEFORE, 0.1, 0)  # took one test alone
    kinds = ["Semua", "Perpustakaan desa", "Perpustakaan sekolah", "TBM", "Tanpa lembaga"]
    districts = ["Semua", "Kecamatan Hilir", "Kecamatan Hulu", "Tanpa lembaga"]
    for asked, named in (("", kinds), ("?rows=districts", districts), ("?rows=organisations", kinds)):
        found = rows(opened(noor, PAGE + asked), 1)
        assert list(found) == named
        for lines in (read_csv(noor.get(f"{PAGE}.csv{asked}").data), read_xlsx(noor.get(f"{PAGE}.xlsx{asked}").data)):
            head = next(index for index, line in enumerate(lines) if line[:1] == ["Kelompok"])
            told = {line[0]: str(line[1]) for line in lines[head + 1 : head + 1 + len(named)]}
            assert told == {name: each.split(" | ")[0] for name, each in found.items()}
    assert rows(opened(noor, f"{PAGE}?rows=districts"), 1)["Kecamatan Hulu"].startswith("2 | 50 | 75 | 0,50 sedang")
    assert list(rows(opened(noor, f"{PAGE}?rows=districts&kind=school"), 1)) == ["Semua"], "one part is everybody"


def test_who_knew_everything_before_has_nothing_to_gain(
    noor: FlaskClient, courses_folder: Path, db: SQLAlchemy
) -> None:
    publish_tests(courses_folder)
    for person in add_learners(["Alim", "Badriah"]):
        took(person, BEFORE, 1.0, 0), took(person, AFTER, 0.9, 60)
    assert "Peningkatan (N-gain) – · tes awal sudah penuh, tidak ada yang dapat ditambah" in words(opened(noor))


def test_crossed_forms_are_levelled_and_others_are_told_to_be_mixed_up(
    noor: FlaskClient, courses_folder: Path, db: SQLAlchemy
) -> None:
    publish_tests(courses_folder, forms=True)
    people = add_learners([f"Orang {number}" for number in range(6)])
    for person in people[:3]:  # form A is 20 points easier; everybody learns 20
        took(person, BEFORE, 0.5, 0), took(person, f"{AFTER}-b", 0.5, 60)
    assert "tidak disilang" in words(opened(noor))
    for person in people[3:]:
        took(person, f"{BEFORE}-b", 0.3, 0), took(person, AFTER, 0.7, 60)
    page = words(opened(noor))
    assert "Rata-rata tes awal 40 menjadi 60 (6 orang" in page
    assert "Dua bentuk tes disilang" in page


def test_questions_of_both_tests_are_compared_one_by_one(
    noor: FlaskClient, courses_folder: Path, db: SQLAlchemy
) -> None:
    publish_tests(courses_folder)
    for number, person in enumerate(add_learners(["Alim", "Badriah", "Cici", "Dedi"])):
        took(person, BEFORE, 0.5, 0, items=(float(number > 0), None)), took(person, AFTER, 0.5, 60, items=(1.0, 1.0))
    (pair,) = all_pairs()
    (found,) = asked_twice(pair, LearnerFilter(), EVERYTHING)
    assert (found.question, found.before_right, found.before_people) == (f"{SLUG}/tes/rak", 3.0, 4)
    assert (found.after_right, found.after_people) == (4.0, 4)
    told = rows(opened(noor), 3)
    assert list(told) == ["Buku berdiri di rak."]
    assert told["Buku berdiri di rak."].startswith("75% 4 orang | 100% 4 orang | +25 ")


def test_cohort_place_and_kind_narrow_the_group(noor: FlaskClient, courses_folder: Path, db: SQLAlchemy) -> None:
    publish_tests(courses_folder)
    village = add_organisation("Perpustakaan Desa Rindu", OrganisationKind.VILLAGE, "Kecamatan Hulu")
    school = add_organisation("SMP Contoh 2", OrganisationKind.SCHOOL, "Kecamatan Hilir")
    (alim,) = add_learners(["Alim"], village)
    (badriah,) = add_learners(["Badriah"], school)
    cohort = Cohort(name="Angkatan I")
    db.session.add(cohort)
    db.session.flush()
    db.session.add(CohortMember(cohort_id=cohort.id, person_id=badriah))
    for person in (alim, badriah):
        took(person, BEFORE, 0.4, 0), took(person, AFTER, 0.8, 60)
    for field, names in (
        (f"cohort={cohort.id}", ["Badriah"]),
        ("kind=village", ["Alim"]),
        ("organisation=smp", ["Badriah"]),
    ):
        assert list(rows(opened(noor, f"{PAGE}?{field}"), 2)) == names, field
    page = words(opened(noor, f"{PAGE}?kind=school"))
    assert "jenis Perpustakaan sekolah" in page, "a printed page says whom it tells of"


def test_staff_of_a_place_sees_the_people_of_that_place(
    app: Flask, db: SQLAlchemy, cast: Cast, courses_folder: Path
) -> None:
    publish_tests(courses_folder)
    inside = add_organisation("Perpustakaan Desa Rindu", OrganisationKind.VILLAGE, "Kecamatan Hulu")
    (alim,) = add_learners(["Alim"], inside)
    (badriah,) = add_learners(["Badriah"])
    for person in (alim, badriah):
        took(person, BEFORE, 0.4, 0), took(person, AFTER, 0.8, 60)
    reach = Grant(Role.STAFF, ScopeKind.ORGANISATIONS, str(inside))
    revoke(cast.noor, Grant(Role.STAFF))
    grant(cast.noor, reach, now=NOW)
    client = app.test_client()
    sign_in(client, "noor")
    html = opened(client)
    assert "Alim" in html
    assert "Badriah" not in html
    assert "Badriah" not in client.get(f"{PAGE}.csv").text


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_file_holds_the_numbers_of_the_page_and_runs_nothing(
    noor: FlaskClient, courses_folder: Path, db: SQLAlchemy, ending: str
) -> None:
    publish_tests(courses_folder)
    for number, person in enumerate(add_learners(["Alim", "Badriah", "Cici", "=SUM(1)"])):
        took(person, BEFORE, 0.314 + number / 10, 0, items=(1.0, 0.0)), took(person, AFTER, 0.8, 60, items=(1.0, 1.0))
    html = opened(noor)
    with noor.get(f"{PAGE}.{ending}") as answer:
        data = answer.data
    read = read_csv if ending == "csv" else read_xlsx
    lines = [["" if cell is None else str(cell) for cell in line] for line in read(data) if line]
    formula = "'=SUM(1)" if ending == "csv" else "=SUM(1)"
    for name, told in rows(html, 2).items():
        _, before, after, difference = told.split(" | ")
        (line,) = (line for line in lines if line[0] == (formula if name == "=SUM(1)" else name))
        assert line[2:5] == [before, after, difference.removeprefix("+")]
    (group,) = (line for line in lines if line[0] == "Semua")
    numbers = re.findall(r"-?\d+(?:,\d+)?", rows(html, 1)["Semua"].replace("orang", ""))
    shown = [each.replace(",", ".") for each in numbers]
    filed = [f"{float(cell):.2f}" for cell in group[1:17] if re.fullmatch(r"-?\d+(\.\d+)?", cell)]
    assert [f"{float(each):.2f}" for each in shown[: len(filed)]] == filed
    (asked,) = (line for line in lines if line[0] == "Katalog adalah daftar harga.")
    assert asked[1:6] == ["0", "4", "100", "4", "100"]
    assert ["Ini hasil belajar, bukan sertifikat kompetensi dari LSP/BNSP."] in [line[:1] for line in lines]


def test_the_page_asks_the_database_as_often_for_many_people(
    app: Flask, noor: FlaskClient, courses_folder: Path, db: SQLAlchemy
) -> None:
    publish_tests(courses_folder)
    for person in add_learners([f"Orang {number}" for number in range(60)]):
        took(person, BEFORE, 0.4, 0, items=(1.0, 0.0)), took(person, AFTER, 0.8, 60, items=(1.0, 1.0))
    with statements(app) as asked:
        html = opened(noor)
    assert len(asked) <= 9
    assert "Halaman 1 dari 2 · 60 peserta" in words(html)
    assert len(rows(opened(noor, f"{PAGE}?page=9"), 2)) == 10


def test_where_people_are_many_the_page_shows_what_was_kept_of_them(
    app: Flask, noor: FlaskClient, courses_folder: Path, db: SQLAlchemy, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_tests(courses_folder, forms=True)
    school = add_organisation("SMP Contoh 2", OrganisationKind.SCHOOL, "Kecamatan Hilir")
    people = [*add_learners([f"Orang {number}" for number in range(60)]), *add_learners(["Alim", "Badriah"], school)]
    for number, person in enumerate(people):
        took(person, BEFORE, 0.4, 0, items=(1.0, 0.0)), took(person, f"{AFTER}-b", number / 70, 60, items=(1.0, 1.0))
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now)
    monkeypatch.setattr("app.figures.queries.MANY", 1)
    anew = [words(opened(noor)), words(opened(noor, f"{PAGE}?page=2")), words(noor.get("/reports/summary").text)]
    keep_figures(lambda: now)
    with statements(app) as asked:
        kept = words(opened(noor))
    assert not any("JOIN mark" in each for each in asked), "the questions were kept too"
    assert [kept, words(opened(noor, f"{PAGE}?page=2")), words(noor.get("/reports/summary").text)] == anew
    later = now + timedelta(minutes=40)
    monkeypatch.setattr(clock, "now", lambda: later)
    moment = re.compile(r"Data per [^.·]*\d\d\.\d\d")
    told = moment.findall(words(noor.get("/reports/summary").text))
    assert told and set(told) == set(moment.findall(anew[2])), "the sheet is of when its figures were kept"
