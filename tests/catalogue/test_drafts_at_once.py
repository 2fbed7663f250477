"""Several who save or publish one course in the same moment."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Barrier, Thread

import pytest
from flask import Flask

from app.catalogue.operations import (
    Change,
    Issued,
    Parted,
    Saved,
    create_course,
    publish_draft,
    save_draft,
)
from app.catalogue.queries import draft_reading, get_workspace, history
from app.catalogue.rules.drafts import Author, DraftMoved, NothingToPublish, SlugTaken
from app.errors import Refusal
from app.people.permissions import Scope
from tests.catalogue.writing import LATER, NOW, publication
from tests.ground.database import PUBLISHED, Start

ALL = Scope(1, everything=True)
SLUG, MODULE = "contoh", "01-dasar.yaml"
PEOPLE = 4


@pytest.fixture
def start() -> Start:
    return PUBLISHED


def together(app: Flask, do: Callable[[int], object]) -> list[object]:
    """What each of four threads came to, who all begin at once; a refusal is what it came to as well."""
    line, done = Barrier(PEOPLE), []

    def one(number: int) -> None:
        with app.app_context():
            line.wait()
            try:
                done.append(do(number))
            except Refusal as refused:
                done.append(type(refused))

    threads = [Thread(target=one, args=(number,)) for number in range(PEOPLE)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return done


def change(base: int, path: str, data: bytes) -> Change:
    return Change(slug=SLUG, base=base, files={path: data}, message="", person_id=1, author="Rahmat")


def test_what_four_save_at_once_at_four_places_is_all_in_the_draft(app: Flask) -> None:
    with app.app_context():
        began = get_workspace(SLUG, within=ALL)
    picture = began.files["media/alur.svg"]
    done = together(app, lambda n: save_draft(change(began.revision_id, f"media/gambar-{n}.svg", picture), now=LATER))
    assert all(isinstance(each, Saved) for each in done), done
    with app.app_context():
        draft = get_workspace(SLUG, within=ALL)
        assert {f"media/gambar-{n}.svg" for n in range(PEOPLE)} <= set(draft.files)
        assert draft_reading(draft).faults == ()


def test_of_four_who_save_at_once_at_one_place_one_is_the_draft_and_three_are_kept_beside_it(app: Flask) -> None:
    with app.app_context():
        began = get_workspace(SLUG, within=ALL)
    titles = [b"Judul %d" % number for number in range(PEOPLE)]
    module = began.files[MODULE]
    done = together(
        app,
        lambda n: save_draft(change(began.revision_id, MODULE, module.replace(b"Modul dasar", titles[n])), now=LATER),
    )
    assert sorted(type(each).__name__ for each in done) == ["Parted", "Parted", "Parted", "Saved"]
    with app.app_context():
        assert sum(title in get_workspace(SLUG, within=ALL).files[MODULE] for title in titles) == 1
        assert len({each.side_id for each in done if isinstance(each, Parted)}) == PEOPLE - 1


def test_a_draft_that_four_publish_at_once_is_published_once(app: Flask, courses_folder: Path) -> None:
    with app.app_context():
        began = get_workspace(SLUG, within=ALL)
        data = began.files[MODULE].replace(b"Modul dasar", b"Judul baru")
        saved = save_draft(change(began.revision_id, MODULE, data), now=LATER)
    wanted = publication(saved.revision_id)
    done = together(app, lambda n: publish_draft(wanted, folder=courses_folder, now=LATER))
    assert sum(isinstance(each, Issued) for each in done) == 1, done
    assert {each for each in done if not isinstance(each, Issued)} <= {NothingToPublish, DraftMoved}
    with app.app_context():
        assert len(history(SLUG)) == 2
        assert (courses_folder / SLUG / MODULE).read_bytes() == data


def test_a_course_that_four_begin_at_once_is_begun_once(app: Flask) -> None:
    files = {"course.yaml": b"title: Baru\nmodules: []\n"}
    done = together(app, lambda n: create_course("baru", files, by=Author("Rahmat", 1), now=NOW))
    assert sum(isinstance(each, Saved) for each in done) == 1, done
    assert done.count(SlugTaken) == PEOPLE - 1
