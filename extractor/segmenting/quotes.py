"""Quotations that span paragraphs: where the quotation that a paragraph opens is closed.

An amendment quotes the clause that it puts in place (`“2. Các Sở …”`); the quoted numbering stands under the clause
that quotes it until the closing mark.
"""

from __future__ import annotations

from collections.abc import Sequence


def closings(text: str, paragraphs: Sequence[tuple[int, int]]) -> list[int]:
    """For each paragraph the index of the paragraph that closes what it opens (itself where nothing stays open, or
    where the closing mark is missing). Linear in the text."""
    balance = [0]
    for start, end in paragraphs:
        change = text.count("“", start, end) - text.count("”", start, end)
        straight = text.count('"', start, end)
        if straight % 2:
            change += 1 if text.startswith('"', start) else -1
        balance.append(balance[-1] + change)
    found = list(range(len(paragraphs)))
    waiting: list[int] = []
    for i in range(1, len(balance)):
        if balance[i] > balance[i - 1]:
            waiting.append(i - 1)
        while waiting and balance[i] <= balance[waiting[-1]]:
            found[waiting.pop()] = i - 1
    return found
