"""A searchable PDF written from an original and its recognised pages."""

from __future__ import annotations

import io
import shutil
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from extractor.batch.writing import write_whole_by
from extractor.errors import ExtractorError, ReportError, one_line
from extractor.pages import SourcePage
from extractor.searchable.font import Codes
from extractor.searchable.layer import FONT, text_layer
from extractor.searchable.pictures import picture_pdf

if TYPE_CHECKING:
    import pikepdf


class OverOriginal(ReportError):
    """The searchable PDF would be written over the report that it is made of."""

    remedy = "choose another --out: originals are never overwritten"


@dataclass(frozen=True, slots=True)
class _Layer:
    number: int
    width: float
    height: float
    drawn: bytes  # compressed


@dataclass(slots=True)
class Layers:
    """The text layers of a report's recognised pages, kept while its pages are read."""

    codes: Codes = field(default_factory=Codes)
    layers: list[_Layer] = field(default_factory=list)
    sizes: list[tuple[float, float] | None] = field(default_factory=list)

    def take(self, page: SourcePage) -> None:
        """Keep what is needed of a page; a page that was not recognised needs no layer."""
        size = (page.width, page.height) if page.width and page.height else None
        self.sizes.append(size)
        if page.source == "ocr" and size:
            drawn = zlib.compress(text_layer(page, self.codes))
            self.layers.append(_Layer(page.number, *size, drawn))


def write_searchable(
    path: Path, kind: str, layers: Layers, target: Path, *, parts: Path, pdfa: bool = False
) -> tuple[str, ...]:
    """Write the PDF or picture at `path` to `target` with `layers` on its pages; what there is to say of it.

    kind: "pdf" or "picture". A PDF in which nothing was recognised is copied byte by byte, unless it is to be PDF/A.
    Warnings say why there is no PDF, why it is no PDF/A, which old text may still be found, and that a digital
    signature does not hold in the copy. Raises OverOriginal, DiskFull, CannotWrite.
    """
    import pikepdf

    if target.exists() and target.samefile(path):
        raise OverOriginal("the searchable PDF would be written over it", path=path)
    if kind == "pdf" and not layers.layers and not pdfa:
        with path.open("rb") as original:
            write_whole_by(target, lambda file: shutil.copyfileobj(original, file), parts=parts)
        return ()
    warnings: list[str] = []
    try:
        given: Path | io.BytesIO = path
        if kind == "picture":
            given = io.BytesIO(picture_pdf(path, layers.sizes))
        with pikepdf.open(given) as pdf:
            if layers.layers:
                warnings += _add(pdf, layers)
                warnings += _unsign(pdf)
            archival = False
            if pdfa:
                why = _make_pdfa(pdf)
                archival = not why
                if why:
                    warnings.append(f"PDF/A: not made: {why}")
                    if kind == "pdf" and not layers.layers:
                        return (*warnings, *write_searchable(path, kind, layers, target, parts=parts))
            write_whole_by(target, lambda file: _save(pdf, file, archival), parts=parts)
    except ExtractorError:
        raise
    except Exception as error:  # what pikepdf, img2pdf and Pillow raise over a file that the reader could still read
        if isinstance(error, OSError) and error.errno is not None:
            raise
        warnings.append(f"searchable PDF: not made: {one_line(error)}")
    return tuple(warnings)


def _save(pdf: pikepdf.Pdf, file: BinaryIO, archival: bool) -> None:
    """Save with the pictures' own bytes; only LZW, which PDF/A forbids, is unpacked there. The same file every time."""
    import pikepdf

    if archival:
        pdf.save(
            file, deterministic_id=True, force_version="1.7", stream_decode_level=pikepdf.StreamDecodeLevel.generalized
        )
    else:
        pdf.save(file, deterministic_id=True, stream_decode_level=pikepdf.StreamDecodeLevel.none)


