"""`analyse items` as a person at the shell or a script meets it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app.psychometrics.commands import FAULTS_SHOWN, analyse
from app.psychometrics.printing import aligned, decimal
from tests.ground.commands import environment
from tests.ground.folder import ROOT

HEAD = "attempt,item,mark,max\n"
BY_HAND = HEAD + "".join(  # worked out in test_classical
    f"{person},{item},{mark},{2 if item == 'c' else 1}\n"
    for person, row in {
        "Ana": (1, 1, 2),
        "Budi": (1, 0, 2),
        "Cici": (1, 1, 0),
        "Dodi": (0, 0, 1),
        "Eka": (0, 0, 0),
    }.items()
    for item, mark in zip("abc", row, strict=True)
)
ITEM_KEYS = [
    "item", "n", "facility", "sd", "intended_weight", "effective_weight", "covariance", "mark_variance",
    "other_mark_variance", "discrimination_index", "covariance_max", "discriminative_efficiency", "max_mark",
]  # fmt: skip
TEST_KEYS = ["n", "mean", "median", "sd", "skewness", "kurtosis", "cic", "error_ratio", "standard_error"]


@pytest.fixture(autouse=True)
def _no_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LANG", raising=False)


def run(text: str, *options: str) -> Result:
    return CliRunner().invoke(analyse, ["items", "-", *options], input=text.encode())


def test_a_script_gets_every_figure_in_its_unit_and_null_where_there_is_none() -> None:
    result = run(BY_HAND, "--json")
    found = json.loads(result.stdout)
    assert (result.exit_code, result.stderr) == (0, "")
    assert list(found) == ["items", "test"]
    assert [list(item) for item in found["items"]] == [ITEM_KEYS] * 3
    assert list(found["test"]) == TEST_KEYS
    assert found["items"][0]["discrimination_index"] == pytest.approx(72.0577, abs=1e-4)
    assert found["test"]["cic"] == pytest.approx(54.0)
    alone = json.loads(run(HEAD + "1,a,1,1\n", "--json").stdout)
    assert (alone["items"][0]["facility"], alone["items"][0]["sd"], alone["test"]["cic"]) == (1.0, None, None)


def test_a_person_gets_tables_with_intervals_reasons_and_a_word_on_how_few_there_were() -> None:
    lines = run(BY_HAND).stdout.splitlines()
    assert lines[0].split("  ")[0] == "Butir"
    told = [" ".join(line.split()) for line in lines]
    assert told[1] == "a 5 1,0 0,60 0,27..0,86 0,55 25,0 32,2 72,1 -25..97 100,0"
    assert "Rata-rata 2,00 perkiraan 0,49 sampai 3,51 (keyakinan 90%)" in told
    assert "Konsistensi internal (alfa Cronbach) 54,0 %" in told
    assert told[-2:] == ["5 percobaan, 3 butir.", "Kurang dari 30 percobaan: masih indikatif."]
    assert run(HEAD + "1,a,1,1\n").stdout.splitlines()[-1] == "Kurang dari 5 percobaan: baca dengan hati-hati."


def test_a_drawn_item_that_few_had_is_told_to_be_indicative_beside_it() -> None:
    rows = "".join(f"{person},a,{person % 2},1\n{person},b,{person % 3 // 2},1\n" for person in range(40))
    drawn = "".join(f"{person},c,{person % 2},1\n" for person in range(7)) + "0,d,1,1\n"
    lines = {line.split()[0]: line for line in run(HEAD + rows + drawn).stdout.splitlines()[:5]}
    assert "masih indikatif" in lines["c"] and "baca dengan hati-hati" in lines["d"]
    assert "indikatif" not in lines["a"] and "indikatif" not in lines["b"]


def test_a_table_says_why_a_figure_is_missing() -> None:
    told = run(HEAD + "1,a,1,1\n1,b,0,1\n2,a,0,1\n2,b,1,1\n3,a,1,1\n3,b,1,1\n").stdout
    assert "–  tidak bermakna: hasilnya di bawah 0" in told
    drawn = run(HEAD + "1,a,1,1\n1,b,0,1\n2,a,0,1\n2,c,1,1\n3,a,1,1\n3,b,1,1\n").stdout
    assert "–  tidak semua percobaan memuat butir yang sama" in drawn


@pytest.mark.parametrize(("people", "told"), [
    (5, "Daya beda di bawah 0, tetapi belum pasti."),
    (40, "Peserta yang pandai justru banyak salah di soal ini. Periksa kuncinya."),
])  # fmt: skip
def test_a_negative_discrimination_asks_for_the_key_only_where_it_is_certain(people: int, told: str) -> None:
    rows = (f"{person},a,{person % 2},1\n{person},b,{1 - person % 2},1\n" for person in range(people))
    assert told in run(HEAD + "".join(rows)).stdout


def test_english_is_spoken_where_it_is_asked_for() -> None:
    assert "0.60" in run(BY_HAND, "--language", "en").stdout


def test_faults_are_sentences_beside_the_output_and_the_exit_status_is_1() -> None:
    result = run(HEAD + "1,a,2,1\n1,b,x,1\n", "--json")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.splitlines() == [
        "Baris 2: nilai 2 melebihi maksimum 1.",
        "Baris 3: kolom mark berisi “x”, bukan angka seperti 0,5 atau 0.5.",
    ]


def test_a_file_of_nothing_but_faults_does_not_flood_the_screen() -> None:
    lines = run(HEAD + "1,a,x,1\n" * (FAULTS_SHOWN + 7)).stderr.splitlines()
    assert len(lines) == FAULTS_SHOWN + 1
    assert lines[-1] == "… dan 7 kesalahan lain."


def test_names_out_of_a_file_cannot_steer_the_terminal() -> None:
    assert "·a" in run(HEAD + "1,\ba,1,1\n").stdout
    assert "“·x”" in run(HEAD + "1,a,\bx,1\n").stderr


def test_a_file_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    result = CliRunner().invoke(analyse, ["items", str(tmp_path / "tidak-ada.csv")])
    assert result.exit_code == 2
    assert "No such file" in result.stderr


def test_the_command_is_joined_and_no_server_loads_numpy_for_it(tmp_path: Path) -> None:
    started = "import sys; from app import create_app; made = create_app()\n"
    started += "assert 'items' in made.cli.commands['analyse'].commands; assert 'numpy' not in sys.modules"
    settings = environment(f"sqlite:///{tmp_path}/rak.db", tmp_path / "instance", tmp_path, demo=False)
    subprocess.run([sys.executable, "-c", started], cwd=ROOT, env=settings, check=True)


def test_columns_stand_under_each_other() -> None:
    assert list(aligned([["Butir", "n"], ["kelas-utama", "12"], ["a", ""]])) == [
        "Butir         n",
        "kelas-utama  12",
        "a",
    ]


@pytest.mark.parametrize(("value", "told"), [(None, "–"), (-0.001, "0,00"), (1234.5, "1234,50"), (-2.346, "-2,35")])
def test_numbers_have_a_decimal_comma_and_no_negative_nought(value: float | None, told: str) -> None:
    assert decimal(value, 2, "id") == told
    assert decimal(value, 2, "en") == told.replace(",", ".")
