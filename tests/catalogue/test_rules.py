"""What a look at a folder leads to, as a table."""

from __future__ import annotations

import pytest

from app.catalogue.rules import PATH_LIMIT, SHARED, Decision, HeadFact, decide, folder_key, name_faults

HEAD = HeadFact("ddc", 7, "aaa", shared_id=3)


@pytest.mark.parametrize(
    ("sha256", "head", "shared_id", "known_faults", "expected"),
    [
        ("aaa", None, 3, False, "compile"),
        ("aaa", HEAD, 3, False, "nothing"),
        ("aaa", HEAD, 3, True, "nothing"),  # put back as it was: what is served needs no second look
        ("bbb", HEAD, 3, False, "compile"),
        ("aaa", HEAD, 4, False, "compile"),  # the framework or the glossary changed under it
        ("bbb", HEAD, 3, True, "known_faults"),
        ("bbb", None, None, True, "known_faults"),
    ],
)
def test_a_folder_is_compiled_only_where_that_can_change_something(
    sha256: str, head: HeadFact | None, shared_id: int | None, known_faults: bool, expected: Decision
) -> None:
    assert decide(sha256, head, shared_id, known_faults=known_faults) == expected


def test_the_key_of_a_folder_changes_with_either_side_and_fits_its_column() -> None:
    keys = {folder_key("a" * 64, "b" * 64), folder_key("b" * 64, "a" * 64), folder_key("a" * 64, "c" * 64)}
    assert len(keys) == 3
    assert all(len(key) <= 64 for key in keys)


def test_names_that_no_column_can_hold_are_faults() -> None:
    assert name_faults("ddc", ["course.yaml", "p" * PATH_LIMIT]) == ()
    (fault,) = name_faults("ddc", ["course.yaml", "p" * (PATH_LIMIT + 1)])
    assert str(fault).startswith("courses/ddc/ppp")
    assert [str(each).partition(":")[0] for each in name_faults("d" * 81, [])] == ["courses/" + "d" * 81]
    assert name_faults(SHARED, ["q" * 400])[0].path.startswith("courses/qqq")
