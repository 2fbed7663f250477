"""The draft as learners see it."""

from __future__ import annotations

from app.authoring.blueprint import authoring
from app.authoring.preview_pages import preview_page
from app.catalogue.queries.drafts import get_workspace
from app.people.permissions import Action, Scope
from app.web.guard import needs


@authoring.get("/<slug>/preview/<activity_id>")
@needs(Action.AUTHOR)
def preview(scope: Scope, slug: str, activity_id: str) -> str:
    """One activity of the draft, whatever is wrong elsewhere in it."""
    return preview_page(get_workspace(slug, within=scope), activity_id)
