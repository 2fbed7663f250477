"""The ground under the tests. What a test may ask for:

`app`, `client`, `db`
    The application over a migrated database of the test's own. Every test that asks for one runs twice, on SQLite and
    on PostgreSQL, but for those marked `tests.ground.database.ONE_DATABASE`. Requests of `client` do not share the app
    context that `db` holds open: `db.session.rollback()` shows what they wrote.
`start`
    What that database holds. A test file says otherwise by a fixture of this name that returns one of
    `tests.ground.database`: EMPTY (the usual), PUBLISHED (the sample courses of tests/courses), DEMONSTRATION (the
    real courses, 100 participants with histories; RAK_DEMO is on).
`fresh_app`
    The same, but made for this test alone: routes and hooks can be added to it.
`courses_folder`
    The courses folder of `app`, a copy that the test may change.
`cast`
    Siti, Rahmat, Noor and an admin with their accounts; `tests.ground.cast` signs them in and sends their forms.
`rahmat`
    `client` with Rahmat, a trainer of every course, signed in.
`server`, `postgres_server`
    The real server over the demonstration, one per test file: `.url`, and `.flask("people", "list")` runs a command
    beside it. Accounts siti, rahmat, noor, admin with `tests.ground.commands.PASSWORD`.
`page`, `open_page`, `page_errors`
    A phone-sized window of a real browser, further ones, and what it complained of: a test that ends with complaints
    fails. `tests.ground.browser` has `assert_accessible(page)` (axe) and `assert_fits(page)`.

`tests.ground.html` has `valid_html(text)` and `valid_fragment(text)`. PostgreSQL and the browser are never skipped:
where one cannot be had, its tests fail and say how to get it.
Markers: `browser`, `postgres_journey`, `peer` (reads ../shared/peer, skips where it is absent), `torture` (only under
`make torture`, where hypothesis searches longer too).
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

# Test processes share the cores: threads of numpy would wait for one another (3 s of tests took minutes). Before numpy.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

pytest_plugins = [
    "tests.ground.folder",
    "tests.ground.postgres",
    "tests.ground.database",
    "tests.ground.application",
    "tests.ground.cast",
    "tests.ground.server",
    "tests.ground.browser",
    "tests.ground.order",
    "tests.ground.memory",
]

# A shared machine is slow now and then: how long an example takes is never a failure.
_usual = {"deadline": None, "database": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("test", max_examples=60, derandomize=True, **_usual)
settings.register_profile("torture", max_examples=3000, print_blob=True, **_usual)
settings.load_profile("test")
