"""Numbers torn apart at a faint dot (`1 902 375`), and words run together with a number over a speck (`là.318.425`)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

import regex

from extractor.reading.trust import is_syllable
from extractor.recognising.interface import PixelBox, RecognisedWord

Read = Callable[[Sequence[PixelBox]], Sequence[tuple[str, float] | None]]

_NEAR = 0.5
"""Font sizes: a gap in which no more than a dot and a narrow space have room."""

_LEFT = regex.compile(r".*(?:\d|\d[.,/-]|\d.*[-/])")
_RIGHT = regex.compile(r"[.,/-]?\d.*|\p{Lu}{2,}.*")
_WORD_NUMBER = regex.compile(r"(?P<word>[^\W\d_]{2,})(?P<sign>[:;,]?)[.`'’]?(?P<number>\(?\d.*)")
_NUMBER_WORD = regex.compile(
    r"(?P<number>.*?\d(?:[^\W\d_]*-[^\W\d_]+)?)(?P<speck>[.`'’]?)(?P<word>[^\W\d_]{2,}[,;:.]?)"
)
_NUMBER = regex.compile(r"\(?\d{1,3}(?:[.,]\d+)+%?[.,;:)]*|\(?\d{1,4}[/-][\d/.,A-ZĐ-]+[.,;:)]*")


def torn_together(words: Sequence[RecognisedWord], sizes: Sequence[float], read: Read) -> list[RecognisedWord]:
    """The words with the pieces of one number as one word, its text the pieces with spaces between.

    `read` is the second reader, which is asked whether neighbours are pieces (see `whole`).
    """
    runs: list[list[RecognisedWord]] = []
    for word, size in zip(words, sizes, strict=True):
        if runs and _may_be_torn(runs[-1][-1], word, size):
            runs[-1].append(word)
        else:
            runs.append([word])
    torn = [_joined(run) for run in runs if len(run) > 1]
    said = dict(zip([word.ink for word in torn], read([word.ink for word in torn]), strict=True))
    made: list[RecognisedWord] = []
    for run in runs:
        word = _joined(run)
        second = said.get(word.ink)
        made += [word] if second is not None and whole(word.text, second[0]) else run
    return made


def _joined(run: Sequence[RecognisedWord]) -> RecognisedWord:
    x0, top, x1, bottom = zip(*(word.ink for word in run), strict=True)
    text, sure = " ".join(word.text for word in run), min(word.confidence for word in run)
    ink = (min(x0), min(top), max(x1), max(bottom))
    return RecognisedWord(text, ink, run[0].baseline, sure, run[0].line, run[0].raised)


def _may_be_torn(before: RecognisedWord, word: RecognisedWord, size: float) -> bool:
    gap = word.ink[0] - before.ink[2]
    if before.line != word.line or before.raised or word.raised or not -2 <= gap <= _NEAR * size:
        return False
    if not _LEFT.fullmatch(before.text) or not _RIGHT.fullmatch(word.text):
        return False
    return word.text.lstrip(".,/-")[:1].isdigit() or before.text[-1] in "-/"


def whole(torn: str, said: str) -> str | None:
    """The one number or symbol that `torn` is the pieces of, where the second reader sees one (`said`, with spaces as
    it saw them); else None."""
    from extractor.recognising.confusable import bare

    if " " in said.strip() or not _NUMBER.fullmatch(said):
        return None
    pieces = bare(torn.replace(" ", ""))
    if [c for c in pieces if c.isalnum()] != [c for c in said if c.isalnum()]:
        return None
    if any(c.isalpha() for c in torn):  # its letters stand in the pieces alone
        return torn.replace(" ", "") if pieces == said else None
    return said


def unglued(text: str) -> str:
    """`text` with a word set apart from the number that it is glued to."""
    match = _WORD_NUMBER.fullmatch(text)
    if match and _is_word(match["word"]):
        return f"{match['word']}{match['sign']} {match['number']}"
    match = _NUMBER_WORD.fullmatch(text)
    word = match["word"].rstrip(",;:.") if match else ""
    if match is None or not word.islower() or not is_syllable(word) or (len(word) < 3 and word.isascii()):
        return text  # no word, or a unit: 5ha, 12kg
    return f"{match['number']} {match['word']}"


def _is_word(letters: str) -> bool:
    return is_syllable(letters) and (letters.islower() or letters[1:].islower())


def opening(words: Sequence[RecognisedWord]) -> list[bool]:
    """For each word whether it opens its line."""
    return [True, *(a.line != b.line for a, b in pairwise(words))] if words else []
