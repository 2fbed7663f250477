"""`python -m tests.torture.clocked`: `flask serve` on a machine whose clock somebody moves.

The file that TORTURE_CLOCK names says by how many seconds it is wrong. Production code knows nothing of this.
"""

from __future__ import annotations

import os
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

_WRONG_BY = Path(os.environ["TORTURE_CLOCK"])
_true_time = time.time


def _wrong_by() -> float:
    return float(_WRONG_BY.read_text() or 0)


def _moved_time() -> float:
    return _true_time() + _wrong_by()


def _moved_now() -> datetime:
    return datetime.now(UTC) + timedelta(seconds=_wrong_by())


if __name__ == "__main__":
    time.time = _moved_time
    from app import clock  # only now: whoever imports the clock's functions gets those that are moved

    clock.now = _moved_now
    from flask.cli import main

    sys.argv = ["flask", "--app", "wsgi", "serve"]
    main()
