"""Legacy Vietnamese fonts inside a PDF: words whose letters are TCVN3 or VNI codes become Unicode, font by font."""

from __future__ import annotations

import ctypes
from collections import defaultdict
from typing import Any

import pypdfium2.raw as pdfium

from extractor.reading.encodings import convert, legacy_for, may_be_legacy, with_shown_hyphens
from extractor.reading.pdf_words import PageWords


def mend_fonts(found: PageWords, textpage: Any) -> PageWords:
    """`found` with the words of legacy fonts converted. Fonts are asked for only where suspicious letters stand."""
    if not may_be_legacy(found.words):
        return found
    by_font: dict[str, list[int]] = defaultdict(list)
    for at, first in enumerate(found.firsts):
        by_font[_font_at(textpage, first)].append(at)
    words = list(found.words)
    for font, places in by_font.items():
        legacy = legacy_for([words[at] for at in places], font)
        if legacy is not None:
            for at in places:
                word = convert(words[at], legacy, font)
                words[at] = with_shown_hyphens(word) if legacy == "tcvn3" else word
    return found._replace(words=tuple(words))


def _font_at(textpage: Any, at: int) -> str:
    """The name of the font of the character at pdfium's index `at`, "" where it has none."""
    buffer = ctypes.create_string_buffer(128)
    length = pdfium.FPDFText_GetFontInfo(textpage, at, buffer, len(buffer), None)
    return buffer.raw[: max(0, length - 1)].decode("utf-8", "replace") if 0 < length <= len(buffer) else ""
