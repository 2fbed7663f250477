"""The office's pages about people: find, add, correct, one-time passwords, close, roles, the reach of a grant."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.people import operations
from app.people.operations import NewPerson
from app.people.permissions import Grant, Role, Scope, ScopeKind
from app.people.queries import PersonFact, cohorts_of, get_person
from app.people.rules.organisations import OrganisationKind
from tests.ground.cast import NOW, Cast, post, sign_in
from tests.ground.html import valid_html

EVERYBODY = Scope(0, everything=True)
WORDS = re.compile(r'class="words">([a-z]+ [a-z]+ [a-z]+)<')


@pytest.fixture
def noor(client: FlaskClient, cast: Cast) -> FlaskClient:
    """Noor's browser."""
    sign_in(client, "noor")
    return client


@pytest.fixture
def admin(app: Flask, cast: Cast) -> FlaskClient:
    """The admin's browser."""
    client = app.test_client()
    sign_in(client, "admin")
    return client


def account(app: Flask, person_id: int) -> PersonFact:
    with app.app_context():
        return get_person(person_id, EVERYBODY)


def words_on(page: str) -> str:
    found = WORDS.search(page)
    assert found, "no one-time password on the page"
    return found[1]


def test_noor_finds_people_by_name_and_absence(noor: FlaskClient, cast: Cast) -> None:
    page = noor.get("/people?name=siti").text
    valid_html(page)
    assert "Siti Aminah" in page
    assert "Rahmat Hidayat" not in page
    never = noor.get("/people?never=1&kind=village").text
    assert "Siti Aminah" in never
    assert "Noor Jannah</a>" not in never
    valid_html(noor.get("/people?name=tidak+ada").text)


@pytest.mark.parametrize(
    "asked", ["organisation=x&district=99999999999&page=-1", "kind=castle&cohort=%01&name=%01", "page=9"]
)
def test_an_address_that_asks_nonsense_is_answered(noor: FlaskClient, asked: str) -> None:
    assert noor.get(f"/people?{asked}").status_code == 200


def test_a_long_list_comes_in_pages_that_keep_the_question(app: Flask, noor: FlaskClient, cast: Cast) -> None:
    with app.app_context():
        for number in range(51):
            new = NewPerson(name=f"Orang {number:03}", user_name=f"orang{number}", password="kata sandi uji")
            operations.add_person(new, now=NOW)
    page = noor.get("/people?name=orang&never=1").text
    valid_html(page)
    assert "51 orang" in page
    assert "name=orang&amp;never=1&amp;page=2" in page
    assert "Orang 050" in noor.get("/people?name=orang&never=1&page=2").text


def test_noor_adds_a_person_and_gets_a_slip_with_three_words_once(app: Flask, noor: FlaskClient, cast: Cast) -> None:
    valid_html(noor.get("/people/new").text)
    with app.app_context():
        cohort = operations.add_cohort("Angkatan I")
    slip = post(
        noor, "/people", name="Nor Hidayah", phone="0813 3456 7890", organisation=cast.organisation, cohort=cohort
    )
    assert slip.status_code == 200
    assert slip.headers["Cache-Control"] == "no-store"
    valid_html(slip.text)
    words = words_on(slip.text)
    for told in ("Nor Hidayah", "<strong>nor</strong>", "+6281334567890", "http://localhost"):
        assert told in slip.text
    for login in ("nor", "0813-3456-7890"):
        assert sign_in(app.test_client(), login, words).headers["Location"] == "/account/password"
    assert words not in noor.get("/people/5").text
    with app.app_context():
        assert [each.name for each in cohorts_of(5)] == ["Angkatan I"]


