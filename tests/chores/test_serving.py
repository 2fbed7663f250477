"""Getting ready to serve."""

from __future__ import annotations

import socket
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from app.chores import serving
from app.chores.serving import KeyMissing, PortTaken, check_key, check_port, pair_of
from app.settings import KEY_FILE, Settings


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield int(other.getsockname()[1])


def test_a_taken_port_is_refused_in_one_sentence_that_names_another(taken: int) -> None:
    with pytest.raises(PortTaken) as refused:
        check_port("127.0.0.1", taken)
    assert str(refused.value.message) == (
        f"Port {taken} sudah dipakai program lain. Hentikan program itu, "
        f"atau pilih port lain, misalnya PORT={taken + 1}."
    )


def test_a_port_that_was_let_go_is_free_at_once() -> None:
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the server does
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = int(other.getsockname()[1])
        with socket.create_connection(("127.0.0.1", port)):
            other.accept()[0].close()
    check_port("127.0.0.1", port)
    check_port("127.0.0.1", port)


def test_the_command_refuses_a_taken_port_before_it_touches_anything(app: Flask, taken: int, tmp_path: Path) -> None:
    app.extensions["settings"] = Settings(instance=tmp_path / "new", port=taken)
    done = app.test_cli_runner().invoke(args=["serve"])
    assert done.exit_code == 1
    assert done.output.startswith(f"Error: Port {taken} sudah dipakai")
    assert not (tmp_path / "new").exists()


def test_a_real_office_without_a_key_is_sent_to_init(app: Flask, tmp_path: Path) -> None:
    app.secret_key = ""
    with pytest.raises(KeyMissing, match="init"):
        check_key(app, Settings(instance=tmp_path))
    assert not (tmp_path / KEY_FILE).exists()


def test_a_demonstration_makes_its_own_key_once_for_this_account_alone(app: Flask, tmp_path: Path) -> None:
    settings = Settings(instance=tmp_path, demo=True)
    app.secret_key = ""
    check_key(app, settings)
    made = (tmp_path / KEY_FILE).read_text()
    assert app.secret_key == made
    assert len(made) >= 43  # 32 bytes and more
    assert stat.S_IMODE((tmp_path / KEY_FILE).stat().st_mode) == 0o600
    app.secret_key = ""
    check_key(app, settings)
    assert app.secret_key == made


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "http://127.0.0.1:8001"),
        ("0.0.0.0", "http://127.0.0.1:8001"),  # noqa: S104
        ("::", "http://[::1]:8001"),
    ],
)
def test_the_address_that_is_printed_can_be_opened_on_this_machine(host: str, url: str) -> None:
    assert pair_of(Settings(host=host, port=8001)).url == url


def test_no_connection_is_open_when_copies_begin(app: Flask) -> None:
    with app.app_context():
        engine = app.extensions["sqlalchemy"].engine
        engine.connect().close()
        serving.warm_up()
        assert engine.pool.checkedin() + engine.pool.checkedout() == 0


@pytest.mark.parametrize(
    ("environment", "port"), [({}, 8000), ({"PORT": "8005"}, 8005), ({"RAK_PORT": "8006", "PORT": "8005"}, 8006)]
)
def test_the_port_can_be_said_in_two_ways(environment: dict[str, str], port: int) -> None:
    assert Settings.from_environment(environment).port == port
