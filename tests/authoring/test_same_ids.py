"""Questions of one list that share an id, and which of them keeps it."""

from __future__ import annotations

import pytest

from app.authoring.rules.same_ids import own_ids, sharing
from app.content.editing import Put, Value

ONE: Value = {"id": "rak", "type": "essay", "text": "Ceritakan rak Anda"}
TWO: Value = {"id": "rak", "type": "essay", "text": "Ceritakan rak anak"}
BARE: Value = {"id": "rak", "type": "essay"}
OTHER: Value = {"id": "ceritakan-rak-anak", "type": "essay", "text": "Lain"}
DRAW: Value = {"id": "rak", "draw": "2", "from": "ddc"}

CASES: list[tuple[str, list[Value], list[Value], dict[int, str]]] = [
    ("ids of their own need nothing", [ONE, OTHER], [], {}),
    ("what is no question counts for nothing", [ONE, DRAW, "teks"], [], {}),
    ("never published: the first keeps it", [ONE, TWO], [], {1: "ceritakan-rak-anak"}),
    ("what learners have keeps it", [ONE, TWO], [TWO], {0: "ceritakan-rak-anda"}),
    ("published in other words: the first keeps it", [ONE, TWO], [OTHER], {1: "ceritakan-rak-anak"}),
    ("no new id is one that is there", [ONE, TWO, OTHER], [], {1: "ceritakan-rak-anak-2"}),
    ("nor the same twice", [ONE, BARE, BARE], [], {1: "essay", 2: "essay-2"}),
    ("word for word the same: the first", [ONE, ONE], [ONE], {1: "ceritakan-rak-anda"}),
]


@pytest.mark.parametrize(("why", "items", "published", "renamed"), CASES)
def test_which_questions_get_an_id_of_their_own(
    why: str, items: list[Value], published: list[Value], renamed: dict[int, str]
) -> None:
    edits = own_ids(("questions",), items, published)
    assert edits == tuple(Put(("questions", at, "id"), name) for at, name in renamed.items()), why
    assert bool(edits) == bool(sharing(items))
