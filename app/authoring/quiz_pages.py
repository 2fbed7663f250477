"""The pages of a quiz's (or survey's) list, and the words on its cards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import request

from app.authoring.desk import pad_or
from app.authoring.holding import Told, banks_by_name, first_values, get_holder, holders_of, told_at, told_of
from app.authoring.rules.bank_changes import short
from app.authoring.rules.holders import Holder, HolderKind, QuestionFact, pools_of
from app.authoring.rules.plain_words import says_empty
from app.authoring.rules.question_forms.common import LEVELS
from app.authoring.rules.question_forms.kinds import FORMS
from app.authoring.rules.quiz_fields import PRESET_WORDS
from app.authoring.rules.quiz_settings import local_part, preset_of
from app.authoring.rules.slot_changes import draw_refused, drawn, one
from app.authoring.rules.slots import Card, Fit, cards_of, draw_fits
from app.authoring.same_ids import same_ids
from app.catalogue.queries import Workspace, shared_now
from app.content.banks import Pool
from app.errors import N_, Message
from app.texts.markdown import plain
from app.web.frame import show_page
from app.web.languages import language, ngettext, tell

Typed = Mapping[str, Sequence[str]]
FIRST_WORDS = 110  # characters of a question on its card


def list_page(workspace: Workspace, holder_id: str, kind: HolderKind, typed: Typed, why: Message | None = None) -> str:
    """A quiz's list. `typed` is what a refused form held, `why` says why it was refused."""
    holders = holders_of(workspace)
    holder = get_holder(holders, holder_id, kind)
    banks = banks_by_name(holders)
    pools = pools_of(holders.values())
    told = told_of(workspace)
    own = told_at(told, holder, None)
    return show_page(
        "authoring/quiz.html",
        workspace=workspace,
        holder=holder,
        title=local_part(holder.value.get("title"), language()) or holder.title,
        texts=_texts(holder, typed),
        pad_used=request.args.get("pad") == "use",
        preset=PRESET_WORDS[preset_of(holder.value)][0],
        cards=[_shown(card, holder, told) for card in cards_of(holder.items, banks, pools)],
        banks=sorted(banks.values(), key=lambda bank: bank.title.casefold()),
        tags=_tags(pools),
        own_faults=[each for each in own if holder.items or not says_empty(each.message)],  # the page says that itself
        levels=LEVELS,
        again=(one(typed, "do"), one(typed, "at")),
        form=_form(typed),
        refused=tell(why) if why else "",
        undo=_undo(workspace),
        same_ids=same_ids(holder.items),
    )


def _form(typed: Typed) -> dict[str, Any]:
    """A draw's or heading's form as it was refused; empty where none was."""
    names = ("from", "draw", "difficulty", "points", "section", "section_en", "text", "text_en")
    return {"tags": list(typed.get("tags", ())), **{name: one(typed, name) for name in names}}


def _tags(pools: Mapping[str, Pool]) -> list[tuple[str, list[str]]]:
    """Every tag, with the names of the banks that have it."""
    tags = sorted({tag for pool in pools.values() for tag in pool.tags})
    return [(tag, sorted(name for name, pool in pools.items() if tag in pool.tags)) for tag in tags]


def _texts(holder: Holder, typed: Typed) -> dict[str, str]:
    """Title and intro: as they stand, as they were left unsaved, or as a refused form has them."""
    if one(typed, "do") == "texts":
        return {name: one(typed, name) for name in ("title", "title_en", "intro", "intro_en")}
    title, intro = holder.value.get("title"), holder.value.get("intro")
    saved = {
        "title": local_part(title, "id"),
        "title_en": local_part(title, "en"),
        "intro": local_part(intro, "id"),
        "intro_en": local_part(intro, "en"),
    }
    return {**saved, **first_values(pad_or(request, f"lists/{holder.id}/texts", saved))}


def _undo(workspace: Workspace) -> dict[str, int] | None:
    """What was just taken away, as the address says it: its place, and the revision that still has it."""
    at, before = (request.args.get(name, type=int) for name in ("removed", "before"))
    if at is None or before is None or before == workspace.revision_id:
        return None
    return {"at": at, "before": before}