def _add(pdf: pikepdf.Pdf, layers: Layers) -> list[str]:
    """Put the layers on their pages."""
    import pikepdf

    from extractor.searchable.old_text import OldText

    warnings = []
    old = OldText(pdf)
    font = layers.codes.font(pdf)
    for layer in layers.layers:
        if layer.number > len(pdf.pages):
            warnings.append(f"searchable PDF: page {layer.number} is not in the file")
            continue
        page = pdf.pages[layer.number - 1]
        try:
            doubt = old.hide(page)
        except Exception as error:  # instructions that cannot be parsed: the page is left as it is
            doubt = one_line(error)
        if doubt:
            warnings.append(f"searchable PDF: page {layer.number}: its old text may still be found: {doubt}")
        placed = _placed(page, layer)
        if placed is None:
            warnings.append(f"searchable PDF: page {layer.number}: shown in another shape than it was recognised in")
            continue
        resources = page.obj.get("/Resources", pikepdf.Dictionary())
        page.obj.Resources = pikepdf.Dictionary(dict(resources.items()))
        page.obj.Resources["/Font"] = pikepdf.Dictionary(dict(resources.get("/Font", {}).items()))
        page.obj.Resources["/Font"][FONT] = font
        # Before the page's own instructions: what these do to the coordinates cannot reach it.
        page.contents_add(b"q %s cm\n%sQ\n" % (placed, zlib.decompress(layer.drawn)), prepend=True)
    return warnings


def _placed(page: pikepdf.Page, layer: _Layer) -> bytes | None:
    """The matrix from points of the page as shown (y upwards) to the page's own space: its crop box and rotation."""
    box = [float(v) for v in page.cropbox]
    media = [float(v) for v in page.mediabox]
    left, right = max(min(box[::2]), min(media[::2])), min(max(box[::2]), max(media[::2]))
    low, top = max(min(box[1::2]), min(media[1::2])), min(max(box[1::2]), max(media[1::2]))
    wide, high = right - left, top - low
    turns = int(page.rotation) // 90 % 4
    shown_wide, shown_high = (high, wide) if turns % 2 else (wide, high)
    x, y = shown_wide / layer.width, shown_high / layer.height
    if not 0.98 < x / y < 1.02:
        return None
    matrix = ((x, 0, 0, y, left, low), (0, x, -y, 0, right, low), (-x, 0, 0, -y, right, top),
              (0, -x, y, 0, left, top))[turns]  # fmt: skip
    return b" ".join(b"%.6g" % v for v in matrix)


def _unsign(pdf: pikepdf.Pdf) -> list[str]:
    """Take the digital signatures out of a copy in which they cannot hold, so that it does not show them as broken.

    Their stamps stay on the page.
    """
    import pikepdf

    signed = False
    for page in pdf.pages:
        for widget in page.obj.get("/Annots", ()):
            for field_ in (widget, widget.get("/Parent")):
                if isinstance(field_, pikepdf.Dictionary) and field_.get("/FT") == "/Sig" and "/V" in field_:
                    del field_["/V"]
                    signed = True
    if not signed:
        return []
    if "/Perms" in pdf.Root:
        del pdf.Root["/Perms"]
    if isinstance(pdf.Root.get("/AcroForm"), pikepdf.Dictionary) and "/SigFlags" in pdf.Root.AcroForm:
        del pdf.Root.AcroForm["/SigFlags"]
    return ["searchable PDF: a copy with a text layer cannot keep a digital signature; the original does"]


def _make_pdfa(pdf: pikepdf.Pdf) -> str:
    """Make `pdf` PDF/A; or why it cannot be."""
    from extractor.searchable import pdfa

    pdf.remove_unreferenced_resources()
    why = pdfa.obstacles(pdf)
    if why:
        more = f"; and {len(why) - 3} more" if len(why) > 3 else ""
        return "; ".join(why[:3]) + more
    pdfa.make(pdf)
    return ""
