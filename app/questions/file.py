"""File: a photo or document that the learner hands in, marked by a person.

Uploads are received, bounded, re-encoded and stored elsewhere; what reaches this module are the records that the server
made of them. Whether an upload is the learner's own is asked where they are stored, never here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, PlainValidator, StringConstraints, ValidationError, WithJsonSchema

from app.questions.base import NEEDS_MARKING, Fields, Flaw, Grade, Question, Response, is_blank
from app.questions.rubric import Criterion, rubric_flaws
from app.texts.local import DEFAULT_LANGUAGE, Language
from app.texts.scalars import read_whole, within

FILES_LIMIT: Final = 5
RECORD_LIMIT: Final = 1_000  # characters of an upload's JSON text

Accept = Literal["photo", "document", "any"]
FileCount = Annotated[
    int,
    PlainValidator(within(read_whole, 1, FILES_LIMIT)),
    WithJsonSchema({"type": "integer", "minimum": 1, "maximum": FILES_LIMIT}),
]

_PHOTOS: Final = ("image/jpeg", "image/png", "image/webp")
_DOCUMENTS: Final = (
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "application/vnd.oasis.opendocument.text",
    "application/vnd.oasis.opendocument.spreadsheet",
    "text/plain",
)
MIMES: Final[Mapping[Accept, tuple[str, ...]]] = MappingProxyType(
    {"photo": _PHOTOS, "document": _DOCUMENTS, "any": (*_PHOTOS, *_DOCUMENTS)}
)


class Upload(BaseModel):
    """One file as it was stored."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[str, StringConstraints(pattern="^[A-Za-z0-9_-]{0,22}$")] = ""  # its address; "" in the shell
    sha256: Annotated[str, StringConstraints(pattern="^[0-9a-f]{64}$")]  # of the bytes kept, which name the file
    name: Annotated[str, StringConstraints(min_length=1, max_length=120)]  # as the learner's device called it
    mime: Annotated[str, StringConstraints(min_length=3, max_length=100)]
    bytes: Annotated[int, Field(ge=1)]

    @property
    def kilobytes(self) -> int:
        """Its size in KB, at least 1."""
        return max(1, round(self.bytes / 1024))

    @property
    def is_photo(self) -> bool:
        """Whether a page may show it; anything else is only downloaded."""
        return self.mime in _PHOTOS


class FileResponse(Response):
    """What was handed in, in the order in which it was; at least one file."""

    files: Annotated[tuple[Upload, ...], Field(min_length=1, max_length=FILES_LIMIT)]


class File(Question[FileResponse]):
    """A photo, a document or either, up to `max_files` of them."""

    response_model = FileResponse
    by_hand = True

    type: Literal["file"] = "file"
    accept: Accept = "photo"
    max_files: FileCount = 1
    rubric: tuple[Criterion, ...] = ()

    @property
    def mimes(self) -> tuple[str, ...]:
        """The types of file that are taken."""
        return MIMES[self.accept]

    def faults(self) -> Iterator[Flaw]:
        yield from rubric_flaws(self.rubric)

    def read(self, fields: Fields, order: Sequence[int]) -> FileResponse | None:
        """The field `file` holds the uploads as JSON texts of the server's, `remove` the sha256 of those to leave out.

        What is no such text, or no file that the question takes, is left out: only the server makes them.
        """
        removed = set(fields.get("remove", ()))
        records = filter(None, map(upload_record, fields.get("file", ())))
        return self._handed_in(each for each in records if each.sha256 not in removed)

    def response_from_json(self, value: object, language: Language = DEFAULT_LANGUAGE) -> FileResponse | None:
        """Also the list of uploads alone."""
        if is_blank(value) or value == {"files": []}:
            return None
        return super().response_from_json({"files": value} if isinstance(value, list) else value, language)

    def _handed_in(self, uploads: Iterable[Upload]) -> FileResponse | None:
        known = {each.sha256: each for each in uploads if each.mime in self.mimes}
        files = tuple(known.values())[: self.max_files]
        return FileResponse(files=files) if files else None

    def grade(self, response: FileResponse) -> Grade:
        return NEEDS_MARKING

    def guess_score(self) -> float | None:
        return None

    def response_summary(self, response: FileResponse, language: str) -> str:
        return "; ".join(each.name for each in response.files)

    def right_answer_summary(self, language: str) -> str:
        """Nothing: what is right, a person decides."""
        return ""


def upload_record(text: str) -> Upload | None:
    """A record as a page's hidden field holds it; None for any other text."""
    if len(text) > RECORD_LIMIT:
        return None
    try:
        return Upload.model_validate_json(text)
    except ValidationError:
        return None