def test_a_new_organisation_is_made_while_adding(app: Flask, noor: FlaskClient, cast: Cast) -> None:
    fields = {"new_organisation": "TBM Contoh Laut", "kind": "reading_park", "district": "Kecamatan Contoh Hulu"}
    post(noor, "/people", name="Nor Hidayah", **fields)
    place = account(app, 5).organisation
    assert place is not None
    assert (place.name, place.kind, place.district.name) == (
        "TBM Contoh Laut", OrganisationKind.READING_PARK, "Kecamatan Contoh Hulu",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "status", "told"),
    [
        ({"name": " "}, 422, "Nama harus diisi."),
        ({"name": "Nor", "user_name": "siti"}, 409, "sudah dipakai orang lain"),
        ({"name": "Nor", "user_name": "0812"}, 422, "memuat huruf"),
        ({"name": "Nor", "phone": "0812"}, 422, "bukan nomor HP"),
        ({"name": "Nor", "new_organisation": "TBM Baru"}, 422, "kecamatan lembaga yang baru"),
    ],
)
def test_what_cannot_be_kept_is_told_and_stays_in_the_form(
    app: Flask, noor: FlaskClient, cast: Cast, fields: dict[str, str], status: int, told: str
) -> None:
    answer = post(noor, "/people", **fields)
    assert answer.status_code == status
    valid_html(answer.text)
    assert told in answer.text
    for value in fields.values():
        assert f'value="{value.strip()}"' in answer.text
    assert "nor" not in noor.get("/people?name=nor").text.partition("<tbody>")[2].replace("noor", "").lower()


def test_a_name_that_is_there_already_is_added_only_on_purpose(app: Flask, noor: FlaskClient, cast: Cast) -> None:
    fields = {"name": "Siti Aminah", "organisation": cast.organisation}
    asked = post(noor, "/people", **fields)
    assert asked.status_code == 409
    assert 'name="again"' in asked.text
    valid_html(asked.text)
    assert words_on(post(noor, "/people", **fields, again="1").text)


def test_a_reset_shows_three_words_and_ends_the_sessions(app: Flask, noor: FlaskClient, cast: Cast) -> None:
    siti = app.test_client()
    sign_in(siti, "siti")
    slip = post(noor, f"/people/{cast.siti}/password")
    valid_html(slip.text)
    assert siti.get("/account").status_code == 401
    assert sign_in(siti, "siti", words_on(slip.text)).headers["Location"] == "/account/password"


def test_noor_closes_an_account_and_opens_it_again(app: Flask, noor: FlaskClient, cast: Cast) -> None:
    siti = app.test_client()
    sign_in(siti, "siti")
    assert post(noor, f"/people/{cast.siti}/deactivate").headers["Location"] == f"/people/{cast.siti}"
    page = noor.get(f"/people/{cast.siti}").text
    valid_html(page)
    assert "Aktifkan akun lagi" in page
    assert siti.get("/account").status_code == 401
    assert "nonaktif" in noor.get("/people").text
    post(noor, f"/people/{cast.siti}/reactivate")
    assert sign_in(siti, "siti").status_code == 303


def test_noor_does_not_close_her_own_account(app: Flask, noor: FlaskClient, cast: Cast) -> None:
    assert post(noor, f"/people/{cast.noor}/deactivate").status_code == 409
    assert account(app, cast.noor).active


def test_noor_corrects_a_name_and_a_phone(app: Flask, noor: FlaskClient, cast: Cast) -> None:
    path = f"/people/{cast.siti}"
    done = post(noor, path, name="Siti Aminah, S.Pd.", phone="0813 3456 7890", organisation=cast.organisation)
    assert done.status_code == 303
    who = account(app, cast.siti)
    assert (who.name, who.phone) == ("Siti Aminah, S.Pd.", "+6281334567890")
    refused = post(noor, path, name="Siti", phone="0813")
    assert refused.status_code == 422
    valid_html(refused.text)
    assert 'value="0813"' in refused.text
    assert account(app, cast.siti).name == "Siti Aminah, S.Pd."


def test_staff_do_not_touch_an_admins_account_nor_give_roles(app: Flask, noor: FlaskClient, cast: Cast) -> None:
    page = noor.get(f"/people/{cast.admin}").text
    assert "hanya dapat diubah oleh admin" in page
    for act in ("", "/password", "/deactivate", "/reactivate"):
        assert post(noor, f"/people/{cast.admin}{act}", name="X").status_code == 403
    assert post(noor, f"/people/{cast.siti}/grants", role="staff", reach="everything").status_code == 403
    assert "Beri peran" not in noor.get(f"/people/{cast.siti}").text
    assert account(app, cast.admin).name == "Admin Kantor"
    assert account(app, cast.siti).roles == {Role.LEARNER}


