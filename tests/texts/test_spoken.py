"""In which language a command speaks."""

from __future__ import annotations

import pytest

from app.texts.local import Language
from app.texts.spoken import spoken_language, translation


@pytest.mark.parametrize(
    ("option", "lang", "english"),
    [(None, None, False), (None, "C.UTF-8", False), (None, "id_ID.UTF-8", False), (None, "en_GB.UTF-8", True),
     ("id", "en_GB.UTF-8", False), ("en", None, True)],
)  # fmt: skip
def test_messages_are_indonesian_unless_english_is_asked_for(
    option: Language | None, lang: str | None, english: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LANG", raising=False)
    if lang:
        monkeypatch.setenv("LANG", lang)
    assert (translation(option) is not str) is english
    assert spoken_language(option) == ("en" if english else "id")
