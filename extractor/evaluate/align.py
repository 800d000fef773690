"""Where a stretch of one text stands in another that wraps, orders or furnishes the same words differently."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from rapidfuzz.distance import Indel

Span = tuple[int, int]


def squeeze(text: str) -> tuple[str, list[list[int]]]:
    """The non-space characters of `text` in NFC, and for each the offsets in `text` that it stands for."""
    chars: list[str] = []
    offsets: list[list[int]] = []
    for i, c in enumerate(text):
        if c.isspace():
            continue
        if unicodedata.combining(c) and chars:
            chars[-1] = unicodedata.normalize("NFC", chars[-1] + c)
            offsets[-1].append(i)
        else:
            chars.append(unicodedata.normalize("NFC", c))
            offsets.append([i])
    pairs = [(x, o) for c, o in zip(chars, offsets, strict=True) for x in c]
    return "".join(c for c, _ in pairs), [o for _, o in pairs]


@dataclass(frozen=True, slots=True)
class Alignment:
    """Offsets of the raw text's non-space characters, and where they stand in the extracted text."""

    to: dict[int, int]

    @classmethod
    def of(cls, raw: str, text: str) -> Alignment:
        """Align by the fewest insertions and deletions of non-space characters."""
        a, from_raw = squeeze(raw)
        b, from_text = squeeze(text)
        to: dict[int, int] = {}
        for op in Indel.opcodes(a, b):
            if op.tag == "equal":
                for k in range(op.src_end - op.src_start):
                    for i in from_raw[op.src_start + k]:
                        to[i] = from_text[op.dest_start + k][0]
        return cls(to)

    def moved(self, start: int, end: int) -> Span | None:
        """The span in the extracted text, or None where that stretch is gone or torn far apart."""
        hits = [self.to[i] for i in range(start, end) if i in self.to]
        if not hits or max(hits) - min(hits) >= 4 * (end - start) + 40:
            return None
        return min(hits), max(hits) + 1


def overlap(a: Span, b: Span) -> int:
    """How many characters two spans share."""
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))
