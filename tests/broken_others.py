"""DOCX, text and HTML that are broken on purpose. Each generator yields (name, bytes), from a fixed seed."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

MAIN = "word/document.xml"
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_P = "<w:p><w:r><w:t>Toàn xã giảm 42 hộ nghèo, đạt 95,5% kế hoạch năm 2023.</w:t></w:r></w:p>"


def all_others(bases: list[Path]) -> Iterator[tuple[str, bytes]]:
    """Every broken file that is no PDF."""
    for base in bases:
        data = base.read_bytes()
        for name, broken in (*_cut(data), *_parts(data), *_markup(data)):
            yield f"{base.stem}-{name}.docx", broken
    for name, body in _bodies():
        yield f"made-{name}.docx", _docx(body)
    yield from _containers()
    yield from _texts()
    yield from _pages()
    yield from _liars()


def slow_others() -> Iterator[tuple[str, bytes]]:
    """Those that keep a reader busy."""
    head, tail = f"<w:document {_W}><w:body>".encode(), b"</w:body></w:document>"
    yield "zip-bomb-large.docx", _zip({MAIN: head + b" " * (400 << 20) + tail})
    yield "zip-bomb-paragraphs.docx", _zip({MAIN: head + b"<w:p/>" * (15 << 20) + tail})
    yield "made-runs-many.docx", _docx("<w:p>" + "<w:r><w:t>a</w:t></w:r>" * 100_000 + "</w:p>")
    yield "line-long.txt", ("Toàn xã giảm 42 hộ nghèo, đạt 95,5% kế hoạch năm 2023. " * 3000).encode()


def _docx(body: str, **parts: str) -> bytes:
    return _zip({MAIN: f"<w:document {_W}><w:body>{body}</w:body></w:document>".encode()} | {
        f"word/{name}.xml": inside.encode() for name, inside in parts.items()
    })  # fmt: skip


def _zip(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return made.getvalue()


def _read(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _cut(data: bytes) -> Iterator[tuple[str, bytes]]:
    for share in (0.01, 0.3, 0.7, 0.95, 0.999):
        yield f"cut-{share}", data[: int(len(data) * share)]
    for flips in (1, 30, 1000):
        for seed in range(4):
            chance, broken = random.Random(flips * 10 + seed), bytearray(data)
            for _ in range(flips):
                broken[chance.randrange(len(broken))] ^= 1 << chance.randrange(8)
            yield f"flip-{flips}-{seed}", bytes(broken)


def _parts(data: bytes) -> Iterator[tuple[str, bytes]]:
    parts = _read(data)
    for name in parts:
        if name.endswith((".xml", ".rels")):
            yield f"without-{Path(name).name}", _zip({n: d for n, d in parts.items() if n != name})
            yield f"empty-{Path(name).name}", _zip(parts | {name: b""})
    yield "main-garbage", _zip(parts | {MAIN: bytes(range(256)) * 20})
    yield "main-cut", _zip(parts | {MAIN: parts[MAIN][: len(parts[MAIN]) // 2]})
    yield "main-utf16-lie", _zip(parts | {MAIN: parts[MAIN].replace(b"UTF-8", b"UTF-16")})
    yield "main-shuffled", _zip(parts | {MAIN: bytes(reversed(parts[MAIN]))})


def _markup(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Mutations of the main part that leave it well-formed: tags swapped, numbers made wild."""
    parts = _read(data)
    main = parts[MAIN].decode("utf8")
    for seed in range(6):
        chance = random.Random(seed)
        wild = ["-1", "0", "99999999999", "NaN", "", "1e9", "x"]
        broken = ""
        for piece in re.split(r'(w:(?:val|id|w|type)="[^"]*")', main):
            changed = piece.startswith("w:") and piece.endswith('"') and chance.random() < 0.3
            broken += f'{piece.partition("=")[0]}="{chance.choice(wild)}"' if changed else piece
        yield f"values-{seed}", _zip(parts | {MAIN: broken.encode()})
    for a, b in (("w:tbl", "w:p"), ("w:tc", "w:tr"), ("w:r", "w:tbl"), ("w:p", "w:sdt"), ("w:body", "w:p")):
        swapped = re.sub(rf"(</?){a}\b", rf"\1{b}", main)
        yield f"swap-{a[2:]}-{b[2:]}", _zip(parts | {MAIN: swapped.encode()})


