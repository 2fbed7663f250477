"""The office's competency page: who sees it, whom it shows, and what its numbers rest on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import insert, select

from app.catalogue.models import Revision
from app.catalogue.queries import heads
from app.competencies.models import CompetencyScore
from app.competencies.queries.scores import score_rows
from app.competencies.rules import Yardstick
from app.people.models import Cohort, CohortMember, GrantRow, Organisation, Person
from app.people.operations import add_organisation
from app.people.rules.organisations import OrganisationKind
from app.progress.models import LessonDone
from app.quizzes.models import Attempt
from app.tasks.models import TaskVersion
from tests.competencies.histories import EIGHT, Given, add_finished, add_learners, add_score, made_score
from tests.ground.cast import Cast, sign_in
from tests.ground.database import PUBLISHED, Start
from tests.ground.html import valid_html
from tests.ground.statements import statements

PAGE = "/reports/competencies"
PEOPLE = f"{PAGE}/people"
HELP = f"{PAGE}/help"


@pytest.fixture
def start() -> Start:
    """There is a framework to score."""
    return PUBLISHED


@pytest.fixture
def noor(app: Flask, cast: Cast, db: SQLAlchemy) -> Iterator[FlaskClient]:
    """Noor's browser."""
    client = app.test_client()
    assert sign_in(client, "noor").status_code == 303
    return client


@pytest.fixture
def places(db: SQLAlchemy) -> dict[str, int]:
    """A village library and a school in two sub-districts, by short name."""
    return {
        "village": add_organisation("Perpustakaan Desa Rindu", OrganisationKind.VILLAGE, "Kecamatan Hulu"),
        "school": add_organisation("SMP Contoh 2", OrganisationKind.SCHOOL, "Kecamatan Hilir"),
    }


