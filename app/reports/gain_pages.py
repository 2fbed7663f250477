"""The page and the file of what a group gained, of the same figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from app.catalogue.queries import get_published, published
from app.competencies.queries.groups import Grouping
from app.competencies.queries.learners import PAGE
from app.people.permissions import Scope
from app.reports.competency_pages import GROUPINGS, Desk, Paging
from app.reports.competency_sheet import Sheet
from app.reports.gain_sheet import gain_lines, item_lines, person_head, person_line
from app.reports.queries.gain import asked_twice, took_both
from app.reports.rules.gain import AskedTwice, NamedGain, TookBoth, gains_of, item_gains
from app.reports.rules.pairs import Pair, pair_called, pairs_of
from app.texts.markdown import plain
from app.web.languages import gettext, language
from app.web.sheets import Row

if TYPE_CHECKING:
    from app.psychometrics.gain import ItemGain


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of a group at a pair of tests. `gains`: of everybody first, then of its parts; () of nobody."""

    both: tuple[TookBoth, ...] = ()
    gains: tuple[NamedGain, ...] = ()
    items: tuple[tuple[AskedTwice, ItemGain], ...] = ()


NOTHING: Final = Told()
PARTS: Final = {each: GROUPINGS[each] for each in (Grouping.KINDS, Grouping.DISTRICTS)}


def all_pairs() -> tuple[Pair, ...]:
    """Every pair of the courses that are served."""
    return pairs_of(each.course for each in published().values())


def pair_title(pair: Pair) -> str:
    """The course's title, with the pair's name where it has one."""
    title = pair.course.in_(language())
    return title if pair.name is None else f"{title} ({pair.name})"


def gain_page(desk: Desk, key: str, scope: Scope) -> str:
    """The page of the pair of this key; without any pair it says how one is made."""
    pairs = all_pairs()
    pair = pair_called(pairs, key)
    told = told_of(pair, desk, scope) if pair else NOTHING
    paging = Paging.of(len(told.both), desk.asked.page)
    return desk.page(
        "reports/gain.html",
        desk.group_words,
        pair=pair,
        titles={each.key: pair_title(each) for each in pairs if each.whole},
        halves=[each for each in pairs if not each.whole],
        found=told,
        texts=_texts(pair, told),
        both=told.both[(paging.page - 1) * PAGE : paging.page * PAGE],
        paging=paging,
        parts=PARTS,
    )


def gain_sheet(desk: Desk, key: str, scope: Scope) -> Sheet:
    """The same figures above a table of all its people, with the questions below."""
    pair = pair_called(all_pairs(), key)
    told = told_of(pair, desk, scope) if pair else NOTHING
    rows = [*map(person_line, told.both), *item_lines(told.items, _texts(pair, told))]
    sheet = Sheet.of(gettext("Peningkatan"), desk.group_words, (person_head(), rows), desk.now)
    named: list[Row] = [[gettext("Kursus"), pair_title(pair)]] if pair else []
    return replace(sheet, above=[*sheet.above[:-1], *named, *gain_lines(told.gains), [], sheet.above[-1]])


def told_of(pair: Pair, desk: Desk, scope: Scope) -> Told:
    """Read and fold what there is at this pair of the group that is asked for, in the parts that are asked for."""
    wanted = desk.asked.wanted.of_groups
    both = took_both(pair, wanted, scope)
    if not both:
        return NOTHING
    gains = gains_of(both, by_district=desk.asked.grouping is Grouping.DISTRICTS)
    return Told(both, gains, item_gains(asked_twice(pair, wanted, scope)))


def _texts(pair: Pair | None, told: Told) -> Mapping[str, str]:
    """What the questions ask, by address; a question that is not served any more is told by its address."""
    served = get_published(pair.slug).course.questions if pair and told.items else {}
    return {
        each.question: plain(served[each.question].text.in_(language())) if each.question in served else each.question
        for each, _ in told.items
    }
