"""How a page is made: its frame, and skeletons, which are pages rendered once and then only filled.

What a page says of its content is the same for everybody with one language and role; what is a person's own is little.
`fill_page` renders the template once per key with blanks for the personal values, and afterwards only fills the blanks,
escaping each value. `show_page` renders the same template the plain way; a test compares both.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from secrets import token_hex
from typing import Any, Final, NamedTuple, cast

from flask import current_app, session
from markupsafe import escape

from app.errors import N_, Message
from app.people.permissions import Action, Role, allows
from app.settings import Settings
from app.web.guard import session_id, visitor
from app.web.kept import kept
from app.web.languages import language
from app.web.templating import render
from app.web.tokens import form_token

SKELETONS: Final = 3000  # kept per process; the least used goes first
_NONCE: Final = token_hex(8)
_BLANK: Final = re.compile(f"\ue000{_NONCE}:([a-z_]+)\ue001")


class Link(NamedTuple):
    """An entry of the menu: endpoint and words."""

    endpoint: str
    message: Message


MENU: Final[tuple[tuple[Action, Link], ...]] = (
    (Action.LEARN, Link("learn.shelf", N_("Rak saya"))),
    (Action.LEARN, Link("learn.my_competencies", N_("Kompetensi saya"))),
    (Action.SEE_COURSES, Link("teaching.courses", N_("Kursus"))),
    (Action.AUTHOR, Link("authoring.courses", N_("Susun kursus"))),
    (Action.MARK, Link("teaching.marking", N_("Penilaian"))),
    (Action.SEE_SURVEYS, Link("reports.surveys", N_("Survei"))),
    (Action.SEE_COMPETENCIES, Link("reports.competencies", N_("Kompetensi peserta"))),
    (Action.MANAGE_PEOPLE, Link("reports.people", N_("Peserta"))),
)


@dataclass(frozen=True, slots=True)
class Frame:
    """What the base template needs. `person_id`, `person_name` and `form_token` are blanks in a skeleton."""

    language: str
    roles: frozenset[Role]
    menu: tuple[Link, ...]
    demo: bool
    office: str
    signed_in: bool
    person_id: object
    person_name: object
    form_token: object


class Blank:
    """A place in a skeleton. It can only be written out: testing or joining it is an error that shows at once."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def __html__(self) -> str:
        return f"\ue000{_NONCE}:{self.name}\ue001"

    def __bool__(self) -> bool:
        raise TypeError(f"a skeleton may not decide by the personal value {self.name!r}: put it into the key")

    def __str__(self) -> str:
        raise TypeError(f"the personal value {self.name!r} may only be written out, without filters")


class Skeleton:
    """A rendered page with blanks."""

    __slots__ = ("names", "texts")

    def __init__(self, html: str) -> None:
        pieces = _BLANK.split(html)
        self.texts = pieces[0::2]
        self.names = pieces[1::2]

    def fill(self, values: Mapping[str, object]) -> str:
        """The page with each blank's value escaped (Markup stays as it is). Raises KeyError where one is missing."""
        filled = {name: str(escape(value)) for name, value in values.items()}
        page = [self.texts[0]]
        for name, text in zip(self.names, self.texts[1:], strict=True):
            page.append(filled[name])
            page.append(text)
        return "".join(page)


def frame_of(**personal: object) -> Frame:
    """The frame of this request's page; `personal` replaces the person's id, name and token by blanks."""
    settings = cast("Settings", current_app.extensions["settings"])
    who = visitor()
    grants = who.grants if who else ()
    return Frame(
        language=language(),
        roles=who.roles if who else frozenset(),
        menu=tuple(link for action, link in MENU if who and allows(action, grants)),
        demo=settings.demo,
        office=settings.office,
        signed_in=who is not None,
        person_id=personal.get("person_id", who.id if who else ""),
        person_name=personal.get("person_name", who.name if who else ""),
        form_token=personal["form_token"] if "form_token" in personal else form_token(session_id()),
    )


def frame_without_person() -> Frame:
    """The frame of a page that must be made without the database: nobody is named, and the menu is empty."""
    settings = cast("Settings", current_app.extensions["settings"])
    return Frame(
        language=language(),
        roles=frozenset(),
        menu=(),
        demo=settings.demo,
        office=settings.office,
        signed_in=False,
        person_id="",
        person_name="",
        form_token=form_token(session.get("_user_id")),
    )


def show_page(template: str, **values: Any) -> str:
    """A page rendered the plain way."""
    return render(template, frame=frame_of(), **values)


def fill_page(
    template: str, key: Hashable, shared: Callable[[], Mapping[str, Any]], personal: Mapping[str, object]
) -> str:
    """A page from its skeleton. `key` tells everything the template decides by, beside language and roles.

    `shared` gives the values that follow from the key; it is called only when the skeleton has to be made.
    """
    if session.get("_flashes"):
        return show_page(template, **shared(), **personal)  # a notice is said once, to one person
    who = visitor()

    def made() -> Skeleton:
        blanks = {name: Blank(name) for name in personal}
        frame = frame_of(**{name: Blank(name) for name in ("person_id", "person_name", "form_token")})
        return Skeleton(render(template, frame=frame, **shared(), **blanks))

    skeleton = kept("skeletons", SKELETONS, (template, key, language(), who.roles if who else None), made)
    own = {
        "person_id": who.id if who else "",
        "person_name": who.name if who else "",
        "form_token": form_token(who.get_id() if who else None),
    }
    return skeleton.fill({**personal, **own})
