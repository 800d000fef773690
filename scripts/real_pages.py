#!/usr/bin/env python3
"""Real scans that were transcribed by eye: how many words of a page are read wrong.

    real_pages.py FOLDER      # writes scripts/scans/real/NAME.txt from the transcripts FOLDER/NAME-PAGE.txt

The scans lie in ../shared, whose sentences stay out of this project. So each word is kept as 12 bits of its salted
SHA-256: enough to count errors in words (a wrong word passes for right once in 4,096 times), too few to say which word
it was. `#` behind a word says that it holds a digit. One line is one printed line.

Transcribed is print alone: not the stamps, signatures and watermarks, nor the numbers of pages, which the layout leaves
out, nor what was written by hand ("[viết tay]" in a transcript): handwriting read as print counts as wrong.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from scans.measure import folded

KEPT = Path(__file__).resolve().parent / "scans" / "real"
HANDWRITTEN = "[viết tay]"
_PAGE = "# page "


@dataclass(frozen=True, slots=True)
class RealPage:
    """A page of a scan in ../shared/reports/pdf: the file's name, the page's number from 1, its words as `marks`."""

    file: str
    number: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Errors:
    """Of a page's `words` those read wrong, by edit distance, and whatever their order: then a word counts that is
    missing, or one too many, the larger number of both. Of its `numbers` (words with a digit) those found as often."""

    words: int
    wrong: int
    wrong_unordered: int
    numbers: int
    numbers_right: int


def main() -> None:
    """Keep the transcripts of a folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("transcripts", type=Path)
    parser.add_argument("--out", type=Path, default=KEPT)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    for name in sorted({path.stem.rpartition("-")[0] for path in options.transcripts.glob("*-*.txt")}):
        found = sorted(options.transcripts.glob(f"{name}-*.txt"), key=lambda path: int(path.stem.rpartition("-")[2]))
        target = options.out / f"{name}.txt"
        target.write_text("".join(_kept(name, path) for path in found), encoding="ascii")
        print(f"{target}: {len(found)} pages")


def _kept(name: str, path: Path) -> str:
    lines = path.read_text(encoding="utf8").replace(HANDWRITTEN, " ").splitlines()
    rows = [" ".join(marks(line, name)) for line in lines if line.strip()]
    return "\n".join([_PAGE + path.stem.rpartition("-")[2], *rows, ""])


def marks(text: str, salt: str) -> list[str]:
    """The words of a text as they are kept. salt: the name of the scan without its ending."""
    return [_mark(word, salt) for word in folded(text).split()]


def _mark(word: str, salt: str) -> str:
    return hashlib.sha256(f"{salt}\0{word}".encode()).hexdigest()[:3] + "#" * any(c.isdigit() for c in word)


def transcribed(folder: Path = KEPT) -> Iterator[RealPage]:
    """The pages that are kept, in the order of their files."""
    for path in sorted(folder.glob("*.txt")):
        for part in path.read_text(encoding="ascii").split(_PAGE)[1:]:
            number, _, rest = part.partition("\n")
            yield RealPage(f"{path.stem}.pdf", int(number), tuple(rest.split()))


def errors(wanted: Sequence[str], got: Sequence[str]) -> Errors:
    """What is wrong of a page's words, both sides as `marks`."""
    from rapidfuzz.distance import Levenshtein

    right, read = Counter(wanted), Counter(got)
    missing, more = right - read, read - right
    numbers, missed = (sum(count for word, count in some.items() if word.endswith("#")) for some in (right, missing))
    return Errors(
        len(wanted), Levenshtein.distance(wanted, got), max(missing.total(), more.total()), numbers, numbers - missed
    )


if __name__ == "__main__":
    main()
