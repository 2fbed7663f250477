"""Files -> what they hold: a course, or what all courses share. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from app.catalogue.rules.looking import SHARED
from app.content.compile import NOTHING_BEFORE, compile_course, compile_shared
from app.content.course import Course, Shared
from app.content.readings import Before


def compile_files(
    slug: str,
    files: Mapping[str, bytes],
    shared: Shared,
    earlier: Mapping[str, str],
    before: Before = NOTHING_BEFORE,
) -> Course | Shared:
    """What the files of `slug` hold; `shared` and `before` mean nothing to what is shared itself.

    Raises ContentFaults with every fault.
    """
    if slug == SHARED:
        return compile_shared(files, earlier)
    return compile_course(slug, files, shared, earlier, before=before)
