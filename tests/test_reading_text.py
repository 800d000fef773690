"""Text and HTML: encodings, pages, paragraphs; and which format a file is taken for."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.errors import (
    DamagedFile,
    EmptyFile,
    Encrypted,
    MissingProgram,
    NoPermission,
    NotFound,
    ReportError,
    UnknownFormat,
    UsageError,
    WrongFormat,
)
from extractor.pages import SourceLine
from extractor.reading import doc, open_source
from extractor.reading.encodings import decode, from_tcvn3, from_vni, recognise
from extractor.reading.html import html_lines
from extractor.reading.text import text_pages
from tests.reading_files import REPORT, cp1258, docx, p, tcvn3, vni


def text_of(path: Path) -> str:
    return "\f".join("\n".join(line.text for line in page.lines) for page in open_source(path).pages)


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (REPORT.encode(), "utf-8"),
        (REPORT.encode("utf-8-sig"), "utf-8-sig"),
        (REPORT.encode("utf-16"), "utf-16"),
        (b"\xfe\xff" + REPORT.encode("utf-16-be"), "utf-16"),
        (REPORT.encode("utf-16-le"), "utf-16-le"),
        (REPORT.encode("utf-16-be"), "utf-16-be"),
        (cp1258(REPORT), "cp1258"),
        (tcvn3(REPORT).encode("latin-1"), "tcvn3"),
        (vni(REPORT).encode("latin-1"), "vni"),
        (tcvn3(REPORT).encode(), "tcvn3"),
        (vni(REPORT).encode(), "vni"),
        (REPORT.replace("\n", "\r\n").encode(), "utf-8"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_encodings(tmp_path: Path, data: bytes, encoding: str) -> None:
    text, name = decode(data)
    assert name == encoding
    wrong = [(a, b) for a, b in zip(text.split(), REPORT.split(), strict=True) if a != b]
    assert wrong in ([], [("Xã", "XÃ")])  # TCVN3 cannot say that a toned letter was a capital
    (tmp_path / "a.txt").write_bytes(data)
    assert text_of(tmp_path / "a.txt") == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kinh phí 5½ triệu, khổ 3×4, µm, §2", "utf-8"),
        ("plain ASCII", "utf-8"),
        (unicodedata.normalize("NFD", REPORT), "utf-8"),
    ],
)
def test_unicode_stays_as_it_stands(text: str, expected: str) -> None:
    assert decode(text.encode()) == (text, expected)


def test_one_bad_byte_does_not_change_the_encoding(tmp_path: Path) -> None:
    data = REPORT.encode()
    (tmp_path / "a.txt").write_bytes(data[:100] + b"\xff" + data[100:])
    source = open_source(tmp_path / "a.txt")
    assert source.warnings == ("1 characters are not valid utf-8 and were replaced",)
    assert text_of(tmp_path / "a.txt").replace("\ufffd", "") == REPORT


def test_an_unknown_encoding_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("Größe und Maß für Öl".encode("latin-1"))
    assert "not recognised" in open_source(tmp_path / "a.txt").warnings[0]


@given(st.text(alphabet="aeouAEOUbcdàáảãạâầấẩẫậăằắẳẵặđêềếểễệôồốổỗộơờớởỡợưừứửữựĐ -,5"))
def test_legacy_tables_lose_nothing(text: str) -> None:
    assert from_vni(vni(text)) == text
    assert from_tcvn3(tcvn3(text)).lower() == text.lower()


@given(st.binary(max_size=300))
def test_any_bytes_decode(data: bytes) -> None:
    text, name = decode(data)
    assert isinstance(text, str)
    assert name


@pytest.mark.parametrize("words", [["Café", "déjà", "naïve"], REPORT.split(), ["§", "½", "×", "µ", "÷"], []])
def test_what_is_no_legacy_text(words: list[str]) -> None:
    assert recognise(words) is None


@pytest.mark.parametrize(
    ("text", "pages"),
    [("a\nb", [["a", "b"]]), ("a\fb\f", [["a"], ["b"]]), ("a\r\nb\rc", [["a", "b", "c"]]), ("", [[""]])],
)
def test_text_pages(text: str, pages: list[list[str]]) -> None:
    made = list(text_pages(text))
    assert [[line.text for line in page.lines] for page in made] == pages
    assert [page.number for page in made] == list(range(1, len(pages) + 1))
    assert {line.kind for page in made for line in page.lines} == {"line"}


PAGE = """<!DOCTYPE html><html><head><title>x</title><style>p{color:red}</style></head><body>
<nav><a href="#a">Menu</a></nav><script>var a = 1</script><form>%s</form></body></html>"""


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>Một  đoạn\nvăn</p>lẻ <b>đậm</b><div>khối</div>", [("paragraph", "Một đoạn văn"), ("paragraph", "lẻ đậm"),
                                                            ("paragraph", "khối")]),
        ("<p>a<br>b</p><p>c</p>", [("line", "a"), ("line", "b"), ("paragraph", "c")]),
        ("<table border=1><tr><th>TT<th colspan=2>Xã<tr><td>1<td>A<br>B<td>&nbsp;5</table>",
         [("cell", "TT\tXã\t"), ("cell", "1\tA B\t5")]),
        ("<table><tr><td>UBND TỈNH<td>CỘNG HÒA<tr><td>Số: 1<td>ngày 2</table>",
         [("paragraph", t) for t in ("UBND TỈNH", "Số: 1", "CỘNG HÒA", "ngày 2")]),
        ("<table><tr><td><p>Cả bài</p><p>trong ô</p></table>", [("paragraph", "Cả bài"), ("paragraph", "trong ô")]),
        ("<p>8 lớp<sup>1</sup>, 5 m<sup>2</sup></p>", [("paragraph", "8 lớp¹, 5 m2")]),
        ("<ol start=3><li>a<li>b</ol><ol type=a><li>c</ol><ul><li>d</ul>",
         [("paragraph", t) for t in ("3. a", "4. b", "a. c", "d")]),
        ('<p>a</p><p style="display: none">ẩn</p><p hidden>ẩn</p><div role="navigation">menu</div><!-- ẩn -->',
         [("paragraph", "a")]),
        ("<pre>a  b\n\nc</pre>", [("line", "a  b"), ("line", "c")]),
    ],
)  # fmt: skip
def test_html_blocks(body: str, expected: list[tuple[str, str]]) -> None:
    assert [(line.kind, line.text) for line in html_lines(PAGE % body)] == expected


def test_html_footnotes_move_behind_their_paragraph() -> None:
    body = (
        '<p>Có 8 người<a href="#_ftn1" name="_ftnref1"><sup>[1]</sup></a> và <a href="#x">[2]</a>.</p><p>Sau.</p>'
        '<div id="ftn"><p><a href="#_ftnref1" name="_ftn1">[1]</a> Có 2 nữ.</p></div>'
    )
    assert html_lines(PAGE % body) == [
        SourceLine("Có 8 người và [2].", "paragraph"),
        SourceLine("Có 2 nữ.", "note", "1"),
        SourceLine("Sau.", "paragraph"),
    ]


@pytest.mark.parametrize(
    "data",
    [PAGE.encode() % REPORT.encode(), b'<meta charset="windows-1258"><p>' + cp1258(REPORT),
     b"<p>" + tcvn3(REPORT).encode("latin-1"), b"\xef\xbb\xbf" + PAGE.encode() % REPORT.encode(),
     (PAGE % REPORT).encode("utf-16")],
)  # fmt: skip
def test_html_encodings(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.html").write_bytes(data)
    source = open_source(tmp_path / "a.html")
    assert source.media_type == "text/html"
    assert text_of(tmp_path / "a.html").lower() == " ".join(REPORT.lower().split())


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("<div>" * 1_000 + "x", ["x"]),
        ("<p>a<br>" * 20_000, ["a"] * 20_000),
        ("<sup>1" * 2_000, ["¹" * 2_000]),
        ("<p>" + "a " * 500_000, ["a " * 499_999 + "a"]),
    ],
)
def test_html_of_any_shape(text: str, lines: list[str]) -> None:
    assert [line.text for line in html_lines(text)] == lines


BINARY = bytes(range(256)) * 8
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


@pytest.mark.parametrize(
    ("name", "data", "error", "words"),
    [
        ("a.pdf", b"", EmptyFile, "no bytes"),
        ("a.txt", b" \n\t", EmptyFile, "no text"),
        ("a.html", b"<html><script>x</script></html>", EmptyFile, "no text"),
        ("a.pdf", REPORT.encode(), WrongFormat, "plain text; rename it to a.txt"),
        ("a.docx", b"%PDF-1.4\n...", WrongFormat, "a PDF; rename it to a.pdf"),
        ("a.txt", BINARY, WrongFormat, "binary"),
        ("a.pdf", BINARY, WrongFormat, "binary"),
        ("a.docx", BINARY, WrongFormat, "binary"),
        ("a.png", b"\x89PNG\r\n\x1a\n" + BINARY, DamagedFile, "picture"),
        ("a.jpg", b"\xff\xd8\xff\xe0" + BINARY, DamagedFile, "picture"),
        ("a.csv", b"a,b\n", UnknownFormat, ".csv"),
        ("a.xyz", BINARY, UnknownFormat, "binary"),
        ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), Encrypted, "password"),
        ("a.doc", OLE + "Workbook".encode("utf-16-le"), WrongFormat, "no Word document"),
    ],
)
def test_files_that_cannot_be_read(
    tmp_path: Path, name: str, data: bytes, error: type[ReportError], words: str
) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(error, match=name.replace(".", r"\.")) as raised:
        open_source(tmp_path / name)
    assert words in str(raised.value)
    assert raised.value.remedy in str(raised.value)


def test_a_docx_under_the_name_of_a_pdf(tmp_path: Path) -> None:
    docx(tmp_path / "a.pdf", p("a"))
    with pytest.raises(WrongFormat, match=r"rename it to a\.docx"):
        open_source(tmp_path / "a.pdf")


@pytest.mark.parametrize(
    ("name", "data"), [("a.doc", PAGE % "<p>Một</p>"), ("bao-cao", "Một"), ("a.txt", PAGE % "<p>Một</p>")]
)
def test_names_that_programs_mix_up_are_read(tmp_path: Path, name: str, data: str) -> None:
    (tmp_path / name).write_text(data, encoding="utf8")
    assert text_of(tmp_path / name) == "Một"


def test_a_docx_under_the_name_of_a_doc_is_read(tmp_path: Path) -> None:
    docx(tmp_path / "a.doc", p("Một"))
    assert text_of(tmp_path / "a.doc") == "Một"


def test_a_folder_and_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="folder"):
        open_source(tmp_path)
    with pytest.raises(NotFound):
        open_source(tmp_path / "x.pdf")


def test_no_permission(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("a")
    path.chmod(0)
    own = os.geteuid()
    if own == 0:
        os.seteuid(65534)  # root may read everything
    try:
        with pytest.raises(NoPermission, match="chmod u\\+r"):
            open_source(path)
    finally:
        os.seteuid(own)


def test_an_old_word_file_without_libreoffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.doc").write_bytes(OLE + "WordDocument".encode("utf-16-le"))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingProgram, match="apt-get install libreoffice"):
        open_source(tmp_path / "a.doc")


def test_rtf_through_libreoffice(tmp_path: Path) -> None:
    if doc.writer() is None:
        pytest.skip("LibreOffice Writer is not installed")
    (tmp_path / "a.rtf").write_bytes(rb"{\rtf1\ansi Bao cao so 12\par H\u7897? ngh\u232?o\par}")
    source = open_source(tmp_path / "a.rtf")
    assert source.media_type == "application/rtf"
    assert [line.text for page in source.pages for line in page.lines] == ["Bao cao so 12", "Hộ nghèo"]
