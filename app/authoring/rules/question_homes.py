"""Where questions live: a quiz, a survey or a bank, as its file holds it, with what the question editor asks of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.authoring.rules.question_forms.kinds import FORMS, SURVEY_FORMS
from app.authoring.rules.question_forms.parts import QuestionForm
from app.catalogue.rules import question_prefix
from app.content.editing.files import value_in
from app.content.editing.finding import Found, find_activity, find_bank, fresh_id
from app.content.editing.values import Path, Value
from app.content.folders import COURSE_FILE
from app.questions.base import Question
from app.questions.registry import KINDS
from app.questions.survey import IN_SURVEYS, UNUSED_KEYS
from app.texts.markdown import plain

BANK = "bank/"


@dataclass(frozen=True, slots=True)
class Home:
    """A quiz, survey or bank. `id` is the activity's, or `bank/<name>`; `kind` is "quiz", "survey" or "bank"."""

    id: str
    kind: str
    found: Found

    @property
    def list_at(self) -> Path:
        """Where its list of questions stands in the file."""
        return (*self.found.at, "questions")

    @property
    def items(self) -> list[Value]:
        """Its list: questions, and in a quiz also draws, uses and headings."""
        items = self.found.value.get("questions")
        return items if isinstance(items, list) else []

    @property
    def title(self) -> Value:
        """Its title as written."""
        return self.found.value.get("title", "")

    @property
    def forms(self) -> Mapping[str, QuestionForm]:
        """The forms of the kinds of question that may stand here."""
        return SURVEY_FORMS if self.kind == "survey" else FORMS

    @property
    def kinds(self) -> Mapping[str, type[Question]]:
        """The models of these kinds."""
        return IN_SURVEYS if self.kind == "survey" else KINDS

    @property
    def unused(self) -> frozenset[str]:
        """Keys that mean nothing here."""
        return UNUSED_KEYS if self.kind == "survey" else frozenset()

    @property
    def ids(self) -> list[str]:
        """The ids of its questions, in their order."""
        return [str(each["id"]) for each in self.items if isinstance(each, dict) and "id" in each and "type" in each]

    def position(self, question_id: str) -> int | None:
        """Where in the list a question stands; None where it does not."""
        for at, each in enumerate(self.items):
            if isinstance(each, dict) and each.get("id") == question_id:
                return at
        return None

    def address(self, slug: str, question_id: str) -> str:
        """The address of one of its questions."""
        return f"{question_prefix(slug)}{self.id.removeprefix(BANK)}/{question_id}"


def find_home(files: Mapping[str, bytes], holder: str) -> Home | None:
    """The quiz, survey or bank of that id (`bank/<name>`); None where there is none that can be read."""
    if holder.startswith(BANK):
        found = find_bank(files, holder.removeprefix(BANK))
        return None if found is None else Home(holder, "bank", found)
    found = find_activity(files, holder)
    kind = next((each for each in ("quiz", "survey") if found and each in found.value), None)
    return None if found is None or kind is None else Home(holder, kind, found)


def named_question(value: Mapping[str, Value], home: Home) -> dict[str, Value]:
    """A new question with an id of its own; `new` is an address."""
    return {"id": id_for(value, home.ids), **{key: each for key, each in value.items() if key != "id"}}


def id_for(value: Mapping[str, Value], taken: Iterable[str]) -> str:
    """An id that is not among `taken`, made of a question's text, or of its kind where it has no text yet."""
    text = in_language(value.get("text", ""), "id") or str(value.get("type", ""))
    return fresh_id(plain(text.replace("[[", " ").replace("]]", " ")), [*taken, "new"])


def course_title(files: Mapping[str, bytes], language: str) -> str:
    """The title in course.yaml; "" where it cannot be read."""
    head = value_in(files[COURSE_FILE]) if COURSE_FILE in files else None
    return in_language(head.get("title", ""), language) if isinstance(head, dict) else ""


def in_language(text: Value, language: str) -> str:
    """A text as written, in a language or else in Indonesian; "" where it is none."""
    if isinstance(text, dict):
        text = text.get(language) or text.get("id") or ""
    return text if isinstance(text, str) else ""


def first_words(text: str, count: int = 60) -> str:
    """The beginning of a text without its markup, as a list of questions shows it."""
    line = " ".join(plain(text).split())
    return line if len(line) <= count else f"{line[:count].rsplit(' ', 1)[0]} …"
