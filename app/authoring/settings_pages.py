"""What the page of a course's settings shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from app.authoring.rules.course_settings import COMPLETION_WORDS, TRACK_WORDS
from app.authoring.rules.plain_words import missing_key
from app.catalogue.queries.drafts import Workspace, draft_reading
from app.content.editing import Value, value_in
from app.content.faults import Fault
from app.content.folders import COURSE_FILE
from app.content.placing import faults_by_field
from app.errors import Message
from app.web.frame import show_page
from app.web.languages import tell

PLACE = "settings"  # of what stands in the form unsaved


def settings_page(workspace: Workspace, fields: Mapping[str, str], refused: Message | None = None) -> str:
    """The form, each fault beside its field; `refused` says why it was not saved."""
    return show_page(
        "authoring/settings.html",
        workspace=workspace,
        fields=fields,
        faults=_faults(workspace, fields),
        refused=tell(refused) if refused else "",
        tracks=TRACK_WORDS,
        completions=COMPLETION_WORDS,
        place=PLACE,
    )


def written_course(workspace: Workspace) -> Mapping[str, Value] | None:
    """course.yaml as it is written; None where it cannot be read."""
    held = value_in(workspace.files[COURSE_FILE]) if COURSE_FILE in workspace.files else None
    return held if isinstance(held, dict) else None


def _faults(workspace: Workspace, fields: Mapping[str, str]) -> Mapping[str, Sequence[Fault]]:
    """Field of the form -> what is wrong with it; "" for what has no field here."""
    own = [each for each in draft_reading(workspace).faults if each.path.endswith(f"/{COURSE_FILE}")]
    found: dict[str, list[Fault]] = defaultdict(list)
    for rest, fault in faults_by_field(workspace.files[COURSE_FILE], (), own):
        name = missing_key(fault.message) or (str(rest[0]) if rest else "")
        found[name if name in fields else ""].append(fault)
    return found
