"""PDFs that are broken on purpose: ours mutated, and fault patterns that pypdf's and pdfium's trackers know, rebuilt.

Each generator yields (name, bytes). Everything is made from a fixed seed.
"""

from __future__ import annotations

import random
import re
import zlib
from collections.abc import Iterator
from pathlib import Path

TEXT = b"BT /F1 12 Tf 72 700 Td (Bao cao ket qua giam ngheo nam 2023 cua xa Minh Son, 42 ho) Tj ET"


def all_pdfs(bases: list[Path]) -> Iterator[tuple[str, bytes]]:
    """Every broken PDF."""
    for base in bases:
        data = base.read_bytes()
        for name, broken in (*_cut(data), *_flipped(data), *_shuffled(data), *_directory(data)):
            yield f"{base.stem}-{name}.pdf", broken
    for name, broken in (*_trees(), *_boxes(), *_streams(), *_fonts(), *_loops(), *_syntax()):
        yield f"made-{name}.pdf", broken


def slow_pdfs() -> Iterator[tuple[str, bytes]]:
    """Those that keep a reader busy: bombs, a page tree that promises 100,000 pages."""
    bomb = zlib.compress(b"q Q " * 15_000_000, 9)
    yield "made-flate-bomb.pdf", document(o4=stream(bomb, b"/Filter /FlateDecode"))
    twice = stream(zlib.compress(bomb), b"/Filter [/FlateDecode /FlateDecode]")
    yield "made-flate-bomb-twice.pdf", document(o4=twice)
    yield "made-count-100000.pdf", document(o2=b"<< /Type /Pages /Kids [3 0 R] /Count 100000 >>")
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 100 100] /Resources 6 0 R"
    names = b"".join(b"/X%d %d 0 R " % (n, 9 + n) for n in range(1, 24))
    yield "made-form-doubling.pdf", document(  # each draws the next twice: 2^22 drawings
        o4=stream(TEXT + b" /X1 Do"),
        o6=b"<< /Font << /F1 5 0 R >> /XObject << %s >> >>" % names,
        **{f"o{9 + n}": stream(b"/X%d Do /X%d Do" % (n + 1, n + 1), form) for n in range(1, 23)},
        o32=stream(b"0 0 m 9 9 l S", form),
    )


