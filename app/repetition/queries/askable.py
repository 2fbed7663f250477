"""Which questions may be asked of somebody, and as which revision has them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.catalogue.queries import Published, published
from app.repetition.rules.drawing import Practised, practised_in


@dataclass(frozen=True, slots=True)
class Askable:
    """Questions by address, with where they are practised; and the revision of each course, by its slug."""

    practised: Mapping[str, Practised]
    revisions: Mapping[str, int]

    def revision_of(self, address: str) -> int:
        """The revision that the question is asked from."""
        return self.revisions[self.practised[address].course_slug]


def askable(courses: Iterable[Published]) -> Askable:
    """What a daily practice may ask of somebody who learns these courses."""
    given = list(courses)
    practised = practised_in([each.course for each in given], [each.course for each in published().values()])
    return Askable(practised, {each.course.slug: each.revision_id for each in given})
