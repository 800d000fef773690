"""Every visible word of the pages in both languages: `words/<topic>.toml`, `key = { vi = "…", en = "…" }`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal

Language = Literal["vi", "en"]
LANGUAGES: tuple[Language, ...] = ("vi", "en")
FOLDER = Path(__file__).parent / "words"


class NoSuchWord(KeyError):
    """A page asks for a key that no file of `words/` has: a defect of ours."""


@cache
def all_words() -> Mapping[str, Mapping[Language, str]]:
    """`topic.key` → language → words."""
    return {
        f"{path.stem}.{key}": entry
        for path in sorted(FOLDER.glob("*.toml"))
        for key, entry in tomllib.loads(path.read_text(encoding="utf8")).items()
    }


class Words:
    """The words of one language: `words("library.title")`, `words("library.count", count="12")`."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def __call__(self, key: str, **values: object) -> str:
        """The words of `key` with `values` put in. Raises `NoSuchWord`."""
        try:
            found = all_words()[key][self.language]
        except KeyError as error:
            raise NoSuchWord(key) from error
        return found.format(**values) if values else found

    def has(self, key: str) -> bool:
        """Whether there are words for `key`; for names of rules and errors, which may have none."""
        return key in all_words()

    def number(self, value: float | int | None) -> str:
        """A number as the language writes it: `1.234,5` or `1,234.5`; absent is a dash."""
        if value is None:
            return "–"
        text = f"{value:,}" if isinstance(value, int) else f"{value:,.4f}".rstrip("0").rstrip(".")
        return text.translate({44: 46, 46: 44}) if self.language == "vi" else text


def language_of(said: str | None) -> Language:
    """The language that a cookie or form says; Vietnamese where it says none that is known."""
    return "en" if said == "en" else "vi"
