"""The answer to a question that asks for files: what is sent is kept, and what reaches the answer are its records."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from flask import request

from app.learn.received_files import received_files
from app.people.permissions import Scope
from app.questions.base import Fields
from app.questions.file import File, upload_record
from app.quizzes.queries import get_sheet
from app.quizzes.rules.answering import AttemptOver
from app.uploads.operations import keep_uploads
from app.uploads.queries import Place, own_uploads


def answer_fields(attempt_id: int, slot: int, within: Scope, now: datetime) -> Fields:
    """The fields of the answer that was sent. Records in them are made anew: only one's own uploads are known.

    Raises NotFound; AttemptOver before anything is received for an attempt that takes no answers.
    """
    fields = request.form.to_dict(flat=False)
    if "file" not in fields and not request.files:
        return fields
    sheet = get_sheet(attempt_id, within=within)
    question = sheet.question(slot)
    if not isinstance(question, File):
        return fields
    if not sheet.workable(now):
        raise AttemptOver(sheet.id)
    place = Place(sheet.person_id, sheet.course.slug, sheet.quiz.id)
    removed = set(fields.pop("remove", ()))
    left = [each for each in own_uploads(_ids(fields.get("file", ())), place) if each.sha256 not in removed]
    received = received_files(question.mimes, question.max_files - len(left), question.max_files)
    records = [*left, *keep_uploads(place, received, now=now)]
    return {**fields, "file": [each.model_dump_json() for each in records]}


def _ids(texts: Iterable[str]) -> list[str]:
    return [record.id for text in texts if (record := upload_record(text)) is not None]