def open_page(client: FlaskClient, path: str = PAGE, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, path
    html = answer.get_data(as_text=True)
    valid_html(html)
    return html


def words(html: str) -> str:
    """The page's words on one line, without the frame."""
    main = html[html.index("<main") : html.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def rows(html: str, table: int) -> dict[str, str]:
    """A table of the page: first cell -> the words of the others, cells parted by |."""
    found = html.split("<tbody>")[table].split("</tbody>")[0]
    cells = [re.findall(r"<t[hd].*?</t[hd]>", row, re.S) for row in found.split("</tr>") if "<t" in row]
    plain = [[" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in row] for row in cells]
    return {row[0]: " | ".join(row[1:]) for row in plain}


def learners(html: str) -> list[str]:
    """The names in the learners' table, in their order."""
    return list(rows(html, 1)) if "<tbody>" in html else []


@pytest.mark.parametrize(("name", "status"), [("siti", 403), ("rahmat", 403), ("noor", 200), ("admin", 200)])
def test_only_staff_and_admin_see_scores(app: Flask, cast: Cast, name: str, status: int) -> None:
    client = app.test_client()
    sign_in(client, name)
    pages = (PAGE, PEOPLE, HELP, f"/reports/people/{cast.siti}/competencies")
    for path in (*pages, f"{PAGE}.csv", f"{PEOPLE}.xlsx", f"{HELP}.csv"):
        with client.get(path) as answer:
            assert answer.status_code == status, path


def test_a_stranger_is_asked_to_sign_in(client: FlaskClient, cast: Cast) -> None:
    assert client.get(PAGE).status_code == 401


def test_an_empty_office_is_told_how_people_get_here(app: Flask, db: SQLAlchemy, noor: FlaskClient, cast: Cast) -> None:
    db.session.get_one(Person, cast.siti).active = False
    db.session.commit()
    page = words(open_page(noor, PEOPLE))
    assert "Belum ada peserta. Setelah akun mereka ditambahkan di halaman Peserta, mereka muncul di sini." in page


def test_only_active_learners_are_counted_and_listed(db: SQLAlchemy, noor: FlaskClient, places: dict[str, int]) -> None:
    gone, *_ = add_learners(["Pergi", "Badriah"], places["village"])
    db.session.get_one(Person, gone).active = False
    db.session.commit()
    html = open_page(noor, PEOPLE)
    assert [name.split(" Belum")[0] for name in learners(html)] == ["Badriah", "Siti Aminah"]
    assert words(html).startswith("Skor peserta 2 peserta · data per ")


def test_who_never_signed_in_is_one_click_away(noor: FlaskClient, places: dict[str, int]) -> None:
    add_learners(["Aminah", "Badriah"], places["village"])
    add_learners(["Cici"], places["school"], came=False)
    html = open_page(noor)
    assert "Sudah masuk 2 dari 4 · 2 belum pernah masuk" in words(html)
    link = re.search(r'href="([^"]*never=1[^"]*)"', html)
    assert link
    html = open_page(noor, link[1].replace("&amp;", "&").partition("#")[0])
    assert learners(html) == ["Cici Belum pernah masuk", "Siti Aminah Belum pernah masuk"]


def test_a_kind_of_organisation_shows_the_mean_of_those_with_enough_answers(
    noor: FlaskClient, places: dict[str, int]
) -> None:
    people = add_learners([f"Desa {number}" for number in range(6)], places["village"])
    for person, score in zip(people, (40, 50, 60, 70, 80, 0), strict=True):
        add_score(person, "F1.satu", score, questions=4 if score == 0 else 5)
    (pupil,) = add_learners(["Sekolah"], places["school"])
    add_score(pupil, "F1.satu", 91.4)
    (alone,) = add_learners(["Sendiri"])
    add_score(alone, "F2.tiga", 20)
    html = open_page(noor, f"{PAGE}?area=all")
    nothing = "– Belum ada jawaban"
    # s^2 = 250 and sd = 6: 1.645 * sqrt((250 + 36) / 5) = 12.4 to either side
    assert rows(html, 1) == {
        "Perpustakaan desa": f"◆ Belum pasti 60 44–76 5 orang ~ | {nothing} | {nothing}",
        "Perpustakaan sekolah": f"▲ Di atas batas 91 82–100 1 orang * | {nothing} | {nothing}",
        "TBM": " | ".join([nothing] * 3),
        "Lainnya": " | ".join([nothing] * 3),
        "Tanpa lembaga": f"{nothing} | {nothing} | ▼ Di bawah batas 20 10–30 1 orang *",
    }
    for state, number in (("uncertain", "60"), ("mastered few", "91"), ("needs_support few", "20")):
        assert re.search(rf'<td class="{state}"><a [^>]*>[^|]*?<b>{number}</b>', html), number
    assert "Sudah punya skor 7 dari 9" in words(html)


def test_areas_are_the_columns_and_open_to_their_competencies_and_these_to_their_states(
    noor: FlaskClient, places: dict[str, int]
) -> None:
    people = add_learners([f"Desa {number}" for number in range(6)], places["village"])
    for person in people:
        add_score(person, "F1.satu", 90)
        add_score(person, "F2.tiga", 10, questions=3)
    add_score(people[0], "F1.dua", 30)
    html = open_page(noor)
    # 90 and 30, each counting alike: (90 + 30) / 2; sd 6 of each: 90 +- 4.9 of six people, 30 +- 9.9 of one
    assert rows(html, 1)["Perpustakaan desa"] == "▼ Di bawah batas 60 53–67 1–6 orang * | … Data belum cukup"
    area = re.search(r'<th scope="col"><a href="([^"]*area=F1[^"]*)">Bidang pertama</a>', html)
    assert area
    html = open_page(noor, unescaped(area[1]))
    village = "▲ Di atas batas 90 85–95 6 orang ~ | ▼ Di bawah batas 30 20–40 1 orang *"
    assert rows(html, 1)["Perpustakaan desa"] == village
    one = re.search(r'<th scope="col"><a href="([^"]*competency=F1.dua[^"]*)">Kompetensi dua</a>', html)
    assert one
    html = open_page(noor, unescaped(one[1]))
    told = "▼ Di bawah batas 30 | 20–40 | 1 | 0 | 1 | 0 | 0 | baca dengan hati-hati"
    assert rows(html, 1)["Perpustakaan desa"] == told
    support = re.search(r'href="([^"]*state=needs_support)">1</a>', html)
    assert support
    assert learners(open_page(noor, unescaped(support[1]))) == ["Desa 0"]
    assert "Kompetensi lain di bidang Bidang pertama" in words(html)
    assert "Perpustakaan desa" in rows(open_page(noor, f"{PAGE}?area=F9"), 1), "no such area: all of them"


def test_an_area_of_which_only_some_competencies_have_scores_says_so(noor: FlaskClient, places: dict[str, int]) -> None:
    for person in add_learners([f"Desa {number}" for number in range(6)], places["village"]):
        add_score(person, "F1.satu", 90)
    told = "▲ Di atas batas 90 85–95 6 orang ~ 1 dari 2 kompetensi | – Belum ada jawaban"
    assert rows(open_page(noor), 1)["Perpustakaan desa"] == told


def unescaped(link: str) -> str:
    return link.replace("&amp;", "&").partition("#")[0]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("rows=districts", ["Kecamatan Hilir", "Kecamatan Hulu", "Tanpa lembaga"]),
        (
            "rows=organisations",
            ["Perpustakaan Desa Rindu Kecamatan Hulu", "SMP Contoh 2 Kecamatan Hilir", "Tanpa lembaga"],
        ),
        ("rows=organisations&kind=school", ["SMP Contoh 2 Kecamatan Hilir"]),
        ("rows=organisations&organisation=rindu", ["Perpustakaan Desa Rindu Kecamatan Hulu"]),
        ("rows=districts&cohort={cohort}", ["Kecamatan Hulu"]),
        ("rows=kinds&kind=village", ["Perpustakaan desa"]),
        ("rows=shelves&kind=village", ["Perpustakaan desa"]),
        ("rows=organisations&organisation=tidak+ada", []),
    ],
)
def test_rows_are_the_groups_that_are_asked_for_and_open_to_their_people(
    db: SQLAlchemy, noor: FlaskClient, cast: Cast, places: dict[str, int], asked: str, expected: list[str]
) -> None:
    db.session.get_one(Person, cast.siti).active = False
    people = [
        *add_learners(["A", "B"], places["village"]),
        *add_learners(["C"], places["school"]),
        *add_learners(["D"]),
    ]
    cohort = Cohort(name="Angkatan I", starts_on=None, ends_on=None, has_path=False)
    db.session.add(cohort)
    db.session.flush()
    db.session.add(CohortMember(cohort_id=cohort.id, person_id=people[0]))
    db.session.commit()
    for number, person in enumerate(people):
        add_score(person, "F1.satu", 50 + 10 * number)
    html = open_page(noor, f"{PAGE}?area=all&{asked.format(cohort=cohort.id)}")
    found = rows(html, 1) if "<tbody>" in html else {}
    assert list(found) == expected
    for link, mean in re.findall(r'<td class="\w+ few"><a href="([^"]+)">.*?<b>(\d+)</b>', html):
        behind = rows(open_page(noor, unescaped(link)), 1).values()
        scores = [int(score) for row in behind for score in re.findall(r"(\d+) \d+–", row)]
        assert scores == sorted(scores) and sum(scores) / len(scores) == int(mean), link


def test_organisations_come_in_pages_of_fifty(db: SQLAlchemy, noor: FlaskClient) -> None:
    for number in range(60):
        place = add_organisation(f"TBM {number:02}", OrganisationKind.READING_PARK, "Kecamatan Hulu")
        add_score(add_learners([f"Orang {number}"], place)[0], "F1.satu", 50)
    first, second = (open_page(noor, f"{PAGE}?rows=organisations&kind=reading_park&page={page}") for page in (1, 9))
    assert (len(rows(first, 1)), len(rows(second, 1))) == (50, 10)
    assert "Halaman 2 dari 2 · 60 lembaga" in words(second)


def test_a_competency_opens_its_people_in_one_state_by_score(noor: FlaskClient, places: dict[str, int]) -> None:
    people = dict(zip("ABCD", add_learners("ABCD", places["village"]), strict=True))
    for name, score, questions in (("A", 90, 9), ("B", 40, 9), ("C", 30, 9), ("D", 10, 3)):
        add_score(people[name], "F1.satu", score, questions)
    add_score(people["A"], "F1.dua", 10)
    html = open_page(noor, f"{PEOPLE}?competency=F1.satu")
    assert rows(html, 1) == {
        "C": "Perpustakaan Desa Rindu Kecamatan Hulu | ▼ Perlu penguatan 30 20–40 9 jawaban | Perlu penguatan",
        "B": "Perpustakaan Desa Rindu Kecamatan Hulu | ▼ Perlu penguatan 40 30–50 9 jawaban | Perlu penguatan",
        "A": "Perpustakaan Desa Rindu Kecamatan Hulu | ▲ Menguasai 90 80–100 9 jawaban | Menguasai",
        "D": "Perpustakaan Desa Rindu Kecamatan Hulu | … Data belum cukup 3 jawaban | Data belum cukup",
    }
    assert learners(open_page(noor, f"{PEOPLE}?competency=F1.satu&state=needs_support")) == ["C", "B"]
    assert len(learners(open_page(noor, f"{PEOPLE}?state=needs_support"))) == 5, (
        "without a competency no state is asked"
    )


def test_who_needs_help_is_listed_with_the_reasons(
    db: SQLAlchemy, noor: FlaskClient, cast: Cast, places: dict[str, int]
) -> None:
    db.session.get_one(Person, cast.siti).active = False
    low, idle, fine, *busy = add_learners(["Lemah", "Lama", "Baik", "Baca", "Kuis", "Tugas"], places["village"])
    (never,) = add_learners(["Baru"], came=False)
    today = datetime.now(UTC)
    for person, days in ((low, 3), (idle, 40), (fine, 1), *((each, 40) for each in busy)):
        db.session.get_one(Person, person).last_signed_in_at = today - timedelta(days=days)
    revision, long_ago = db.session.scalars(select(Revision.id)).first(), today - timedelta(days=40)
    db.session.add_all(
        [
            LessonDone(person_id=busy[0], course_slug="contoh", lesson_id="satu", done_at=today),
            Attempt(
                person_id=busy[1], course_slug="contoh", quiz_id="tes", revision_id=revision, number=1, seed=1,
                layout=[], state="finished", started_at=long_ago, finished_at=today, timed=False,
            ),
            TaskVersion(
                person_id=busy[2], course_slug="contoh", task_id="praktik", number=1, revision_id=revision,
                state="waiting", text="Selesai", files=[], saves=1, page_token="a", saved_at=today, handed_in_at=today,
            ),
        ]
    )  # fmt: skip
    db.session.commit()
    add_score(low, "F1.satu", 41)
    add_score(low, "F1.dua", 45)
    add_score(low, "F9.lama", 10)
    add_score(fine, "F1.satu", 95)
    add_score(never, "F1.dua", 20, questions=2)
    html = open_page(noor, HELP)
    place = "Perpustakaan Desa Rindu, Kecamatan Hulu"
    weak = "perlu penguatan di Kompetensi satu: 41 (31–51); Kompetensi dua: 45 (35–55)"
    reasons = {name: told.split(" | ")[-1] for name, told in rows(html, 1).items()}
    assert reasons == {"Baru": "belum pernah masuk", "Lama": "tidak aktif 40 hari", "Lemah": weak}
    assert rows(html, 1)["Lemah"].startswith(place)
    assert "Di bawah batas penguasaan 1" in words(html)
    for asked, names in (
        ("reason=below", ["Lemah"]),
        ("reason=inactive&days=39", ["Lama"]),
        ("reason=inactive&days=60", []),
        ("reason=never", ["Baru"]),
        ("kind=village", ["Lama", "Lemah"]),
        ("days=2", ["Baru", "Lama", "Lemah"]),
    ):
        assert learners(open_page(noor, f"{HELP}?{asked}")) == names, asked


def test_a_learners_cells_tell_score_and_questions_or_that_data_is_missing(
    noor: FlaskClient, places: dict[str, int]
) -> None:
    (person,) = add_learners(["Badriah"], places["village"])
    add_score(person, "F1.satu", 74.6, questions=12)
    add_score(person, "F1.dua", 100.0, questions=4)
    html = open_page(noor, f"{PEOPLE}?name=badriah")
    assert rows(html, 1) == {
        "Badriah": "Perpustakaan Desa Rindu Kecamatan Hulu | ▼ Perlu penguatan 75 65–85 12 jawaban"
        " | … Data belum cukup 4 jawaban | – Belum ada jawaban"
    }
    assert f'href="/reports/people/{person}/competencies?competency=F1.satu#k-F1.satu"' in html


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("name=AMIN", ["Aminah"]),
        ("name=100%25", []),
        ("organisation=smp", ["Cici"]),
        ("kind=village", ["Aminah", "Badriah"]),
        ("kind=school&name=amin", []),
        ("district={hilir}", ["Cici"]),
        ("cohort={cohort}", ["Badriah", "Cici"]),
        ("cohort=99999", []),
        ("never=1", ["Cici"]),
        ("kind=palace&district=x&cohort=-1&page=abc&sort=nothing", ["Aminah", "Badriah", "Cici"]),
        ("name=&page=99999999999&district=99999999999", ["Aminah", "Badriah", "Cici"]),
    ],
)
def test_the_list_shows_those_who_are_looked_for(
    db: SQLAlchemy, noor: FlaskClient, cast: Cast, places: dict[str, int], asked: str, expected: list[str]
) -> None:
    db.session.get_one(Person, cast.siti).active = False
    people = add_learners(["Aminah", "Badriah"], places["village"]) + add_learners(
        ["Cici"], places["school"], came=False
    )
    cohort = Cohort(name="Angkatan I", starts_on=date(2026, 1, 1), ends_on=None, has_path=False)
    db.session.add(cohort)
    db.session.flush()
    db.session.add_all(CohortMember(cohort_id=cohort.id, person_id=person) for person in people[1:])
    hilir = db.session.get_one(Organisation, places["school"]).district_id
    db.session.commit()
    html = open_page(noor, f"{PEOPLE}?{asked.format(hilir=hilir, cohort=cohort.id)}")
    assert [name.split(" Belum")[0] for name in learners(html)] == expected


