"""Sentences and paragraphs of running text, cheaply: where one ends that reports write.

A paragraph ends at a line end, unless the next line goes on in small letters (a text wrapped by hand). A sentence ends
at `.`, `!`, `?` or `…` before a capital; not behind a label (`1.`, `II.`, `a.`) or a title (`TP. Hà Giang`). Time is
linear.
"""

from __future__ import annotations

from collections.abc import Iterator

from extractor.finding.lazy import lazy

_BREAK = lazy(r"\n+|[.!?…][\"”)]?[^\S\n]+(?=[\"“(]?[^\W\da-zà-ỹđ_])")
_GOES_ON = lazy(r"[^\S\n]*[a-zà-ỹđ]")
_NO_END = lazy(r"(?:^|[\s(])(?:\d{1,2}|[IVX]{1,5}|[A-Za-zĐđ]|TP|Tp|TX|Tx|TT|ThS|Ths|TS|BS|PGS|GS|Th\.S)\.$")
_SPACE = " \t\r\n\u00a0"


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """The spans of the paragraphs that hold anything, without the space around them."""
    start = 0
    for line_end in _BREAK.finditer(text + "\n"):
        if not line_end[0].startswith("\n"):
            continue
        end = line_end.start()
        wrapped = len(line_end[0]) == 1 and _GOES_ON.match(text, line_end.end()) is not None
        if wrapped and text[max(start, end - 3) : end].rstrip()[-1:] not in (".", ";", ":", "!", "?"):
            continue
        if span := _trimmed(text, start, end):
            yield span
        start = line_end.end()


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """The spans of the sentences, each within one paragraph."""
    for begin, close in paragraphs(text):
        start = begin
        for stop in _BREAK.finditer(text, begin, close):
            if stop[0].startswith("\n") or _NO_END.search(text, max(start, stop.start() - 5), stop.start() + 1):
                continue
            if span := _trimmed(text, start, stop.end()):
                yield span
            start = stop.end()
        if span := _trimmed(text, start, close):
            yield span


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start] in _SPACE:
        start += 1
    while end > start and text[end - 1] in _SPACE:
        end -= 1
    return (start, end) if start < end else None