def test_the_admin_gives_roles_with_a_reach_and_takes_them_back(app: Flask, admin: FlaskClient, cast: Cast) -> None:
    path = f"/people/{cast.siti}"
    reach = f"organisations:{cast.organisation}"
    assert post(admin, f"{path}/grants", role="staff", reach=reach).status_code == 303
    given = Grant(Role.STAFF, ScopeKind.ORGANISATIONS, str(cast.organisation))
    assert account(app, cast.siti).grants == (Grant(Role.LEARNER), given)
    page = admin.get(path).text
    valid_html(page)
    assert "Petugas (Perpustakaan Desa Melati (contoh))" in page
    post(admin, f"{path}/grants", role="staff", reach=reach, remove="1")
    assert account(app, cast.siti).grants == (Grant(Role.LEARNER),)
    for unclear in ({"role": "staff", "reach": "organisations:999"}, {"role": "king", "reach": "everything"}, {}):
        assert post(admin, f"{path}/grants", **unclear).status_code == 422
    assert post(admin, f"/people/{cast.admin}/grants", role="admin", reach="everything", remove="1").status_code == 409


@pytest.fixture
def limited(app: Flask, cast: Cast) -> FlaskClient:
    """A browser of Noor's whose grant reaches one school library alone, where Nor Hidayah (person 5) reads."""
    with app.app_context():
        school = operations.add_organisation("SMP Contoh 2", OrganisationKind.SCHOOL, "Kecamatan Contoh Hulu")
        operations.add_person(NewPerson(name="Nor Hidayah", organisation_id=school), now=NOW)
        operations.add_cohort("Angkatan I")
        operations.enrol(1, [5, cast.siti])
        operations.revoke(cast.noor, Grant(Role.STAFF))
        operations.grant(cast.noor, Grant(Role.STAFF, ScopeKind.ORGANISATIONS, str(school)), now=NOW)
    client = app.test_client()
    sign_in(client, "noor")
    return client


def test_a_limited_grant_sees_its_own_people_and_nobody_else(limited: FlaskClient, cast: Cast) -> None:
    page = limited.get("/people").text
    valid_html(page)
    assert "Nor Hidayah" in page
    for hidden in ("Siti Aminah", "Perpustakaan Desa Melati", "Kecamatan Contoh Laut", "Admin Kantor"):
        assert hidden not in page
    assert limited.get("/people/5").status_code == 200
    assert limited.get(f"/people/{cast.siti}").status_code == 404
    cohort = limited.get("/cohorts/1").text
    assert "Nor Hidayah" in cohort
    assert "Siti Aminah" not in cohort


def test_a_limited_grant_changes_nothing_beyond_its_reach(app: Flask, limited: FlaskClient, cast: Cast) -> None:
    for act in ("", "/password", "/deactivate", "/reactivate", "/cohorts", "/cohorts/1/leave"):
        assert post(limited, f"/people/{cast.siti}{act}", name="X", cohort=1).status_code == 404
    assert post(limited, "/cohorts/1/members/1/leave").status_code == 404
    assert post(limited, "/people", name="Baru", organisation=cast.organisation).status_code == 404
    assert post(limited, "/people", name="Baru", new_organisation="TBM", district="Hulu").status_code == 404
    assert post(limited, "/people/5", name="Nor", organisation=cast.organisation).status_code == 404
    assert post(limited, "/cohorts", name="Angkatan II").status_code == 404
    assert post(limited, "/cohorts/1/courses").status_code == 404
    assert words_on(post(limited, "/people", name="Baru", organisation=2).text)
    assert post(limited, "/people/5", name="Nor Hidayah, S.Pd.", organisation=2).status_code == 303
    assert account(app, 5).name == "Nor Hidayah, S.Pd."


def test_learners_and_trainers_have_no_such_pages(app: Flask, cast: Cast) -> None:
    for name in ("siti", "rahmat"):
        client = app.test_client()
        sign_in(client, name)
        for path in ("/people", "/people/new", f"/people/{cast.siti}", "/cohorts", "/cohorts/1"):
            assert client.get(path).status_code == 403
        assert post(client, f"/people/{cast.noor}/password").status_code == 403
