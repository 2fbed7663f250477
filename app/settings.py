"""Every setting in one place: name, type, default, and one line of meaning. The environment says RAK_<NAME>."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from secrets import token_urlsafe
from typing import Any, Final, Self
from zoneinfo import ZoneInfo

ROOT: Final = Path(__file__).resolve().parent.parent
KEY_FILE: Final = "secret-key"  # in the instance folder
CENTRAL: Final = ZoneInfo("Asia/Makassar")


class SettingFault(Exception):
    """A setting that cannot be understood; the sentence names it and what is allowed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What an office may set. Built by `from_environment`; tests replace single values."""

    instance: Path = ROOT / "instance"  # what this host makes: database, keys, uploads, backups
    courses: Path = ROOT / "courses"  # the working tree of the course content
    database_url: str = ""  # empty: SQLite in the instance folder; else postgresql://…
    secret_key: str = field(default="", repr=False)  # empty: read from instance/secret-key
    demo: bool = False  # a demonstration with made-up people; never set for a real office
    demo_password: str = field(default="", repr=False)  # one password for the four demonstration accounts
    office: str = "Dinas Perpustakaan dan Kearsipan"  # shown in the footer and on printouts
    office_address: str = ""  # the lines under its name on a printout's letterhead, parted by |
    office_place: str = ""  # the town of a printout's date
    contact_name: str = ""  # whom to ask about a forgotten password
    contact_whatsapp: str = ""  # that person's WhatsApp number, as it shall be shown
    time_zone: ZoneInfo = CENTRAL  # times are shown in this zone
    time_zone_label: str = "WITA"  # and labelled so
    phone_region: str = "ID"  # the country of phone numbers typed without one
    session_days: int = 60  # how long a sign-in lasts without being used
    shared_idle_minutes: int = 30  # how long it lasts on a phone marked as shared
    secure_cookies: bool = False  # true where the office is reached by https
    trusted_proxies: int = 0  # how many proxies before the server add X-Forwarded-For
    upload_megabytes: int = 12  # the largest photo or document that is taken
    host: str = "127.0.0.1"  # where the server listens; 0.0.0.0 is every address of the machine
    port: int = 8000  # and at which port; PORT says it too
    evidence_months: int = 24  # older answers no longer count towards a competency score
    score_certainty: float = (
        0.8  # how sure it must be, 0.5 .. 0.99, before a score is said to be above or below the cut
    )
    workers: int = 2  # processes that answer; about one for each core

    @classmethod
    def from_environment(cls, environ: Mapping[str, str], overrides: Mapping[str, Any] | None = None) -> Self:
        """The settings of this host: defaults, then RAK_* of `environ`, then `overrides`. Raises SettingFault."""
        given: dict[str, Any] = {}
        for each in fields(cls):
            text = environ.get(f"RAK_{each.name.upper()}") or (environ.get("PORT") if each.name == "port" else None)
            if text:
                given[each.name] = _read(each.name, str(each.type), text)
        settings = replace(cls(**given), **dict(overrides or {}))
        if not settings.database_url:
            settings = replace(settings, database_url=f"sqlite:///{settings.instance / 'rak.db'}")
        _check_scores(settings)
        return replace(settings, database_url=_with_driver(settings.database_url))


def kept_secret_key(instance: Path) -> str:
    """The key that signs sessions on this host; empty where there is none yet, and then nobody can sign in."""
    kept = instance / KEY_FILE
    return kept.read_text().strip() if kept.exists() else ""


def make_secret_key(instance: Path) -> bool:
    """Make that key, readable by this account alone, where there is none. Whether it was made now."""
    instance.mkdir(parents=True, exist_ok=True)
    try:
        kept = os.open(instance / KEY_FILE, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return False
    with os.fdopen(kept, "w") as file:
        file.write(token_urlsafe(48))
        file.flush()
        os.fsync(kept)
    return True


def _read(name: str, kind: str, text: str) -> Any:
    try:
        if kind == "bool":
            return {"1": True, "true": True, "0": False, "false": False}[text.lower()]
        if kind in ("int", "float"):
            return int(text) if kind == "int" else float(text)
        if kind == "Path":
            return Path(text).resolve()
        if kind == "ZoneInfo":
            return ZoneInfo(text)
    except (KeyError, ValueError, OSError) as fault:
        raise SettingFault(f"RAK_{name.upper()}={text!r} cannot be read as {kind}") from fault
    return text


def _check_scores(settings: Settings) -> None:
    """Raises SettingFault where no score could be made."""
    if not 1 <= settings.evidence_months <= 1200:
        raise SettingFault("RAK_EVIDENCE_MONTHS must be 1 .. 1200")
    if not 0.5 <= settings.score_certainty <= 0.99:
        raise SettingFault("RAK_SCORE_CERTAINTY must be 0.5 .. 0.99")


def _with_driver(url: str) -> str:
    """A plain postgres address is given the driver that is installed here."""
    for plain in ("postgresql://", "postgres://"):
        if url.startswith(plain):
            return "postgresql+psycopg://" + url.removeprefix(plain)
    return url
