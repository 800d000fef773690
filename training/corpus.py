"""The words that lines are drawn from: reports of corpus/ and of ../shared, names of places; never evaluation text.

A report that is evaluated on gives nothing; of the others every paragraph goes that shares eight words in a row with
one that is, because reports of one office repeat their sentences.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from extractor.recognising.alphabet import folded
from training import kit

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"

RUN = 8
"""Words in a row that may not be shared with a text of evaluation."""

_PARAGRAPH = re.compile(r"\n\s*\n|(?<=[.;:])\n")
_LETTERS = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Corpus:
    """Paragraphs as lists of words, and official names of places."""

    paragraphs: tuple[tuple[str, ...], ...]
    places: tuple[str, ...]


def load(shared: Path = SHARED) -> Corpus:
    """All that may be trained on, the texts of `shared` only where that folder is there; of a kit where one is."""
    if (kit.KIT / kit.TEXT).exists():
        packed = json.loads((kit.KIT / kit.TEXT).read_text(encoding="utf8"))
        return Corpus(tuple(map(tuple, packed["paragraphs"])), tuple(packed["places"]))
    held = runs(evaluation_texts(shared))
    paragraphs = [p for text in training_texts(shared) for p in _paragraphs(text) if not held & runs([" ".join(p)])]
    return Corpus(tuple(paragraphs), tuple(_places()))


def evaluated() -> list[str]:
    """The names of the reports whose pages recognition is evaluated on: all that corpus/ has as PDF."""
    return sorted(path.stem for path in (ROOT / "corpus").glob("*.pdf"))


def evaluation_texts(shared: Path = SHARED) -> Iterator[str]:
    """What must not be trained on. Of the real pages in `shared` one has its text; the others are in no corpus."""
    for name in evaluated():
        yield (ROOT / "gold" / f"{name}.txt").read_text(encoding="utf8")
    for path in sorted((shared / "reports" / "pdf").glob("*_gt.txt")):
        yield path.read_text(encoding="utf8")


def training_texts(shared: Path = SHARED) -> Iterator[str]:
    """Whole texts of reports that are not evaluated on."""
    forbidden = set(evaluated())
    for path in sorted((ROOT / "gold").glob("*.txt")):
        if path.stem not in forbidden:
            yield path.read_text(encoding="utf8")
    for path in sorted((shared / "reports" / "text").glob("*.txt")):
        yield path.read_text(encoding="utf8")


def runs(texts: Iterable[str]) -> set[tuple[str, ...]]:
    """Every run of `RUN` words of the texts, without case and signs."""
    found = set()
    for text in texts:
        words = _LETTERS.findall(text.lower())
        found |= {tuple(words[k : k + RUN]) for k in range(len(words) - RUN + 1)}
    return found


def _paragraphs(text: str) -> Iterator[tuple[str, ...]]:
    for part in _PARAGRAPH.split(text):
        words = folded(part).split()
        if words:
            yield tuple(words)


def _places() -> Sequence[str]:
    from extractor.gazetteer import gazetteer

    return sorted({folded(unit.name) for found in gazetteer().by_code.values() for unit in found})
