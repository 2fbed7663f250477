"""docs/running.md tells every setting, and none that is not there."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

from app.settings import ROOT, Settings


def test_every_setting_is_in_the_table_of_the_documentation() -> None:
    text = (Path(ROOT) / "docs" / "running.md").read_text()
    told = set(re.findall(r"^\| `RAK_([A-Z_]+)`", text, re.MULTILINE))
    assert told == {each.name.upper() for each in fields(Settings)}
