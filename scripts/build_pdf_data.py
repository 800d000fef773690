#!/usr/bin/env python
"""Make extractor/data/glyphless.ttf and srgb.icc, which searchable PDFs carry.

The font has one glyph without area, half an em wide: a viewer needs it to know where invisible words stand. The
profile is Little CMS's own sRGB (its text: "No copyright, use freely"), with its date fixed; PDF/A needs one to say
what the colours of a scan mean. Run it again only to change them.
"""

from __future__ import annotations

import struct
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from PIL import ImageCms

DATA = Path(__file__).resolve().parent.parent / "extractor" / "data"
BORN = 3_786_912_000  # 2024-01-01, in seconds since 1904: the same file at every run


def font() -> None:
    """One glyph besides .notdef; 1000 units an em, 800 above the baseline and 200 below. It is a line there and back,
    which encloses nothing: pdfium finds no words on turned pages in a font whose glyphs have no height."""
    pen = TTGlyphPen(None)
    pen.moveTo((0, -200))
    pen.lineTo((500, 800))
    pen.closePath()
    made = FontBuilder(1000, isTTF=True)
    made.setupGlyphOrder([".notdef", "word"])
    made.setupCharacterMap({0x20: "word"})
    made.setupGlyf({".notdef": TTGlyphPen(None).glyph(), "word": pen.glyph()})
    made.setupHorizontalMetrics({".notdef": (500, 0), "word": (500, 0)})
    made.setupHorizontalHeader(ascent=800, descent=-200)
    made.setupNameTable({"familyName": "ExtractorGlyphless", "styleName": "Regular", "psName": "ExtractorGlyphless"})
    made.setupOS2(sTypoAscender=800, sTypoDescender=-200, usWinAscent=800, usWinDescent=200)
    made.setupPost(keepGlyphNames=False)
    made.font["head"].created = made.font["head"].modified = BORN
    made.font.recalcTimestamp = False
    made.save(DATA / "glyphless.ttf")


def profile() -> None:
    """sRGB. Of its header the version (bytes 8 to 12) is set to 4.2, the last that ISO 32000-1 names and all that it
    uses, the date (24 to 36) is fixed, and the checksum (84 to 100) left out, as the format allows."""
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    data[8:12] = b"\x04\x20\0\0"
    data[24:36] = struct.pack(">6H", 2024, 1, 1, 0, 0, 0)
    data[84:100] = bytes(16)
    (DATA / "srgb.icc").write_bytes(data)


if __name__ == "__main__":
    font()
    profile()