def test_the_printed_page_says_what_was_looked_for(noor: FlaskClient, places: dict[str, int]) -> None:
    add_learners(["Aminah"], places["village"])
    told = words(open_page(noor, f"{PEOPLE}?name=zul&kind=village&never=1"))
    assert "nama berisi “zul” · belum pernah masuk · jenis Perpustakaan desa" in told
    assert "Tidak ada peserta yang cocok." in told


def test_the_list_can_be_sorted_by_a_competency_and_those_without_a_score_stand_last(
    db: SQLAlchemy, noor: FlaskClient, cast: Cast
) -> None:
    db.session.get_one(Person, cast.siti).active = False
    people = dict(zip("ABCD", add_learners("ABCD"), strict=True))
    for name, score, questions in (("A", 50, 9), ("B", 90, 5), ("C", 20, 7), ("D", 0, 4)):
        add_score(people[name], "F1.satu", score, questions)
    html = open_page(noor, f"{PEOPLE}?sort=F1.satu")
    assert learners(html) == ["C", "A", "B", "D"]
    assert re.search(r'aria-sort="ascending"><a href="[^"]*sort=F1.satu[^"]*down=1', html)
    html = open_page(noor, f"{PEOPLE}?sort=F1.satu&down=1")
    assert learners(html) == ["B", "A", "C", "D"]
    assert learners(open_page(noor, f"{PEOPLE}?down=1")) == ["D", "C", "B", "A"]