def _bodies() -> Iterator[tuple[str, str]]:
    cell = "<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>"
    nested = _P
    for _ in range(100):
        nested = cell.format(nested + _P)
    yield "tables-nested", nested
    yield "tags-deep", "<w:sdt><w:sdtContent>" * 3000 + _P + "</w:sdtContent></w:sdt>" * 3000
    span = '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="{}"/></w:tcPr>' + _P + "</w:tc></w:tr></w:tbl>"
    for name, value in {"huge": "999999999", "negative": "-4", "word": "many"}.items():
        yield f"span-{name}", span.format(value)
    merged = '<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>'
    yield "merge-without-start", f"<w:tbl><w:tr>{merged}</w:tr><w:tr>{merged}</w:tr></w:tbl>" + _P
    yield "columns-20000", "<w:tbl><w:tr>" + "<w:tc><w:p/></w:tc>" * 20_000 + "</w:tr></w:tbl>" + _P
    rows = "".join(f"<w:tr>{f'<w:tc>{_P}</w:tc>' * (n % 7)}</w:tr>" for n in range(50))
    yield "rows-uneven", f"<w:tbl>{rows}</w:tbl>"
    yield "table-empty", "<w:tbl/>" + _P
    yield "row-empty", "<w:tbl><w:tr/></w:tbl>" + _P
    yield "paragraph-long", "<w:p><w:r><w:t>" + "hộ nghèo " * 100_000 + "</w:t></w:r></w:p>"
    yield "breaks-many", ('<w:p><w:r><w:br w:type="page"/></w:r></w:p>' * 3000) + _P
    yield "field-open", '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r></w:p>' * 500 + _P
    yield "note-missing", '<w:p><w:r><w:footnoteReference w:id="77"/></w:r></w:p>' + _P
    yield "list-missing", '<w:p><w:pPr><w:numPr><w:ilvl w:val="99"/><w:numId w:val="-7"/></w:numPr></w:pPr></w:p>' + _P


def _containers() -> Iterator[tuple[str, bytes]]:
    head, tail = f"<w:document {_W}><w:body>".encode(), b"</w:body></w:document>"
    yield "zip-bomb.docx", _zip({MAIN: head + b" " * (129 << 20) + tail})
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>' + head + b"&b;" + tail
    yield "entity-bomb.docx", _zip({MAIN: bomb})
    yield "external-entity.docx", _zip({MAIN: b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + head + tail})
    yield "parts-25000.docx", _zip({MAIN: head + _P.encode() + tail} | {f"x/{n}": b"" for n in range(25_000)})
    yield "climbing-names.docx", _zip({MAIN: head + _P.encode() + tail, "../../../tmp/evil": b"x"})
    yield "no-parts.docx", _zip({})
    yield "other-zip.docx", _zip({"readme.txt": b"no document"})
    relations = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s</Relationships>'
    loop = b'<Relationship Id="a" Type="x/officeDocument" Target="_rels/.rels"/>'
    yield "relation-loop.docx", _zip({"_rels/.rels": relations % loop, MAIN: head + _P.encode() + tail})
    styles = f'<w:styles {_W}><w:style w:styleId="A"><w:basedOn w:val="A"/></w:style></w:styles>'
    body = '<w:p><w:pPr><w:pStyle w:val="A"/></w:pPr></w:p>' + _P
    related = b'<Relationship Id="a" Type="x/styles" Target="styles.xml"/>'
    parts = _read(_docx(body, styles=styles))
    yield "style-own-base.docx", _zip(parts | {"word/_rels/document.xml.rels": relations % related})
    whole = bytearray(_docx(_P))
    whole[whole.index(b"PK\x01\x02") + 8] |= 1
    yield "zip-encrypted.docx", bytes(whole)
    whole = bytearray(_docx(_P))
    whole[whole.index(b"PK\x01\x02") + 10] = 99
    yield "zip-method.docx", bytes(whole)
    whole = bytearray(_docx(_P))
    whole[whole.index(b"PK\x01\x02") + 16] ^= 0xFF
    yield "zip-crc.docx", bytes(whole)


