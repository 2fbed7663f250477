"""The app's own commands, run as a person in the shell runs them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from tests.ground.folder import ROOT

SECRET: Final = "only-for-tests-" * 3
PASSWORD: Final = "rak-belajar-uji"  # of the four demonstration accounts: siti, rahmat, noor, admin


def environment(database_url: str, instance: Path, courses: Path, *, demo: bool) -> dict[str, str]:
    """This process's environment, of the app's settings only these."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("RAK_")}
    instance.mkdir(exist_ok=True)
    return kept | {
        "RAK_DATABASE_URL": database_url,
        "RAK_INSTANCE": str(instance),
        "RAK_COURSES": str(courses),
        "RAK_SECRET_KEY": SECRET,
        **({"RAK_DEMO": "1", "RAK_DEMO_PASSWORD": PASSWORD} if demo else {}),
    }


def flask(settings: Mapping[str, str], *arguments: str) -> str:
    """What a command prints. Where it fails, so does the test, with all it said."""
    done = subprocess.run(
        command(*arguments), cwd=ROOT, env=dict(settings), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"flask {' '.join(arguments)} failed:\n{done.stdout}{done.stderr}"
    return done.stdout


def command(*arguments: str) -> list[str]:
    """`flask --app wsgi …` with this Python."""
    return [sys.executable, "-m", "flask", "--app", "wsgi", *arguments]
