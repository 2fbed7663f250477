"""Settings from the environment."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.settings import SettingFault, Settings


def test_the_database_is_sqlite_in_the_instance_folder_unless_an_address_is_given() -> None:
    plain = Settings.from_environment({"RAK_INSTANCE": "/srv/rak"})
    assert plain.database_url == "sqlite:////srv/rak/rak.db"
    other = Settings.from_environment({"RAK_DATABASE_URL": "postgresql://u@h/rak"})
    assert other.database_url == "postgresql+psycopg://u@h/rak"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("RAK_SESSION_DAYS", "sixty"),
        ("RAK_DEMO", "perhaps"),
        ("RAK_TIME_ZONE", "Mars/Olympus"),
        ("RAK_SCORE_CERTAINTY", "80"),
        ("RAK_SCORE_CERTAINTY", "nan"),
        ("RAK_EVIDENCE_MONTHS", "0"),
    ],
)
def test_a_setting_that_cannot_be_read_is_named(name: str, text: str) -> None:
    with pytest.raises(SettingFault, match=name):
        Settings.from_environment({name: text})


def test_tests_may_replace_single_settings() -> None:
    settings = Settings.from_environment({"RAK_DEMO": "1"}, {"demo": False, "instance": Path("/tmp/x")})  # noqa: S108
    assert not settings.demo


def test_secrets_do_not_show_in_a_log() -> None:
    assert "geheim" not in repr(Settings(secret_key="geheim", demo_password="geheim"))