def _texts() -> Iterator[tuple[str, bytes]]:
    text = "Toàn xã giảm 42 hộ nghèo, đạt 95,5% kế hoạch năm 2023.\n"
    yield "empty.txt", b""
    yield "bom-only.txt", b"\xef\xbb\xbf"
    yield "blank.txt", b" \n\t\n" * 1000
    yield "nulls.txt", bytes(5000)
    yield "null-between.txt", text.encode() + b"\0" + text.encode()
    yield "bytes.txt", bytes(range(256)) * 50
    yield "utf8-cut.txt", text.encode()[:-30][:17] + text.encode()
    yield "utf16-odd.txt", text.encode("utf-16")[:-1]
    yield "utf32.txt", text.encode("utf-32")
    yield "surrogates.txt", ("a\ud800b" + text).encode("utf8", "surrogatepass")
    yield "word-long.txt", b"a" * 1_000_000
    yield "digits-long.txt", b"1" * 300_000
    yield "dots-long.txt", b"1." * 150_000
    yield "brackets.txt", b"(" * 100_000 + text.encode()
    yield "marks.txt", ("a" + "\u0301" * 100_000 + text).encode()
    yield "controls.txt", bytes(range(1, 32)) * 500 + text.encode()
    yield "directions.txt", ("\u202e\u2066" * 5000 + text).encode()
    yield "pages-many.txt", (text + "\f").encode() * 2000
    chance = random.Random(7)
    yield "noise.txt", bytes(chance.randrange(256) for _ in range(50_000))


def _pages() -> Iterator[tuple[str, bytes]]:
    row = b"<p>To\xc3\xa0n x\xc3\xa3 gi\xe1\xba\xa3m 42 h\xe1\xbb\x99 ngh\xc3\xa8o.</p>"
    yield "deep.html", b"<html><body>" + b"<div>" * 50_000 + row
    yield "open.html", b"<html><body><table><tr><td>" + row * 50
    yield "colspan.html", b"<html><body><table><tr><td colspan=999999999>1</td></tr></table>" + row
    yield "rowspan.html", b"<html><body><table>" + b"<tr><td rowspan=99999999>1</td></tr>" * 200 + b"</table>" + row
    yield "attribute-long.html", b"<html><body><p title='" + b"x" * 2_000_000 + b"'>a</p>" + row
    yield "charset-lie.html", b"<html><head><meta charset=utf-16></head><body>" + row
    yield "charset-unknown.html", b"<html><head><meta charset=klingon></head><body>" + row
    yield "script-only.html", b"<html><body><script>var a = 1;</script></body></html>"
    yield "entities.html", b"<html><body>&#0;&#xD800;&#x110000;&nosuch;" + row
    yield "tables-nested.html", b"<html><body>" + b"<table><tr><td>" * 2000 + row
    yield "nothing.html", b"<html></html>"


def _liars() -> Iterator[tuple[str, bytes]]:
    png = b"\x89PNG\r\n\x1a\n" + bytes(500)
    yield "png.pdf", png
    yield "png.docx", png
    yield "text.pdf", b"Bao cao nam 2023\n" * 20
    yield "pdf.txt", b"%PDF-1.7\n" + bytes(200)
    yield "compound.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4000)
    yield "compound.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4000)
    yield "empty.pdf", b""
    yield "empty.docx", b""
    yield "rtf-open.rtf", b"{\\rtf1 " + b"{" * 10_000
    yield "odt.odt", _zip({"mimetype": b"application/vnd.oasis.opendocument.text"})
    yield "gzip.txt", b"\x1f\x8b\x08" + bytes(range(256))
