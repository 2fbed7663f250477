"""An answer to one version of a question as an answer to another: by id, else by text, never by guessing."""

from __future__ import annotations

from typing import Any

import pytest

from app.errors import Message
from app.questions.base import Question
from app.questions.carrying import (
    CHOICE_GONE,
    FIGURE_DIFFERS,
    GAPS_DIFFER,
    KEY_NOT_OFFERED,
    PARTS_DIFFER,
    NotCarried,
)
from app.questions.registry import KINDS


def make(kind: str, **keys: Any) -> Question:
    return KINDS[kind].model_validate({"type": kind, "id": "soal", "text": "Apa?", **keys})


def options(*written: str) -> list[dict[str, Any]]:
    """`id:text` or `text`; an exclamation mark makes it right."""
    made = []
    for each in written:
        name, _, text = each.rstrip("!").rpartition(":")
        made.append({"text": text, "correct": each.endswith("!"), **({"id": name} if name else {})})
    return made


def carried(earlier: Question, now: Question, said: Any) -> Any:
    """What a person said of the earlier version, as the later one tells it; or why it cannot be told."""
    response = earlier.response_from_json(said)
    try:
        return now.response_summary(now.carried(response, earlier), "id")
    except NotCarried as reason:
        return reason.message


SINGLES: list[tuple[list[str], list[str], str, str | Message]] = [
    (["a!", "b", "c"], ["c!", "a", "b"], "c", "c"),
    (["x:a!", "y:b"], ["y:B baru!", "x:a"], "b", "B baru"),
    (["a!", "b"], ["b!", "a", "baru"], "b", "b"),
    (["*a*!", "b"], ["**a**", "b!"], "b", "b"),
    (["a!", "b", "c"], ["a", "c!"], "b", CHOICE_GONE),
    (["a!", "b"], ["a", "b", "baru!"], "a", KEY_NOT_OFFERED),
    (["sama!", "sama", "b"], ["sama", "sama", "b!"], "sama", CHOICE_GONE),
    (["x:a!", "y:b"], ["x:lain", "a!", "b"], "a", KEY_NOT_OFFERED),
]


@pytest.mark.parametrize(("earlier", "now", "said", "told"), SINGLES)
def test_a_single_choice_is_found_by_id_else_by_its_text(
    earlier: list[str], now: list[str], said: str, told: str | Message
) -> None:
    assert carried(make("single", options=options(*earlier)), make("single", options=options(*now)), said) == told


def test_ticks_are_carried_only_where_all_options_are_the_same() -> None:
    earlier = make("multiple", options=options("a!", "b", "c!"))
    assert carried(earlier, make("multiple", options=options("c!", "b!", "a")), ["a", "c"]) == "c; a"
    for other in (["a!", "b"], ["a!", "b", "c!", "d"], ["a!", "b", "lain"]):
        assert carried(earlier, make("multiple", options=options(*other)), ["a"]) == PARTS_DIFFER


def test_what_was_typed_or_judged_stays_as_it_is() -> None:
    short = [make("short-text", answers=[{"text": each}]) for each in ("satu", "dua")]
    assert carried(*short, "dua") == "dua"
    number = [make("number", answers=[{"value": each}]) for each in (1, 2)]
    assert carried(*number, "2") == "2"
    truth = [make("true-false", answer=each) for each in (True, False)]
    assert carried(*truth, False) == "Salah"


def pairs(**partners: str) -> Question:
    return make("matching", pairs=[{"text": text, "match": match} for text, match in partners.items()])


def test_matched_items_are_found_by_their_text_and_so_are_their_partners() -> None:
    earlier = pairs(a="satu", b="dua", c="tiga")
    assert carried(earlier, pairs(c="satu", a="tiga", b="dua"), {"a": "satu", "c": "dua"}) == "c → dua; a → satu"
    assert carried(earlier, pairs(a="satu", b="dua", d="tiga"), {"a": "satu"}) == PARTS_DIFFER
    assert carried(earlier, pairs(a="satu", b="dua", c="empat"), {"a": "satu"}) == KEY_NOT_OFFERED
    assert carried(earlier, pairs(a="satu", b="dua", c="dua"), {"a": "tiga"}) == CHOICE_GONE


