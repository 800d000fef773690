#!/usr/bin/env python3
"""Check the marks of gold/resolution and score the resolver against them: precision, recall, and what is left open.

    score_resolution.py [--errors] [FILE …]

Precision: of the short forms that the resolver ties to documents, the share tied to exactly those of the gold; one that
the gold does not hold counts as wrong. Recall: of those that the gold ties to documents, the share found so.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from extractor.linking.authorities import resolve_references
from extractor.linking.authorities.keys import read_key
from extractor.model import Reference, ShortForm

FOLDER = Path(__file__).resolve().parents[1] / "gold" / "resolution"
MARK = re.compile(r"⟦(?P<surface>[^⟦⟧¦]+) ¦ (?P<keys>[^⟦⟧¦]+)⟧")
HEAD = re.compile(r"# date=(\d{4}-\d{2}-\d{2}) number=(\S+) type=(.+)")
KEY = re.compile(r"\d+[a-zđ]?(/\d{4})?([/-][\w&.]+)+|(Luật|Bộ luật|Pháp lệnh) .+ (19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Mark:
    """A short form at `start`..`end` of the plain text and the keys that it means; none where it is open."""

    start: int
    end: int
    surface: str
    keys: frozenset[str]


@dataclass(frozen=True, slots=True)
class Gold:
    """One text of the gold."""

    name: str
    day: date
    number: str
    type: str
    text: str
    marks: tuple[Mark, ...]


@dataclass(slots=True)
class Score:
    """Counts over texts, and the errors as lines."""

    right: int = 0
    answered: int = 0
    resolvable: int = 0
    opened: int = 0
    kept_open: int = 0
    errors: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / self.answered if self.answered else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.resolvable if self.resolvable else 1.0


def read(path: Path) -> Gold:
    """The gold text at `path`. Raises ValueError where its form is wrong."""
    head, _, marked = path.read_text(encoding="utf8").partition("\n")
    found = HEAD.fullmatch(head)
    if not found:
        raise ValueError(f"{path.name}: the first line does not give date, number and type")
    text, marks, done = "", [], 0
    for mark in MARK.finditer(marked):
        text += marked[done : mark.start()]
        keys = frozenset() if mark["keys"] == "?" else frozenset(k.strip() for k in mark["keys"].split(";"))
        marks.append(Mark(len(text), len(text) + len(mark["surface"]), mark["surface"], keys))
        text += mark["surface"]
        done = mark.end()
    text += marked[done:]
    if "⟦" in text or "⟧" in text or "¦" in text:
        raise ValueError(f"{path.name}: a mark is not closed")
    return Gold(path.stem, date.fromisoformat(found[1]), found[2], found[3], text, tuple(marks))


def problems(gold: Gold) -> Iterator[str]:
    """Keys that are not canonical, or not cited in full in the text."""
    for mark in gold.marks:
        for key in mark.keys:
            if not KEY.fullmatch(key):
                yield f"{gold.name}: {mark.surface}: {key!r} is no canonical key"
            elif key[0].isdigit() and key not in gold.text:
                yield f"{gold.name}: {mark.surface}: {key} is not cited in the text"


def score(gold: Gold, total: Score) -> None:
    """Add what the resolver makes of `gold` to `total`."""
    found = resolve_references(gold.text, on=gold.day, own_number=gold.number, own_type=gold.type)
    mentions: list[Reference | ShortForm] = [*found.references, *found.short_forms]
    answers = [(mention, _keys(mention)) for mention in mentions if not _is_full(mention)]
    for mark in gold.marks:
        here = [(m, keys) for m, keys in answers if m.start < mark.end and mark.start < m.end]
        keys = frozenset(k for _, some in here for k in some)
        total.resolvable += bool(mark.keys)
        total.answered += bool(keys)
        total.right += bool(keys) and keys == mark.keys
        if not mark.keys:
            total.opened += 1
            total.kept_open += not keys
        if keys != mark.keys:
            reason = "; ".join(str(m.reason) for m, _ in here)
            said = ", ".join(sorted(keys)) or f"open ({reason})"
            total.errors.append(f"{gold.name}: {mark.surface}: {said}, not {', '.join(sorted(mark.keys)) or 'open'}")
    for mention, answer in answers:
        if answer and not any(mention.start < m.end and m.start < mention.end for m in gold.marks):
            total.answered += 1
            total.errors.append(f"{gold.name}: {mention.text} is no short form of the gold")


def _is_full(mention: Reference | ShortForm) -> bool:
    return isinstance(mention, Reference) and read_key(mention.key).whole and mention.reason is None


def _keys(mention: Reference | ShortForm) -> tuple[str, ...]:
    if isinstance(mention, ShortForm):
        return mention.resolved
    return (mention.resolved,) if mention.resolved else ()


def score_all(paths: Sequence[Path]) -> Score:
    """The score over all texts at `paths`."""
    total = Score()
    for path in paths:
        score(read(path), total)
    return total


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--errors", action="store_true", help="list what is wrong")
    options = parser.parse_args()
    paths = options.files or sorted(FOLDER.glob("[0-9]*.txt"))
    faults = [line for path in paths for line in problems(read(path))]
    print(*faults, sep="\n", end="\n" if faults else "")
    total = score_all(paths)
    if options.errors:
        print(*total.errors, sep="\n")
    marks = total.resolvable + total.opened
    print(
        f"{marks} short forms, {total.opened} of them open: precision {total.precision:.3f}, "
        f"recall {total.recall:.3f}, {total.kept_open} of {total.opened} left open"
    )
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