def test_a_long_list_comes_in_pages_of_fifty(noor: FlaskClient) -> None:
    add_learners([f"Peserta {number:03}" for number in range(119)])
    first = open_page(noor, PEOPLE)
    assert len(learners(first)) == 50
    assert "Halaman 1 dari 3 · 120 peserta" in words(first)
    assert 'rel="prev"' not in first
    third = open_page(noor, f"{PEOPLE}?page=3")
    assert [name.split(" Belum")[0] for name in learners(third)][-2:] == ["Peserta 118", "Siti Aminah"]
    assert learners(open_page(noor, f"{PEOPLE}?page=77")) == learners(third), "beyond the last page is the last"


@pytest.mark.parametrize(
    ("kind", "place", "expected"),
    [("organisations", "village", ["Aminah"]), ("places", "school", ["Cici"]), ("courses", "", [])],
)
def test_a_limited_grant_reaches_only_its_own_people(
    app: Flask, db: SQLAlchemy, cast: Cast, places: dict[str, int], kind: str, place: str, expected: list[str]
) -> None:
    reached = {"Aminah": add_learners(["Aminah"], places["village"])[0]}
    reached["Cici"] = add_learners(["Cici"], places["school"])[0]
    add_score(reached["Aminah"], "F1.satu", 80)
    add_score(reached["Cici"], "F1.satu", 20)
    organisation = db.session.get_one(Organisation, places[place or "village"])
    grant = db.session.query(GrantRow).filter_by(person_id=cast.noor).one()
    grant.scope_kind = kind
    grant.scope_id = {"organisations": str(organisation.id), "places": str(organisation.district_id)}.get(kind, "x")
    db.session.commit()
    client = app.test_client()
    sign_in(client, "noor")
    html = open_page(client, PEOPLE)
    assert learners(html) == expected
    assert f"{len(expected)} peserta" in words(html)
    means = words(open_page(client))
    assert means.count("1 orang") == len(expected), "the means are over people in reach"
    names = client.get(f"{PEOPLE}.csv").get_data(as_text=True)
    for name, person_id in {**reached, "Siti": cast.siti}.items():
        assert (name in names) is (name in expected)
        status = client.get(f"/reports/people/{person_id}/competencies").status_code
        assert status == (200 if name in expected else 404), name


