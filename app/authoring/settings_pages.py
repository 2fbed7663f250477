"""What the page of a course's settings shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from app.authoring.rules.course_settings import COMPLETION_WORDS, TRACK_WORDS
from app.catalogue.queries.drafts import Workspace, draft_reading
from app.content.editing import Value, value_in
from app.content.faults import Fault
from app.content.folders import COURSE_FILE
from app.content.placing import faults_by_field
from app.errors import Message
from app.web.frame import show_page

PLACE = "settings"  # of what stands in the form unsaved


def settings_page(workspace: Workspace, fields: Mapping[str, str], refused: Message | None = None) -> str:
    """The form, each fault beside its field."""
    return show_page(
        "authoring/settings.html",
        workspace=workspace,
        fields=fields,
        faults=_faults(workspace),
        tracks=TRACK_WORDS,
        completions=COMPLETION_WORDS,
        place=PLACE,
        refused=refused,
    )


def written_course(workspace: Workspace) -> Mapping[str, Value] | None:
    """course.yaml as it is written; None where it cannot be read."""
    held = value_in(workspace.files[COURSE_FILE]) if COURSE_FILE in workspace.files else None
    return held if isinstance(held, dict) else None


def _faults(workspace: Workspace) -> Mapping[str, Sequence[Fault]]:
    """Key of the file -> what is wrong with it."""
    own = [each for each in draft_reading(workspace).faults if each.path.endswith(f"/{COURSE_FILE}")]
    found: dict[str, list[Fault]] = defaultdict(list)
    for rest, fault in faults_by_field(workspace.files[COURSE_FILE], (), own):
        found[str(rest[0]) if rest else ""].append(fault)
    return found
