"""One temporary folder for a whole run, shared by its worker processes and gone afterwards."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import fasteners
import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
_PREFIX = "rak-tests-"
VARIABLE = "TESTS_FOLDER"  # inherited by every process that the tests start
_MEMORY = Path("/dev/shm")  # noqa: S108 (only looked at; the folder in it is made with a name of its own)
_PLENTY = 2 * 1024**3  # bytes


def run_folder() -> Path:
    """The folder of this run, whichever of its processes asks."""
    return Path(os.environ[VARIABLE])


@contextmanager
def made_once(name: str) -> Iterator[Path | None]:
    """A path in the run's folder to make something at, for the first process that asks; None for all later ones.

    The others wait until the first is through. Where making it fails, the next one tries again.
    """
    path = run_folder() / name
    with fasteners.InterProcessLock(run_folder() / f"{name}.lock"):
        done = run_folder() / f"{name}.done"
        if done.exists():
            yield None
            return
        yield path
        done.touch()


def abandoned_folders() -> list[Path]:
    """The folders of runs that were killed outright and could not tidy up."""
    found = [each for place in (_MEMORY, Path(tempfile.gettempdir())) for each in place.glob(f"{_PREFIX}*")]
    return [each for each in found if not _runs(int(each.name.removeprefix(_PREFIX).partition("-")[0]))]


def pytest_configure(config: pytest.Config) -> None:
    """The first process makes the folder; the workers it starts inherit the name."""
    if not hasattr(config, "workerinput"):
        os.environ[VARIABLE] = tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-", dir=_place())
        signal.signal(signal.SIGTERM, _interrupt)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """Runs after failures and interruptions too: nothing of a run stays behind."""
    if not hasattr(config, "workerinput"):
        for folder in (run_folder(), *abandoned_folders()):
            shutil.rmtree(folder, ignore_errors=True)


def _place() -> Path | None:
    """Memory where there is plenty: copying a database there takes a tenth of the time. Else the usual place."""
    try:
        plenty = shutil.disk_usage(_MEMORY).free >= _PLENTY and os.access(_MEMORY, os.W_OK)
    except OSError:
        return None
    return _MEMORY if plenty else None


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