def _shown(card: Card, holder: Holder, told: Told) -> dict[str, Any]:
    """A card with its words."""
    faults = told_at(told, holder, card.at)
    if card.kind == "use" and card.bank is not None and card.fact is not None:
        at = next(at for at, fact in card.bank.questions if fact.id == card.fact.id)
        faults = (*faults, *told_at(told, card.bank, at))
    return {
        "card": card,
        "numbers": _numbers(card),
        "words": _words(card),
        "meta": _meta(card),
        "faults": [each for each in faults if not each.warning],
        "advice": [each for each in faults if each.warning],
        "fit": fit_words(card.fit) if card.fit else "",
    }


def _numbers(card: Card) -> str:
    if not card.first:
        return ""
    return str(card.first) if card.first == card.last else f"{card.first}–{card.last}"


def _words(card: Card) -> str:
    if card.kind == "section":
        return card.named
    if card.draw is not None:
        return tell(_draw_words(card))
    if card.kind == "unknown":
        return tell(N_("Bagian ini tidak dapat dibaca. Betulkan di tampilan lanjutan."))
    if card.fact is None:
        return tell(N_('Soal "%(name)s" tidak ada di bank.', name=card.named))
    return question_words(card.fact)


def _draw_words(card: Card) -> Message:
    count, bank = (card.draw.count, card.draw.bank) if card.draw else (0, "")
    if card.bank is None or card.fit is None:
        return N_('Ambil acak %(count)s soal dari bank "%(bank)s", yang tidak ada', count=count, bank=bank)
    total, title = card.fit.matching, card.bank.title
    return N_('Ambil acak %(count)s dari %(total)s soal bank "%(bank)s"', count=count, total=total, bank=title)


def question_words(fact: QuestionFact) -> str:
    """The first words of a question."""
    return short(plain(fact.text), FIRST_WORDS) or tell(N_("Soal ini belum punya pertanyaan."))


def _meta(card: Card) -> list[str]:
    if card.draw is not None:
        return [*card.draw.tags, *level_words(card.draw.difficulty)]
    if card.fact is None:
        return []
    bank = [tell(N_('dari bank "%(bank)s"', bank=card.bank.title))] if card.bank else []
    fact = card.fact
    return [kind_words(fact.kind), *bank, *competency_words(fact.competency), *level_words(fact.difficulty)]


def kind_words(kind: str) -> str:
    """What a kind of question is called; as written where there is none such."""
    return tell(FORMS[kind].name) if kind in FORMS else kind or tell(N_("Jenis soal belum dipilih"))


def level_words(difficulty: str) -> list[str]:
    """How hard a question is said to be; nothing where that is no known word."""
    return [tell(LEVELS[difficulty])] if difficulty in LEVELS else []


def competency_words(competency: str) -> list[str]:
    """A competency by its title; as written where the framework does not know it; nothing where there is none."""
    known = shared_now().framework.competencies.get(competency)
    return [known.title.in_(language())] if known else [competency] if competency else []


def fit_words(fit: Fit) -> str:
    """What a draw's bank holds, and how much of it fits."""
    total = ngettext(
        "Bank ini berisi %(count)s soal, %(matching)s cocok.",
        "Bank ini berisi %(count)s soal, %(matching)s cocok.",
        fit.total,
    )
    return total % {"count": fit.total, "matching": fit.matching}


def fit_of_form(workspace: Workspace, holder_id: str, fields: Typed) -> str:
    """What a draw's form, as it stands, would find, in words: while it is being filled in."""
    holders = holders_of(workspace)
    holder = get_holder(holders, holder_id, "quiz")
    typed = one(fields, "at")
    at = int(typed) if typed.isdecimal() and len(typed) < 6 else len(holder.items)
    draw = drawn({}, {**fields, "points": [""]})
    items = [*holder.items[:at], draw, *holder.items[at + 1 :]]
    fit = dict(draw_fits(items, pools_of(holders.values()))).get(min(at, len(holder.items)))
    if fit is None:
        return tell(N_("Pilih bank soalnya."))
    refusal = draw_refused(one(fields, "draw"), fit)
    return " ".join([fit_words(fit), *([tell(refusal)] if refusal else [])])
