"""Every visible word of the pages in both languages: `words/<topic>.toml`, `key = { vi = "…", en = "…" }`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Literal

from extractor.serial import plain
from extractor.web.phrases import told

Language = Literal["vi", "en"]
_SWAPPED = str.maketrans(",.", ".,")
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

    def decimal(self, value: Decimal | int) -> str:
        """An exact number, no digit of it lost."""
        text = plain(Decimal(value))
        whole, _, rest = text.partition(".")
        sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
        grouped = f"{int(digits):,}" + (f".{rest}" if rest else "")
        return sign + (grouped.translate(_SWAPPED) if self.language == "vi" else grouped)

    def date(self, value: str) -> str:
        """An ISO date as it is written: `26/12/2022`, in English as it is."""
        parts = value.split("-")
        return "/".join(reversed(parts)) if self.language == "vi" and len(parts) == 3 else value

    def told(self, message: str) -> str:
        """What the audit, triage or recognition says."""
        return told(message, self.language)

    def number(self, value: float | int | None) -> str:
        """A number as the language writes it: `1.234,5` or `1,234.5`; absent is a dash."""
        if value is None:
            return "–"
        text = f"{value:,}" if isinstance(value, int) else f"{value:,.4f}".rstrip("0").rstrip(".")
        return text.translate(_SWAPPED) if self.language == "vi" else text


def language_of(said: str | None) -> Language:
    """The language that a cookie or form says; Vietnamese where it says none that is known."""
    return "en" if said == "en" else "vi"
