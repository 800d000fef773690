"""The font of the invisible words: no ink, and a map from its codes to Unicode, so that text copies and is found."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pikepdf

_NAME = "ExtractorGlyphless"
_WIDTH = 500  # of every glyph, in thousandths of an em (scripts/build_pdf_data.py)


class Codes:
    """Two-byte codes for the characters of one document, in the order in which they are met."""

    def __init__(self) -> None:
        self._codes: dict[str, int] = {}

    def __call__(self, text: str) -> bytes:
        """The codes of `text`, one a character."""
        codes = self._codes
        return b"".join(codes.setdefault(c, len(codes) + 1).to_bytes(2, "big") for c in text)

    def font(self, pdf: pikepdf.Pdf) -> pikepdf.Object:
        """The font as an object of `pdf`, for all codes given so far.

        A composite font (ISO 32000-1, 9.7) whose codes all show the one empty glyph, as in Tesseract's PDFs; the map
        to Unicode names each code by itself, since ranges over more than the last byte are not allowed.
        """
        import pikepdf

        name = pikepdf.Name
        program = (files("extractor") / "data" / "glyphless.ttf").read_bytes()
        descriptor = pikepdf.Dictionary(
            Type=name.FontDescriptor, FontName=name("/" + _NAME), Flags=4, FontBBox=[0, -200, _WIDTH, 800],
            ItalicAngle=0, Ascent=800, Descent=-200, CapHeight=800, StemV=80,
            FontFile2=pdf.make_stream(program, Length1=len(program)),
        )  # fmt: skip
        glyphs = b"\0\0" + b"\0\1" * len(self._codes)
        descendant = pikepdf.Dictionary(
            Type=name.Font, Subtype=name.CIDFontType2, BaseFont=name("/" + _NAME), DW=_WIDTH,
            CIDSystemInfo=pikepdf.Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0),
            CIDToGIDMap=pdf.make_stream(glyphs), FontDescriptor=pdf.make_indirect(descriptor),
        )  # fmt: skip
        return pdf.make_indirect(
            pikepdf.Dictionary(
                Type=name.Font, Subtype=name.Type0, BaseFont=name("/" + _NAME), Encoding=name("/Identity-H"),
                DescendantFonts=[pdf.make_indirect(descendant)], ToUnicode=pdf.make_stream(self._to_unicode()),
            )
        )  # fmt: skip

    def _to_unicode(self) -> bytes:
        rows = [b"<%04X> <%s>" % (n, c.encode("utf-16-be").hex().encode()) for c, n in self._codes.items()]
        return to_unicode_map(2, b"bfchar", rows)


def to_unicode_map(length: int, kind: bytes, rows: list[bytes]) -> bytes:
    """A ToUnicode CMap (ISO 32000-1, 9.10.3) of codes of `length` bytes; at most 100 rows stand in one block."""
    low, high = b"00" * length, b"FF" * length
    blocks = [rows[at : at + 100] for at in range(0, len(rows), 100)]
    body = b"".join(b"%d begin%s\n%s\nend%s\n" % (len(b), kind, b"\n".join(b), kind) for b in blocks)
    return (
        b"/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        b"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        b"1 begincodespacerange\n<%s> <%s>\nendcodespacerange\n%sendcmap\n"
        b"CMapName currentdict /CMap defineresource pop\nend\nend\n" % (low, high, body)
    )