def pdf(objects: dict[int, bytes], trailer: bytes = b"/Root 1 0 R") -> bytes:
    """A PDF of numbered objects, with a directory that is right."""
    out, places = bytearray(b"%PDF-1.7\n"), {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start, size = len(out), max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        out += b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 65535 f \n"
    return bytes(out + b"trailer << /Size %d %s >>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, start))


def stream(data: bytes, more: bytes = b"") -> bytes:
    """A stream object."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), more, data)


def document(**changed: bytes) -> bytes:
    """A one-page PDF of seven objects (catalog, tree, page, content, font, …) with those named `oN` replaced."""
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources 6 0 R >>",
        4: stream(TEXT),
        5: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        6: b"<< /Font << /F1 5 0 R >> /XObject << /X1 7 0 R >> >>",
        7: stream(b"0 0 m 10 10 l S", b"/Type /XObject /Subtype /Form /BBox [0 0 100 100]"),
    }
    return pdf(objects | {int(name[1:]): body for name, body in changed.items()})


def _cut(data: bytes) -> Iterator[tuple[str, bytes]]:
    for share in (0.001, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.97, 0.99, 0.999):
        yield f"cut-{share}", data[: int(len(data) * share)]
        yield f"padded-{share}", data[: int(len(data) * share)] + bytes(len(data) - int(len(data) * share))
    yield "no-head", data[1024:]
    yield "junk-before", b"\0junk\n" * 300 + data
    yield "twice", data + data


def _flipped(data: bytes) -> Iterator[tuple[str, bytes]]:
    for flips in (1, 10, 100, 2000):
        for seed in range(4):
            chance, broken = random.Random(flips * 100 + seed), bytearray(data)
            for _ in range(flips):
                broken[chance.randrange(len(broken))] ^= 1 << chance.randrange(8)
            yield f"flip-{flips}-{seed}", bytes(broken)


def _shuffled(data: bytes) -> Iterator[tuple[str, bytes]]:
    for seed in range(4):
        chance = random.Random(seed)
        size = chance.choice([64, 512, 4096])
        parts = [data[at : at + size] for at in range(0, len(data), size)]
        a, b = chance.randrange(len(parts)), chance.randrange(len(parts))
        yield f"zeroed-{seed}", b"".join(bytes(len(p)) if i == a else p for i, p in enumerate(parts))
        yield f"removed-{seed}", b"".join(p for i, p in enumerate(parts) if i != a)
        yield f"doubled-{seed}", b"".join(p + p if i == a else p for i, p in enumerate(parts))
        yield f"swapped-{seed}", b"".join(parts[b if i == a else a if i == b else i] for i in range(len(parts)))
    yield "newlines", data.replace(b"\n", b"\r\n")  # sent as text by mail
    yield "7-bit", bytes(byte & 0x7F for byte in data)
    yield "utf8", data.decode("latin-1").encode("utf8")


def _directory(data: bytes) -> Iterator[tuple[str, bytes]]:
    yield "xref-0", re.sub(rb"startxref\s+\d+", b"startxref\n0", data)
    yield "xref-beyond", re.sub(rb"startxref\s+\d+", b"startxref\n999999999999", data)
    yield "xref-negative", re.sub(rb"startxref\s+\d+", b"startxref\n-5", data)
    yield "xref-off", re.sub(rb"startxref\s+(\d+)", lambda m: b"startxref\n%d" % (int(m[1]) + 7), data)
    yield "no-startxref", data.replace(b"startxref", b"startxxxx")
    yield "no-root", re.sub(rb"/Root\s+\d+ 0 R", b"/Ruut 1 0 R", data)
    yield "root-missing", re.sub(rb"/Root\s+\d+ 0 R", b"/Root 9999 0 R", data)
    yield "size-small", re.sub(rb"/Size\s+\d+", b"/Size 2", data)
    yield "size-huge", re.sub(rb"/Size\s+\d+", b"/Size 2147483647", data)
    yield "prev-itself", re.sub(rb"/Size", lambda m: b"/Prev %d /Size" % data.rfind(b"xref"), data)
    yield "lengths-0", re.sub(rb"/Length \d+", b"/Length 0", data)
    yield "lengths-huge", re.sub(rb"/Length \d+", b"/Length 99999999", data)
    yield "lengths-negative", re.sub(rb"/Length \d+", b"/Length -1", data)
    yield "no-endstream", data.replace(b"endstream", b"")
    yield "no-endobj", data.replace(b"endobj", b"")
    yield "no-types", data.replace(b"/Type", b"/Tipe")
    yield "no-contents", data.replace(b"/Contents", b"/Kontents")
    yield "no-fonts", data.replace(b"/Font", b"/Fond")


def _trees() -> Iterator[tuple[str, bytes]]:
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources 6 0 R >>"
    yield "tree-own-kid", document(o2=b"<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 2 >>")
    yield "tree-cycle", document(
        o2=b"<< /Type /Pages /Kids [8 0 R] /Count 1 >>", o8=b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"
    )
    yield "tree-root-is-page", document(o1=b"<< /Type /Catalog /Pages 3 0 R >>")
    yield "tree-missing", document(o1=b"<< /Type /Catalog >>")
    yield "tree-null-kids", document(o2=b"<< /Type /Pages /Kids [null null 3 0 R] /Count 3 >>")
    yield "tree-kids-number", document(o2=b"<< /Type /Pages /Kids 3 /Count 1 >>")
    yield "tree-kids-missing", document(o2=b"<< /Type /Pages /Kids [77 0 R 3 0 R] /Count 2 >>")
    yield "count-huge", document(o2=b"<< /Type /Pages /Kids [3 0 R] /Count 2147483647 >>")
    yield "count-negative", document(o2=b"<< /Type /Pages /Kids [3 0 R] /Count -3 >>")
    yield "count-name", document(o2=b"<< /Type /Pages /Kids [3 0 R] /Count /Many >>")
    yield "same-page-often", document(o2=b"<< /Type /Pages /Kids [%s] /Count 400 >>" % (b"3 0 R " * 400))
    deep = {f"o{n}": b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % (n + 1) for n in range(10, 3000)}
    yield "tree-deep", document(o2=b"<< /Type /Pages /Kids [10 0 R] /Count 1 >>", o3000=page, **deep)
    yield "page-own-parent", document(o3=page.replace(b"/Parent 2 0 R", b"/Parent 3 0 R").replace(b"/MediaBox", b"/Mb"))


def _boxes() -> Iterator[tuple[str, bytes]]:
    boxes = {
        "huge": b"[0 0 1000000 1000000]", "infinite": b"[0 0 1e38 1e38]", "nan": b"[0 0 nan inf]", "zero": b"[0 0 0 0]",
        "upside-down": b"[595 842 0 0]", "short": b"[0 0]", "strings": b"[(a) (b) (c) (d)]", "names": b"[/a /b /c /d]",
        "number": b"7", "negative": b"[-99999 -99999 -99990 -99990]", "itself": b"[3 0 R 3 0 R 3 0 R 3 0 R]",
        "digits": b"[0 0 %s 842]" % (b"9" * 400),
    }  # fmt: skip
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox %s %s /Contents 4 0 R /Resources 6 0 R >>"
    for name, box in boxes.items():
        yield f"box-{name}", document(o3=page % (box, b""))
    for name, more in {
        "rotate-45": b"/Rotate 45", "rotate-huge": b"/Rotate 99999999999", "unit-huge": b"/UserUnit 1e9",
        "unit-0": b"/UserUnit 0", "crop-outside": b"/CropBox [9000 9000 9999 9999]",
    }.items():  # fmt: skip
        yield name, document(o3=page % (b"[0 0 595 842]", more))


def _streams() -> Iterator[tuple[str, bytes]]:
    flate = zlib.compress(TEXT)
    yield "flate-cut", document(o4=stream(flate[:-9], b"/Filter /FlateDecode"))
    yield "flate-garbage", document(o4=stream(b"\x78\x9c" + bytes(range(256)), b"/Filter /FlateDecode"))
    yield "filters-100", document(o4=stream(flate, b"/Filter [%s]" % (b"/FlateDecode " * 100)))
    yield "filter-unknown", document(o4=stream(TEXT, b"/Filter /Unheard"))
    yield "filter-crypt", document(o4=stream(TEXT, b"/Filter /Crypt"))
    yield "predictor", document(
        o4=stream(flate, b"/Filter /FlateDecode /DecodeParms << /Predictor 15 /Columns 2147483647 >>")
    )
    yield "lzw-garbage", document(o4=stream(bytes(range(256)) * 20, b"/Filter /LZWDecode"))
    yield "a85-garbage", document(o4=stream(b"zzzz!!u~z" * 50, b"/Filter /ASCII85Decode"))
    yield "hex-odd", document(o4=stream(b"4254zz2", b"/Filter /ASCIIHexDecode"))
    yield "run-length", document(o4=stream(b"\x81" + b"A\x81" * 50_000, b"/Filter /RunLengthDecode"))
    yield "contents-empty", document(o4=stream(b""))
    yield "contents-number", document(o4=b"42")
    yield "contents-itself", document(o4=b"[4 0 R 4 0 R]")
    yield "length-own", document(o4=b"<< /Length 4 0 R >>\nstream\n%s\nendstream" % TEXT)
    yield "length-missing", document(o4=b"<< >>\nstream\n%s\nendstream" % TEXT)
    for name in ("DCTDecode", "JPXDecode", "JBIG2Decode", "CCITTFaxDecode"):
        size = b"/Type /XObject /Subtype /Image /Width 20000 /Height 20000 /BitsPerComponent 8 /ColorSpace /DeviceRGB"
        image = stream(bytes(range(256)) * 4, size + b" /Filter /" + name.encode())
        yield f"image-{name}", document(o4=stream(b"q 500 0 0 500 0 0 cm /X1 Do Q " + TEXT), o7=image)


def _fonts() -> Iterator[tuple[str, bytes]]:
    yield "font-missing", document(o6=b"<< /Font << /F1 99 0 R >> >>")
    yield "font-itself", document(o5=b"5 0 R")
    yield "font-number", document(o5=b"42")
    yield "font-no-subtype", document(o5=b"<< /Type /Font >>")
    yield "font-descendants", document(
        o5=b"<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /DescendantFonts [5 0 R] >>"
    )
    yield "font-no-descendants", document(
        o5=b"<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /DescendantFonts [] >>"
    )
    yield "font-file-garbage", document(
        o5=b"<< /Type /Font /Subtype /TrueType /BaseFont /A /FontDescriptor 8 0 R >>",
        o8=b"<< /Type /FontDescriptor /FontName /A /Flags 4 /FontFile2 9 0 R >>",
        o9=stream(bytes(range(256)) * 30),
    )
    yield "font-widths", document(
        o5=b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /FirstChar -9 /LastChar 99999 "
        b"/Widths [(a) null 1e30] >>"
    )
    yield "font-differences", document(
        o5=b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding << /Differences [-5 /a 300 /b /c %s] >> >>"
        % (b"/x " * 5000)
    )
    cmap = b"/CIDInit /ProcSet findresource begin /A usecmap 1 begincodespacerange <00> <FF> endcodespacerange "
    yield "cmap-own", document(
        o5=b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 8 0 R >>",
        o8=stream(cmap, b"/UseCMap 8 0 R"),
    )
    yield "cmap-wide", document(
        o5=b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 8 0 R >>",
        o8=stream(cmap + b"1 beginbfrange <00000000> <FFFFFFFF> <0041> endbfrange"),
    )
    yield "type3-own", document(
        o5=b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [1 0 0 1 0 0] /FirstChar 66 /LastChar 66 "
        b"/Widths [9] /Encoding << /Differences [66 /B] >> /CharProcs << /B 8 0 R >> /Resources 6 0 R >>",
        o8=stream(b"9 0 d0 BT /F1 1 Tf (B) Tj ET"),
    )


def _loops() -> Iterator[tuple[str, bytes]]:
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 100 100] /Resources 6 0 R"
    draw = stream(TEXT + b" /X1 Do")
    yield "form-own", document(o4=draw, o7=stream(b"/X1 Do", form))
    yield "resources-own", document(o6=b"<< /Font 6 0 R /XObject 6 0 R >>")
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources 6 0 R %s >>"
    yield "annotations-own", document(o3=page % b"/Annots 3 0 R")
    yield "annotation-own-look", document(
        o3=page % b"/Annots [8 0 R]",
        o8=b"<< /Type /Annot /Subtype /Stamp /Rect [0 0 99 99] /AP << /N 9 0 R >> >>",
        o9=stream(b"/X1 Do", form.replace(b"6 0 R", b"<< /XObject << /X1 9 0 R >> >>")),
    )
    yield "annotations-many", document(
        o3=page % b"/Annots [%s]" % (b"8 0 R " * 20_000),
        o8=b"<< /Type /Annot /Subtype /Square /Rect [0 0 99 99] >>",
    )
    yield "outline-own", document(
        o1=b"<< /Type /Catalog /Pages 2 0 R /Outlines 8 0 R >>",
        o8=b"<< /First 8 0 R /Last 8 0 R /Next 8 0 R /Count 9 >>",
    )
    yield "object-stream-own", document(o8=stream(b"8 0 4 0", b"/Type /ObjStm /N 2 /First 8 /Extends 8 0 R"))
    yield "mask-own", document(
        o4=stream(b"/G1 gs " + TEXT),
        o6=b"<< /Font << /F1 5 0 R >> /ExtGState << /G1 << /SMask << /S /Luminosity /G 7 0 R >> >> >> >>",
        o7=stream(b"/G1 gs 0 0 9 9 re f", form + b" /Group << /S /Transparency >>"),
    )
    yield "reference-own", document(o4=b"4 0 R")
    yield "reference-0", document(o4=b"0 0 R")
    yield "form-fields-own", document(
        o1=b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [8 0 R] >> >>",
        o8=b"<< /FT /Tx /T (a) /Kids [8 0 R] /Parent 8 0 R >>",
    )


def _syntax() -> Iterator[tuple[str, bytes]]:
    yield "arrays-deep", document(o4=b"[" * 100_000)
    yield "dictionaries-deep", document(o4=b"<</A" * 100_000)
    yield "operands-deep", document(o4=stream(b"[" * 100_000 + b"(a) Tj"))
    yield "states-deep", document(o4=stream(b"q " * 200_000 + TEXT))
    yield "string-open", document(o4=stream(b"BT /F1 12 Tf (never closed " + b"(" * 5000))
    yield "inline-image-open", document(o4=stream(b"BI /W 99999 /H 99999 /BPC 8 /CS /RGB ID \0\0" + TEXT))
    yield "numbers-long", document(o4=stream(b"BT /F1 %s Tf %s Td (a) Tj ET" % (b"9" * 9000, b"1." + b"1" * 9000)))
    yield "matrix-huge", document(o4=stream(b"1e38 0 0 1e38 1e38 1e38 cm " * 40 + TEXT))
    yield "font-size-0", document(o4=stream(TEXT.replace(b"12 Tf", b"0 Tf")))
    yield "font-size-huge", document(o4=stream(TEXT.replace(b"12 Tf", b"1e30 Tf")))
    yield "paths-many", document(o4=stream(b"1 1 m 9 9 l S " * 60_000 + TEXT))
    yield "names-odd", document(o4=stream(TEXT.replace(b"/F1", b"/F#00#zz")))
    yield "texts-many", document(o4=stream(TEXT * 3000))
    yield "letters-apart", document(o4=stream(b"BT /F1 9 Tf " + b"1 1 Td (a) Tj " * 60_000 + b"ET"))
    encrypt = b"/Root 1 0 R /Encrypt << /Filter /%s /V %d /R %d /O (x) /U (x) /P -1 >> /ID [(a) (b)]"
    for v, r in ((1, 2), (4, 4), (5, 6), (9, 9)):
        yield f"encrypt-v{v}", pdf({1: b"<< /Type /Catalog /Pages 2 0 R >>"}, encrypt % (b"Standard", v, r))
    yield "encrypt-other", pdf({1: b"<< /Type /Catalog /Pages 2 0 R >>"}, encrypt % (b"Unheard", 1, 2))
    yield "head-only", b"%PDF-1.7\n"
    yield "head-and-end", b"%PDF-1.7\n%%EOF\n"
    yield "version-9", document().replace(b"%PDF-1.7", b"%PDF-9.9")
    yield "nulls", b"%PDF-1.7\n" + bytes(100_000) + b"%%EOF\n"
