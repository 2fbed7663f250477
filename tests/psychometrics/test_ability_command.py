"""`analyse ability` as a person at the shell or a script meets it, and the file it reads."""

from __future__ import annotations

import json
from math import isfinite

import numpy as np
import pytest
from click.testing import CliRunner, Result

from app.psychometrics.ability_command import ability
from app.psychometrics.answer_file import read_answers
from app.psychometrics.models import MODELS, Model
from app.psychometrics.tables import FaultyTable
from tests.psychometrics.published import SECTION_6, answers

NAN = float("nan")
SMALL = "orang,Q1,Q2,Q3,Q4\nSiti,1,1,1,\nRahmat,1,0,0.5,0\nNoor,1,0,1,1\nAgus,,,,\nTamu,1,1,0,0\n"


@pytest.fixture(autouse=True)
def _no_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LANG", raising=False)


def run(text: str, *options: str) -> Result:
    return CliRunner().invoke(ability, ["-", *options], input=text.encode())


def lsat_file() -> str:
    rows = (f"p{number},{','.join(f'{each:g}' for each in row)}" for number, row in enumerate(answers(SECTION_6)))
    return "person,i1,i2,i3,i4,i5\n" + "\n".join(rows) + "\n"


def test_a_script_gets_items_people_and_the_log_likelihood() -> None:
    result = run(lsat_file(), "--model", "1pl", "--json")
    found = json.loads(result.stdout)
    assert (result.exit_code, result.stderr) == (0, "")
    assert list(found) == ["items", "log_likelihood", "persons"]
    assert [list(item) for item in found["items"]] == [["item", "a", "b", "se_a", "se_b"]] * 5
    assert [item["item"] for item in found["items"]] == ["i1", "i2", "i3", "i4", "i5"]
    assert found["items"][2]["b"] == pytest.approx(-0.318, abs=5e-3)
    assert found["log_likelihood"] == pytest.approx(-2466.938, abs=1e-3)
    assert len(found["persons"]) == 1000
    assert list(found["persons"][0]) == ["person", "eap", "eap_se", "map", "map_se"]
    assert (found["persons"][0]["person"], found["persons"][0]["eap"]) == ("p0", pytest.approx(-1.910, abs=1e-3))


@pytest.mark.parametrize("model", MODELS)
def test_what_is_undefined_is_null_and_told_beside_the_output(model: Model) -> None:
    result = run(SMALL, "--model", model, "--json")
    found = json.loads(result.stdout)
    assert found["items"][0] == {"item": "Q1", "a": None, "b": None, "se_a": None, "se_b": None}
    assert "Q1: semua menjawab benar" in result.stderr
    assert (found["persons"][3]["eap"], found["persons"][3]["eap_se"]) == (pytest.approx(0), pytest.approx(1))
    figures = [each[name] for each in found["persons"] for name in ("eap", "eap_se", "map", "map_se")]
    assert all(isfinite(each) for each in figures)


def test_a_person_gets_tables_with_errors_and_words_on_what_is_wrong() -> None:
    said = run(SMALL, "--model", "2pl").stdout
    lines = said.splitlines()
    assert lines[0].split()[:3] == ["Butir", "n", "a"]
    assert lines[1].split()[:4] == ["Q1", "4", "–", "–"] and "semua menjawab benar" in lines[1]
    assert "Siti" in said and "masih indikatif" in said and "5 orang, 4 butir" in said
    assert any(line.split() == ["Agus", "0,000", "1,000", "0,000", "1,000"] for line in lines)
    twice = run(SMALL + "Siti,0,1,0,1\n", "--model", "rasch").stdout
    assert "setiap baris dihitung sebagai orang sendiri" in twice


def test_an_item_that_few_answered_is_told_to_be_indicative_beside_it() -> None:
    rows = [f"p{number},{number % 2},{number % 3 // 2},{number % 2 if number < 7 else ''}" for number in range(40)]
    said = run("p,a,b,c\n" + "\n".join(rows) + "\n", "--model", "rasch").stdout.splitlines()
    assert ["masih indikatif" in line for line in said[1:4]] == [False, False, True]
    assert "indikatif" not in said[-1]


def test_the_model_must_be_named_and_a_faulty_file_is_told_line_by_line() -> None:
    assert run(SMALL).exit_code == 2
    refused = run("orang,Q1\nSiti,x\n,2\n", "--model", "rasch", "--json")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert [line.partition(":")[0] for line in refused.stderr.splitlines()] == ["Baris 2", "Baris 3", "Baris 3"]


@pytest.mark.parametrize(
    "text",
    [
        "p,a,b\nSiti,1,0.5\nNoor,,0\n",
        "\ufeffp;a;b\r\nSiti;1;0,5\r\nNoor;;0\r\n\r\n",
        "p\ta\tb\nSiti\t1\t0.5\nNoor\tNA\t0",
        'p,a,b,\n"Siti", 1,.5,\nNoor,,0,\n',
        "\ta\tb\nSiti\t1\t0.5\nNoor\t\t0\n",
        '"who, and where, and when";a;b\nSiti;1;0,5\nNoor;;0\n',
    ],
)
def test_any_spreadsheets_csv_is_read(text: str) -> None:
    sheet = read_answers(text.encode())
    assert (sheet.people, sheet.items) == (["Siti", "Noor"], ["a", "b"])
    assert np.array_equal(sheet.answers, [[1, 0.5], [NAN, 0]], equal_nan=True)


def test_empty_cells_at_the_end_of_a_row_may_be_missing() -> None:
    assert np.array_equal(read_answers(b"p,a,b\nSiti,1\n").answers, [[1, NAN]], equal_nan=True)


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("", 1, "kosong"),
        ("p\n", 1, "kolom butir"),
        ("p,a,,b\n", 1, "ke-3"),
        ("p,a,a\n", 1, "lebih dari sekali"),
        ("p," + ",".join(map(str, range(2001))) + "\n", 1, "tukar keduanya"),
        ("p,a\n", 2, "belum ada baris"),
        ("p,a\n,1\n", 2, "orang"),
        ("p,a\nSiti,1,1\n", 2, "sel"),
        ("p,a\nSiti,1\nNoor,2\n", 3, "Tulis 1"),
        ("p,a\nSiti,-1\n", 2, "Tulis 1"),
        ("p,a\nSiti,benar\n", 2, "benar"),
        ("p,a\nSiti,nan\n", 2, "nan"),
    ],
)
def test_a_fault_is_told_with_its_line(text: str, line: int, word: str) -> None:
    with pytest.raises(FaultyTable) as refused:
        read_answers(text.encode())
    fault = refused.value.faults[0]
    assert fault.line == line and word in fault.message.text()
