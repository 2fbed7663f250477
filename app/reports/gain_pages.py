"""The page and the file of what a group gained, of the same figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from app.catalogue.queries import get_published, published
from app.competencies.queries.groups import Grouping
from app.competencies.queries.learners import PAGE, LearnerFilter
from app.figures.operations import Make
from app.figures.queries import kept_figure
from app.people.permissions import Scope
from app.reports.competency_pages import GROUPINGS, Desk, Paging
from app.reports.competency_sheet import Sheet
from app.reports.gain_sheet import gain_lines, item_lines, person_head, person_line
from app.reports.queries.gain import asked_twice, took_both
from app.reports.rules.gain import AskedTwice, NamedGain, TookBoth, gains_of, item_gains
from app.reports.rules.kept_gain import gains_to_keep, items_to_keep, kept_gains, kept_items
from app.reports.rules.pairs import Pair, pair_called, pairs_of
from app.texts.markdown import plain
from app.web.languages import gettext, language
from app.web.sheets import Row

if TYPE_CHECKING:
    from app.psychometrics.gain import ItemGain


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of a group at a pair of tests. `gains`: of everybody first, then of its parts; () of nobody.

    `both`: its people; where it was kept, their `ids` stand in its place, and `as_of` when it was.
    """

    both: tuple[TookBoth, ...] = ()
    gains: tuple[NamedGain, ...] = ()
    items: tuple[tuple[AskedTwice, ItemGain], ...] = ()
    ids: tuple[int, ...] = ()
    as_of: datetime | None = None

    @property
    def people(self) -> int:
        """How many took both."""
        return self.gains[0].gain.people if self.gains else 0


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
    wanted, parts = desk.asked.wanted.of_groups, desk.asked.grouping
    told = kept_told(pair, wanted, scope, desk.now, parts) or told_of(pair, wanted, scope, parts) if pair else NOTHING
    desk, paging = replace(desk, now=told.as_of or desk.now), Paging.of(told.people, desk.asked.page)
    here = slice((paging.page - 1) * PAGE, paging.page * PAGE)
    return desk.page(
        "reports/gain.html",
        desk.group_words,
        pair=pair,
        titles={each.key: pair_title(each) for each in pairs if each.whole},
        halves=[each for each in pairs if not each.whole],
        found=told,
        texts=_texts(pair, told),
        both=took_both(pair, wanted, scope, told.ids[here]) if pair and told.ids else told.both[here],
        paging=paging,
        parts=PARTS,
    )


def gain_sheet(desk: Desk, key: str, scope: Scope) -> Sheet:
    """The same figures above a table of all its people, with the questions below."""
    pair = pair_called(all_pairs(), key)
    told = told_of(pair, desk.asked.wanted.of_groups, scope, desk.asked.grouping) if pair else NOTHING
    rows = [*map(person_line, told.both), *item_lines(told.items, _texts(pair, told))]
    sheet = Sheet.of(gettext("Peningkatan"), desk.group_words, (person_head(), rows), desk.now)
    named: list[Row] = [[gettext("Kursus"), pair_title(pair)]] if pair else []
    return replace(sheet, above=[*sheet.above[:-1], *named, *gain_lines(told.gains), [], sheet.above[-1]])


def told_of(pair: Pair, wanted: LearnerFilter, scope: Scope, parts: Grouping) -> Told:
    """Read and fold what there is of a group at this pair, in the parts that are asked for."""
    both = took_both(pair, wanted, scope)
    return Told(both, _gains(both, parts), item_gains(asked_twice(pair, wanted, scope))) if both else NOTHING


def kept_told(
    pair: Pair, wanted: LearnerFilter, scope: Scope, now: datetime, parts: Grouping = Grouping.KINDS
) -> Told | None:
    """The same of everybody, as it is kept; None where less is asked for, or nothing is kept."""
    if not scope.everything or wanted != LearnerFilter() or not (kept := kept_figure(_name(pair), now)):
        return None
    gains, items = kept_gains(kept.value[_part(parts)]), kept_items(kept.value["items"])
    return Told(gains=gains, items=items, ids=tuple(kept.value["ids"]), as_of=kept.made_at)


def _part(parts: Grouping) -> Grouping:
    """The parts that a group is shown in: by sub-district, else by kind."""
    return parts if parts in PARTS else Grouping.KINDS


def _gains(both: Sequence[TookBoth], parts: Grouping) -> tuple[NamedGain, ...]:
    return gains_of(both, by_district=_part(parts) is Grouping.DISTRICTS)


def gains_to_be_kept() -> Mapping[str, Make]:
    """What is kept of every pair of tests, by name."""
    return {_name(pair): partial(_to_keep, pair) for pair in all_pairs() if pair.whole}


def _to_keep(pair: Pair, now: datetime) -> Any:
    told = told_of(pair, LearnerFilter(), Scope(0, everything=True), Grouping.KINDS)
    gains = {Grouping.KINDS: told.gains, Grouping.DISTRICTS: _gains(told.both, Grouping.DISTRICTS)}
    ids = [each.person_id for each in told.both]
    return {"items": items_to_keep(told.items), "ids": ids} | {str(each): gains_to_keep(gains[each]) for each in gains}


def _name(pair: Pair) -> str:
    return f"gain/{pair.key}"


def _texts(pair: Pair | None, told: Told) -> Mapping[str, str]:
    """What the questions ask, by address; a question that is not served any more is told by its address."""
    served = get_published(pair.slug).course.questions if pair and told.items else {}
    return {
        each.question: plain(served[each.question].text.in_(language())) if each.question in served else each.question
        for each, _ in told.items
    }
