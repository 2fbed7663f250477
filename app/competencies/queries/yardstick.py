"""By what scores are judged now."""

from __future__ import annotations

from typing import cast

from flask import current_app

from app.catalogue.queries import shared_now
from app.competencies.rules import Yardstick
from app.settings import Settings


def yardstick_now() -> Yardstick:
    """The cuts of the framework as it is served, and the settings of this office."""
    settings = cast("Settings", current_app.extensions["settings"])
    framework = shared_now().framework
    cuts = {name: each.cut for name, each in framework.competencies.items()}
    return Yardstick(framework.cut, cuts, settings.score_certainty, settings.evidence_months)