def test_staff_see_what_the_learner_sees(app: Flask, db: SQLAlchemy, noor: FlaskClient, cast: Cast) -> None:
    slots = [Given(f"contoh/latihan/{name}") for name in ("tunggal", "ganda", "benar-salah", "isian")]
    add_finished(cast.siti, heads()["contoh"].revision_id, [*slots, Given("contoh/tes/pembuka", fraction=0.0)])
    staff = open_page(noor, f"/reports/people/{cast.siti}/competencies?competency=F1.satu")
    client = app.test_client()
    sign_in(client, "siti")
    own = open_page(client, "/competencies?competency=F1.satu")

    def record(html: str) -> str:
        return re.split(r"Bidang pertama|Cara membaca (?:skor|halaman) ini", words(html))[1]

    for said in ("Benar", "Salah", "bobot"):
        assert record(staff).count(said) == record(own).count(said), said
    assert re.search(
        r"perkiraan \d+–\d+ \(keyakinan 90%\), dari 5 jawaban · (Belum pasti|Perlu penguatan)", record(staff)
    )
    assert "65 Kompetensi satu perkiraan 39–87" in record(staff)
    assert "rahasia" not in staff
    assert words(staff).startswith("Kompetensi Siti Aminah Perpustakaan Desa Melati (contoh), Kecamatan Contoh Laut")


