"""The pages of banks: which there are, their questions searched and filtered, and the same ones told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from app.authoring.bank_figures import bank_figures, figure_words
from app.authoring.holding import Told, holders_of, told_at, told_of
from app.authoring.quiz_pages import competency_words, kind_words, level_words, question_words
from app.authoring.rules.bank import (
    IN_BANKS,
    IN_QUIZZES,
    Filter,
    Row,
    choices_of,
    draws_from,
    found_in,
    page_of,
    rows_of,
    takers_of,
    twins,
    with_figures,
)
from app.authoring.rules.holders import Holder
from app.authoring.rules.question_forms.common import LEVELS
from app.authoring.same_ids import same_ids
from app.catalogue.queries import Workspace
from app.content.shared import FRAMEWORK_FILE, GLOSSARY_FILE
from app.errors import Message, NotFound
from app.marking.rules.item_words import QUALITY_WORDS
from app.web.frame import show_page
from app.web.languages import tell

Fields = Mapping[str, str]
FILTERS = ("words", "where", "kind", "competency", "tag", "difficulty", "use", "quality")


def banks_page(workspace: Workspace, fields: Fields, why: Message | None = None, title: str = "") -> str:
    """All banks, and the questions that a filter finds. `why` says why a change was refused, `title` of a bank too."""
    holders = holders_of(workspace)
    return _page(workspace, holders, fields, why, title=title, banks=_banks(holders))


def bank_page(workspace: Workspace, name: str, fields: Fields, why: Message | None = None, title: str = "") -> str:
    """One bank and its questions; `title` is what it was to be called otherwise. Raises NotFound."""
    holders = holders_of(workspace)
    bank = holders.get(f"bank/{name}")
    if bank is None:
        raise NotFound
    return _page(
        workspace, holders, {**fields, "where": bank.id}, why, bank=bank, title=title, same_ids=same_ids(bank.items)
    )


def _page(
    workspace: Workspace, holders: Mapping[str, Holder], fields: Fields, why: Message | None, **values: Any
) -> str:
    every = tuple(holders.values())
    everywhere = rows_of(every)
    listed = [row for row in everywhere if not row.holder.course]
    figures = bank_figures(workspace.slug, [row.address(workspace.slug) for row in listed])
    rows = with_figures(listed, workspace.slug, figures)
    quizzes = [each for each in every if each.kind == "quiz" and not each.course]
    wanted = Filter(**{name: fields.get(name, "") for name in FILTERS})
    found = found_in(rows, wanted)
    typed = fields.get("page", "")
    shown, page, pages = page_of(found, int(typed) if typed.isdecimal() and len(typed) < 6 else 1)
    told = told_of(workspace)
    return show_page(
        "authoring/banks.html",
        workspace=workspace,
        wanted=wanted,
        choices=_choices(rows),
        rows=[_shown(row, told, workspace.slug) for row in shown],
        count=len(found),
        page=page,
        pages=pages,
        query=_query(fields),
        quizzes=quizzes,
        takers=quizzes or takers_of(rows),
        into=_into(holders, fields.get("for", "")),
        twins=_twins(everywhere, told, workspace.slug),
        picked=frozenset(fields.get("picked", "").split("\n")),
        refused=tell(why) if why else "",
        lists=[each for each in (FRAMEWORK_FILE, GLOSSARY_FILE) if each in workspace.files],
        **_places(every),
        **values,
    )


def _twins(rows: Sequence[Row], told: Told, slug: str) -> list[list[dict[str, Any]]]:
    """Groups of the same question, of which one at least can be changed here."""
    groups = (group for group in twins(rows) if any(not row.holder.course for row in group))
    return [[_shown(row, told, slug) for row in group] for group in groups]


def _places(every: Sequence[Holder]) -> dict[str, Any]:
    """Where questions can be looked for, and put."""
    return {
        "own_banks": [each for each in every if each.kind == "bank" and not each.shared],
        "shared_banks": [each for each in every if each.kind == "bank" and each.shared and not each.course],
        "in_banks": IN_BANKS,
        "in_quizzes": IN_QUIZZES,
    }


def _banks(holders: Mapping[str, Holder]) -> list[dict[str, Any]]:
    every = tuple(holders.values())
    return [
        {"bank": each, "count": len(each.questions), "draws": [quiz.title for quiz in draws_from(every, each)]}
        for each in every
        if each.kind == "bank" and not each.course
    ]


def _into(holders: Mapping[str, Holder], quiz_id: str) -> Holder | None:
    """The quiz for which questions are looked for, where there is one."""
    found = holders.get(quiz_id)
    return found if found is not None and found.kind == "quiz" and not found.course else None


def _shown(row: Row, told: Told, slug: str) -> dict[str, Any]:
    faults = told_at(told, row.holder, row.at)
    return {
        "row": row,
        "words": question_words(row.fact),
        "kind": kind_words(row.fact.kind),
        "competency": "".join(competency_words(row.fact.competency)),
        "level": "".join(level_words(row.fact.difficulty)),
        "faults": sum(not each.warning for each in faults),
        "advice": sum(each.warning for each in faults),
        "figure": figure_words(row.figure, slug),
        "address": row.address(slug),
    }


def _choices(rows: Sequence[Row]) -> dict[str, list[tuple[str, str]]]:
    """What the filters offer, each value with its words."""
    found = choices_of(rows)
    return {
        "kinds": [(each, kind_words(each)) for each in found.kinds],
        "competencies": [(each, "".join(competency_words(each))) for each in found.competencies],
        "tags": [(each, each) for each in found.tags],
        "difficulties": [(each, tell(LEVELS[each])) for each in found.difficulties],
        "qualities": [(each.value, tell(words)) for each, words in QUALITY_WORDS.items()] if found.measured else [],
    }


def _query(fields: Fields) -> str:
    """The filter as an address says it, without the page: for the links to other pages."""
    return urlencode({name: each for name in (*FILTERS, "for") if (each := fields.get(name))})