def test_groups_are_found_by_their_id() -> None:
    def grouped(text: str, *members: str) -> Question:
        items = [{"text": each, "group": "x" if each in members else "y"} for each in "abc"]
        return make("categorise", groups=[{"id": "y", "text": "Y"}, {"id": "x", "text": text}], items=items)

    assert carried(grouped("X", "a"), grouped("X baru", "b"), {"a": "X", "b": "Y"}) == "a → X baru; b → Y"


def test_the_order_given_is_carried_item_by_item() -> None:
    earlier = make("ordering", items=["a", "b", "c"])
    assert carried(earlier, make("ordering", items=["c", "a", "b"]), ["b", "a", "c"]) == "1. b; 2. a; 3. c"
    assert carried(earlier, make("ordering", items=["a", "b", "d"]), ["b", "a", "c"]) == PARTS_DIFFER


def gaps(text: str, *words: str) -> Question:
    return make("gap-select", text=text, choices=[{"text": each} for each in words])


def test_words_in_gaps_are_carried_where_the_gaps_are_the_same() -> None:
    earlier = gaps("Buku [[1]] di [[2]].", "ada", "rak", "meja")
    assert carried(earlier, gaps("Buku [[1]] di [[3]].", "ada", "rak", "meja"), ["ada", "meja"]) == "1. ada; 2. meja"
    assert carried(earlier, gaps("Buku itu [[1]] di [[2]].", "ada", "rak", "meja"), ["ada", ""]) == "1. ada; 2. –"
    assert carried(earlier, gaps("Di [[2]] buku [[1]].", "ada", "rak", "meja"), ["ada", "rak"]) == GAPS_DIFFER
    assert carried(earlier, gaps("Buku [[1]] di [[2]].", "ada", "lemari", "meja"), ["ada", ""]) == KEY_NOT_OFFERED


def test_gaps_to_fill_are_carried_where_they_stand_in_the_passage() -> None:
    def cloze(text: str, *kinds: str) -> Question:
        made = {
            "text": {"type": "text", "answers": [{"text": "satu"}]},
            "choice": {"type": "choice", "options": options("a!", "b")},
            "changed": {"type": "choice", "options": options("b!", "a")},
        }
        return make("cloze", text=text, gaps=[made[each] for each in kinds])

    earlier = cloze("[[1]] lalu [[2]]", "text", "choice")
    assert carried(earlier, cloze("[[1]] lalu [[2]]", "text", "changed"), ["satu", "b"]) == "1. satu; 2. b"
    assert carried(earlier, cloze("[[2]] lalu [[1]]", "changed", "text"), ["satu", "b"]) == "1. b; 2. satu"
    assert carried(earlier, cloze("[[1]] lalu [[2]]", "choice", "text"), ["satu", "b"]) == GAPS_DIFFER
    assert carried(earlier, cloze("[[1]] [[2]] [[3]]", "text", "choice", "text"), ["satu", "b"]) == GAPS_DIFFER


def areas(*right: str, image: str = "media/peta.svg", **keys: Any) -> Question:
    found = [
        {"shape": "circle", "label": each, "x": 10 * place, "y": 10, "radius": 5, "correct": each in right}
        for place, each in enumerate("abc", start=1)
    ]
    return make("hotspot", image=image, alt="Peta", areas=found, **keys)


def test_areas_are_found_by_their_label_and_a_point_only_on_the_same_figure() -> None:
    assert carried(areas("a"), areas("b", image="media/lain.svg"), "b") == "b"
    assert carried(areas("a", mode="point"), areas("b", mode="point"), [20, 10]) == "A2 (20% × 10%)"
    assert (
        carried(areas("a", mode="point"), areas("a", mode="point", image="media/lain.svg"), [20, 10]) == FIGURE_DIFFERS
    )
    assert carried(areas("a"), areas("a", mode="point"), "a") == PARTS_DIFFER