def test_a_person_who_does_not_exist_is_not_found(noor: FlaskClient) -> None:
    open_page(noor, "/reports/people/999999/competencies", 404)


def test_names_are_shown_as_text(noor: FlaskClient) -> None:
    add_learners(['<b>"Nor" & Co</b>'])
    html = open_page(noor, f"{PEOPLE}?name=<b>")
    assert "&lt;b&gt;&#34;Nor&#34; &amp; Co&lt;/b&gt;" in html


def test_the_page_takes_as_few_statements_for_many_as_for_few(
    app: Flask, db: SQLAlchemy, noor: FlaskClient, places: dict[str, int]
) -> None:
    counts = []
    for bulk in (20, 2000):
        _fill(db, bulk, places["village"])
        path = f"{PEOPLE}?sort=F1.dua&kind=village"
        open_page(noor, path)
        app.extensions["catalogue"].forget_heads()
        with statements(app) as sent:
            assert noor.get(path).status_code == 200
        counts.append(len(sent))
        with statements(app) as sent:
            assert noor.get(f"{PEOPLE}.csv?kind=village").data.count(b"\n") > bulk
        assert len(sent) <= 8, sent
    assert 9 >= counts[0] >= counts[1], sent  # one more where a page holds both people with a score and people without


def test_one_persons_page_takes_few_statements(app: Flask, noor: FlaskClient, cast: Cast, db: SQLAlchemy) -> None:
    for number in range(5):
        add_finished(
            cast.siti, heads()["contoh"].revision_id, [Given(f"contoh/x/{number}"), Given("contoh/tes/pembuka")]
        )
    path = f"/reports/people/{cast.siti}/competencies?competency=F1.satu"
    open_page(noor, path)
    with statements(app) as sent:
        noor.get(path)
    assert len(sent) <= 8, sent


def _fill(db: SQLAlchemy, count: int, organisation: int) -> None:
    """Learners with a score in each of two competencies."""
    template = {
        "password_hash": "-", "must_change_password": False, "session_version": 1, "language": "id", "active": True,
        "created_at": EIGHT, "organisation_id": organisation, "first_signed_in_at": EIGHT, "last_signed_in_at": EIGHT,
    }  # fmt: skip
    people = [{**template, "name": f"Peserta {count}-{n}", "user_name": f"p{count}-{n}"} for n in range(count)]
    ids = list(db.session.scalars(insert(Person).returning(Person.id), people))
    db.session.execute(
        insert(GrantRow),
        [{"person_id": each, "role": "learner", "scope_kind": "everything", "granted_at": EIGHT} for each in ids],
    )
    scores = [
        row
        for each in ids
        for row in score_rows(each, dict.fromkeys(("F1.satu", "F1.dua"), made_score(each % 100, 9)), Yardstick(), EIGHT)
    ]
    db.session.execute(insert(CompetencyScore), scores)
    db.session.commit()
