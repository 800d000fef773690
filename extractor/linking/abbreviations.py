"""Abbreviations: the ones that a text introduces itself, and the standing ones of `patterns/abbreviations.toml`."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from extractor import patterns
from extractor.finding.lazy import lazy

_INTRODUCED = lazy(r"[(“\"]\s?([A-ZĐ][A-ZĐƯa-z&\-]{0,10}[A-ZĐ])\s?[)”\"]")
_CALLED = lazy(
    r"(?:gọi|viết)\s+(?:chung\s+)?tắt\s+(?:là|:)\s*:?\s*[“\"]?([^\s“”\"().,;:][^“”\"().,;:\n]{0,40}?)[”\"]?\s*(?=[).,;:\n]|$)"
)
_WORD = lazy(r"[^\W\d_]+|&")
REACH = 240
"""How far before an abbreviation, in characters, its full form may begin."""
_SKIPPED = frozenset("và của các về cho &".split())


def find_abbreviations(text: str) -> dict[str, str]:
    """The abbreviations that stand for something in `text`: short form to full form.

    An introduction in the text (`nông thôn mới (NTM)`, `sau đây gọi tắt là …`) wins over the standing list; of the
    standing ones only those that the text uses are given. A short form whose letters do not fit the words before it is
    left out.
    """
    return {word: full for word, full in standing().items() if word in text and _uses(text, word)} | introduced(text)


def introduced(text: str) -> dict[str, str]:
    """The abbreviations that `text` itself introduces: short form to full form."""
    found: dict[str, str] = {}
    for match in _INTRODUCED.finditer(text):
        full = _spelled(match[1], text[max(0, match.start() - REACH) : match.start()])
        if full:
            found[match[1]] = full
    for match in _CALLED.finditer(text):
        short = match[1].strip()
        before = text[max(0, match.start() - REACH) : match.start()]
        full = _spelled(short, before.rpartition("(")[0] or before) or _same_start(short, before)
        if full:
            found[short] = full
    return found


@lru_cache(maxsize=1)
def standing() -> dict[str, str]:
    """The abbreviations that need no introduction."""
    entries: list[dict[str, Any]] = patterns.load("abbreviations")["abbreviation"]
    return {word: full for entry in entries for word, full in entry["words"].items()}


def check_surfaces(entry: dict[str, Any], text: str) -> list[str]:
    """For `patterns/abbreviations.toml`: the standing abbreviations of `entry` that `text` uses, in order."""
    known = find_abbreviations(text)
    return [m[0] for m in _TOKEN.finditer(text) if m[0] in entry["words"] and m[0] in known]


_TOKEN = lazy(r"[A-ZĐƯ][A-ZĐƯ&-]*[A-ZĐƯ]")


def _uses(text: str, word: str) -> bool:
    """Whether `word` stands in `text` as a word of its own."""
    at = text.find(word)
    while at >= 0:
        before, after = text[at - 1 : at] if at else "", text[at + len(word) : at + len(word) + 1]
        if not (before.isalpha() or after.isalpha()):
            return True
        at = text.find(word, at + len(word))
    return False


def _spelled(short: str, before: str) -> str | None:
    """The words at the end of `before` whose first letters are those of `short`."""
    letters = [c.upper() for c in short if c.isalpha()]
    spans = [(m.start(), m[0]) for m in _WORD.finditer(before)]
    if not letters or len(letters) < 2:
        return None
    at = len(spans)
    for letter in reversed(letters):
        at -= 1
        while at >= 0 and spans[at][1][0].upper() != letter and spans[at][1].lower() in _SKIPPED:
            at -= 1
        if at < 0 or spans[at][1][0].upper() != letter:
            return None
    full = " ".join(before[spans[at][0] :].split()).rstrip(' ,(“"')
    return full or None


def _same_start(short: str, before: str) -> str | None:
    """The phrase before that opens with its own short form: `Chương trình hỗ trợ … (gọi tắt là Chương trình)`."""
    words = short.split()
    if not words or not words[0][:1].isupper():
        return None
    phrase = before.rpartition("(")[0] if "(" in before else before
    at = phrase.rfind(words[0] + " ")
    full = " ".join(phrase[at:].split()).rstrip(" ,;") if at >= 0 else ""
    return full if len(full) > len(short) else None
