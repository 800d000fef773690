"""PDF/A-2b of scans: what the standard asks for is there, what it forbids is not, and what cannot be vouched for is
said by name and made a plain searchable PDF."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from extractor.reading import open_source
from tests.recognised import born_digital, picture, scan, words_of
from tests.test_searchable import INVISIBLE, flat, images, made, tool, with_old_text

NAME = pikepdf.Name


@pytest.fixture(scope="module")
def text(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return born_digital(tmp_path_factory.mktemp("text") / "text.pdf")


def check(path: Path) -> None:
    """The clauses of ISO 19005-2 that concern a scan with a text layer."""
    raw = path.read_bytes()
    assert raw.startswith(b"%PDF-1.7\n%")
    assert all(byte > 127 for byte in raw[10:14])  # 6.1.2
    assert raw.rstrip().endswith(b"%%EOF")
    assert re.search(rb"<pdfaid:part[^>]*>2</pdfaid:part>", raw)  # 6.6.2.1: in the clear
    assert re.search(rb"<pdfaid:conformance[^>]*>B</pdfaid:conformance>", raw)
    with pikepdf.open(path) as pdf:
        assert not pdf.is_encrypted
        assert "/ID" in pdf.trailer
        (intent,) = pdf.Root.OutputIntents  # 6.2.3
        profile = intent.DestOutputProfile
        assert (intent.S, profile.N) == ("/GTS_PDFA1", 3)
        assert profile.read_bytes()[8:24] == b"\x04\x20\0\0mntrRGB XYZ "
        assert not {"/AA", "/OpenAction", "/AcroForm", "/OCProperties", "/Perms"} & set(pdf.Root.keys())
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Stream):
                assert thing.get("/Filter") != "/LZWDecode"
                assert "/Interpolate" not in thing
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/Font":
                check_font(thing)
        with pdf.open_metadata() as meta:
            assert meta["pdfaid:part"] == "2"
            assert meta.get("dc:title", "") == str(pdf.docinfo.get("/Title", ""))
            assert ("xmp:CreateDate" in meta) == ("/CreationDate" in pdf.docinfo)


def check_font(font: pikepdf.Object) -> None:
    """6.2.11: embedded, widths as in the program, every code with its glyph and its Unicode value."""
    if font.Subtype == "/CIDFontType2":
        assert font.FontDescriptor.FontFile2.read_bytes()[:4] == b"\0\1\0\0"
        assert (font.DW, "/W" in font) == (500, False)
        glyphs = font.CIDToGIDMap.read_bytes()
        assert set(glyphs[3::2]) == {1}
    else:
        assert font.Subtype == "/Type0"
        assert b"beginbfchar" in font.ToUnicode.read_bytes()


def test_a_scan(text: Path, tmp_path: Path) -> None:
    pages = words_of(text)
    path = scan(text, tmp_path / "a.pdf")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for thing in pdf.pages[0].resources.XObject.values():
            thing.Interpolate = True
        pdf.Root.OpenAction = pikepdf.Dictionary(S=NAME.JavaScript, JS="app.alert(1)")
        pdf.docinfo["/Title"] = "Báo cáo 47"
        pdf.docinfo["/CreationDate"] = "D:20231205081500+07'00'"
        pdf.docinfo["/ModDate"] = "yesterday"
        links = [
            pikepdf.Dictionary(Type=NAME.Annot, Subtype=NAME.Link, Rect=[0, 0, 9, 9], A=pikepdf.Dictionary(**action))
            for action in ({"S": NAME.URI, "URI": "https://example.org"}, {"S": NAME.Launch, "F": "x.exe"})
        ]
        pdf.pages[0].obj.Annots = [pdf.make_indirect(link) for link in links]
        pdf.save(path, force_version="2.0")
    target, report = made(path, pages, pdfa=True)
    assert report.warnings == ()
    check(target)
    with pikepdf.open(target) as pdf:
        assert [(link.F, "/A" in link) for link in pdf.pages[0].obj.Annots] == [(4, True), (4, False)]
    assert "No syntax" in tool("qpdf", "--check", target)
    assert [flat(p.words) for p in open_source(target).pages] == [flat(p.words) for p in pages]
    assert images(target) == images(path)
    assert made(path, pages, pdfa=True)[0].read_bytes() == target.read_bytes()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF"])
def test_a_picture(text: Path, tmp_path: Path, kind: str) -> None:
    (tmp_path / "a").with_suffix("." + kind.lower()).write_bytes(picture(text, 0, kind))
    target, report = made((tmp_path / "a").with_suffix("." + kind.lower()), words_of(text)[:1], pdfa=True)
    assert report.warnings == ()
    check(target)


def test_an_old_layer_that_was_removed_is_no_obstacle(text: Path, tmp_path: Path) -> None:
    old = with_old_text(scan(text, tmp_path / "s.pdf"), tmp_path / "a.pdf", INVISIBLE)
    target, report = made(old, words_of(text), pdfa=True)
    assert report.warnings == ()
    check(target)


def attach(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["x.txt"] = pikepdf.AttachedFileSpec(pdf, b"x")


def ink(pdf: pikepdf.Pdf) -> None:
    pdf.pages[1].contents_add(b"0 0 0 1 k 0 0 9 9 re f")


def cmyk(pdf: pikepdf.Pdf) -> None:
    for thing in pdf.pages[0].resources.XObject.values():
        thing.ColorSpace = pikepdf.Array([NAME.Indexed, NAME.DeviceCMYK, 0, b"\0\0\0\0"])


def jpeg2000(pdf: pikepdf.Pdf) -> None:
    for thing in pdf.pages[0].resources.XObject.values():
        thing.Filter = NAME.JPXDecode


def layers(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OCProperties = pikepdf.Dictionary(OCGs=[], D=pikepdf.Dictionary())


def note(pdf: pikepdf.Pdf) -> None:
    made = pikepdf.Dictionary(Type=NAME.Annot, Subtype=NAME.FreeText, Rect=[0, 0, 9, 9], Contents="x")
    pdf.pages[1].obj.Annots = [pdf.make_indirect(made)]


def external(pdf: pikepdf.Pdf) -> None:
    for thing in pdf.pages[0].resources.XObject.values():
        thing.OPI = pikepdf.Dictionary()


def transfer(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].resources.ExtGState = pikepdf.Dictionary(G0=pikepdf.Dictionary(TR=NAME.Identity))


def bookmark(pdf: pikepdf.Pdf) -> None:
    action = pikepdf.Dictionary(S=NAME.JavaScript, JS="app.alert(1)")
    item = pdf.make_indirect(pikepdf.Dictionary(Title="x", A=action))
    pdf.Root.Outlines = pdf.make_indirect(pikepdf.Dictionary(First=item, Last=item, Count=1))


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (attach, "it has attached files"),
        (ink, "page 2: colours given as printing inks (CMYK)"),
        (cmyk, "page 1: colours given as printing inks (CMYK)"),
        (jpeg2000, "page 1: a JPEG 2000 picture, which is not checked"),
        (bookmark, "it has actions that do more than lead somewhere"),
        (layers, "it has layers that can be switched"),
        (note, "page 2: an annotation (FreeText), whose looks cannot be checked"),
        (external, "page 1: OPI"),
        (transfer, "page 1: a transfer function"),
    ],
)
def test_what_cannot_be_pdfa_says_so(
    text: Path, tmp_path: Path, spoil: Callable[[pikepdf.Pdf], None], why: str
) -> None:
    path = scan(text, tmp_path / "a.pdf")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        spoil(pdf)
        pdf.save(path)
    target, report = made(path, words_of(text), pdfa=True)
    assert report.warnings == (f"PDF/A: not made: {why}",)
    assert b"pdfaid" not in target.read_bytes()
    assert "bão." in next(iter(open_source(target).pages)).words


def test_a_born_digital_pdf_is_copied_and_named(text: Path, tmp_path: Path) -> None:
    shutil.copy(text, tmp_path / "a.pdf")
    target, report = made(tmp_path / "a.pdf", [replace(p, source="text") for p in words_of(text)], pdfa=True)
    (warning,) = report.warnings
    assert warning.startswith("PDF/A: not made: page 1: text in the file's own font ")
    assert warning.endswith(", which cannot be checked")
    assert target.read_bytes() == text.read_bytes()
