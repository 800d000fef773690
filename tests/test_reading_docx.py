"""DOCX as a reader of Word sees it: labels, notes, tables, breaks, what is hidden or deleted."""

from __future__ import annotations

import tracemalloc
import zipfile
from pathlib import Path

import pytest

from extractor.errors import DamagedFile, EmptyFile, TooLarge, WrongFormat
from extractor.pages import SourceLine
from extractor.reading import open_source
from extractor.reading.counting import written
from tests.reading_files import docx, numbered, p, table, tcvn3


def lines(path: Path) -> list[SourceLine]:
    return [line for page in open_source(path).pages for line in page.lines]


def texts(path: Path) -> list[str]:
    return [line.text for line in lines(path)]


def level(at: int, form: str, text: str, *, start: int = 1, more: str = "") -> str:
    counted = f'<w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
    return f'<w:lvl w:ilvl="{at}">{counted}<w:lvlText w:val="{text}"/></w:lvl>'


def abstract(key: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{key}">{"".join(levels)}</w:abstractNum>'


def num(key: int, of: int, more: str = "") -> str:
    return f'<w:num w:numId="{key}"><w:abstractNumId w:val="{of}"/>{more}</w:num>'


OUTLINE = abstract(
    0,
    level(0, "upperRoman", "%1."),
    level(1, "decimal", "%2."),
    level(2, "decimal", "%2.%3."),
    level(3, "lowerLetter", "%4)"),
    level(4, "bullet", "\uf0b7"),
)


@pytest.mark.parametrize(
    ("numbering", "body", "expected"),
    [
        pytest.param(
            OUTLINE + num(1, 0),
            [(1, 0, "A"), (1, 1, "B"), (1, 2, "C"), (1, 2, "D"), (1, 3, "E"), (1, 3, "F"), (1, 4, "G"), (1, 1, "H"),
             (1, 2, "I"), (1, 0, "J"), (1, 1, "K")],
            ["I. A", "1. B", "1.1. C", "1.2. D", "a) E", "b) F", "• G", "2. H", "2.1. I", "II. J", "1. K"],
            id="levels restart under the outer one",
        ),
        pytest.param(
            abstract(0, level(0, "decimal", "%1.")) + num(1, 0) + num(2, 0),
            [(1, 0, "A"), (2, 0, "B"), (1, 0, "C")],
            ["1. A", "2. B", "3. C"],
            id="two lists of one abstract list go on in each other",
        ),
        pytest.param(
            abstract(0, level(0, "decimal", "%1."))
            + num(1, 0)
            + num(2, 0, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'),
            [(1, 0, "A"), (1, 0, "B"), (2, 0, "C"), (2, 0, "D")],
            ["1. A", "2. B", "1. C", "2. D"],
            id="a start override restarts once",
        ),
        pytest.param(
            abstract(0, level(0, "decimal", "Điều %1.", start=5), level(1, "lowerLetter", "%2)", start=25))
            + num(1, 0, f'<w:lvlOverride w:ilvl="1">{level(1, "decimal", "(%2)")}</w:lvlOverride>'),
            [(1, 0, "A"), (1, 1, "B"), (1, 0, "C")],
            ["Điều 5. A", "(1) B", "Điều 6. C"],
            id="own text and start, a level overridden",
        ),
        pytest.param(
            abstract(0, level(0, "upperRoman", "%1"), level(1, "decimal", "%1.%2", more="<w:isLgl/>")) + num(1, 0),
            [(1, 0, "A"), (1, 0, "B"), (1, 1, "C")],
            ["I A", "II B", "2.1 C"],
            id="legal numbering shows decimals",
        ),
        pytest.param(
            abstract(0, level(0, "decimal", "%1."), level(1, "decimal", "%2)", more='<w:lvlRestart w:val="0"/>'))
            + num(1, 0),
            [(1, 0, "A"), (1, 1, "B"), (1, 0, "C"), (1, 1, "D")],
            ["1. A", "1) B", "2. C", "2) D"],
            id="a level that never restarts",
        ),
        pytest.param("", [(7, 0, "A")], ["A"], id="a list that is not defined"),
    ],
)  # fmt: skip
def test_automatic_labels(
    tmp_path: Path, numbering: str, body: list[tuple[int, int, str]], expected: list[str]
) -> None:
    path = docx(tmp_path / "a.docx", "".join(numbered(*item) for item in body), numbering=numbering)
    assert texts(path) == expected


def test_numbering_of_a_style_and_its_removal(tmp_path: Path) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="H2"><w:basedOn w:val="H1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="H1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    body = (
        p("A", props='<w:pStyle w:val="H1"/>')
        + p("B", props='<w:pStyle w:val="H2"/>')
        + p("C", props='<w:pStyle w:val="H1"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    )
    numbering = abstract(0, level(0, "decimal", "%1.")) + num(1, 0)
    assert texts(docx(tmp_path / "a.docx", body, styles=styles, numbering=numbering)) == ["1. A", "2. B", "C"]


@pytest.mark.parametrize(
    ("value", "form", "expected"),
    [(4, "lowerLetter", "d"), (27, "upperLetter", "AA"), (1994, "upperRoman", "MCMXCIV"), (7, "decimalZero", "07"),
     (9, "none", ""), (3, "cardinalText", "3"), (0, "lowerLetter", "0"), (10**9, "lowerRoman", "1000000000")],
)  # fmt: skip
def test_number_formats(value: int, form: str, expected: str) -> None:
    assert written(value, form) == expected


def note(key: int, text: str) -> str:
    return f'<w:footnote w:id="{key}">{p(text)}</w:footnote>'


REFERENCE = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="{}"/></w:r>'


def test_footnotes_stand_behind_their_paragraph_and_leave_no_mark(tmp_path: Path) -> None:
    body = (
        "<w:p><w:r><w:t>Có 8</w:t></w:r>" + REFERENCE.format(5) + "<w:r><w:t> người</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>Có 9 lớp</w:t></w:r>" + REFERENCE.format(3) + "</w:p>"
    )
    separator = f'<w:footnote w:type="separator" w:id="0">{p("---")}</w:footnote>'
    path = docx(tmp_path / "a.docx", body, footnotes=separator + note(3, " Lớp ghép.") + note(5, "Trong đó 2 nữ."))
    assert lines(path) == [
        SourceLine("Có 8 người", "paragraph"),
        SourceLine("Trong đó 2 nữ.", "note", "1"),
        SourceLine("Có 9 lớp", "paragraph"),
        SourceLine("Lớp ghép.", "note", "2"),
    ]


def test_a_note_mark_of_the_authors_own(tmp_path: Path) -> None:
    mark = '<w:footnoteReference w:customMarkFollows="1" w:id="2"/><w:t>(*)</w:t>'
    body = f"<w:p><w:r><w:t>Thu 5 tỷ</w:t></w:r><w:r>{mark}</w:r></w:p>"
    path = docx(tmp_path / "a.docx", body, footnotes=note(2, "Ước."))
    assert lines(path) == [SourceLine("Thu 5 tỷ", "paragraph"), SourceLine("Ước.", "note", "(*)")]


@pytest.mark.parametrize(
    ("before", "raised", "expected"),
    [("120 m", "2", "120 m2"), ("3,5 km", "2", "3,5 km2"), ("8 người", "1", "8 người¹"),
     ("năm 2019", "12", "năm 2019¹²"), ("số", " (*) ", "số*"), ("ngày 1", "st", "ngày 1st")],
)  # fmt: skip
def test_raised_runs(tmp_path: Path, before: str, raised: str, expected: str) -> None:
    run = f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t xml:space="preserve">{raised}</w:t></w:r>'
    path = docx(tmp_path / "a.docx", f"<w:p><w:r><w:t>{before}</w:t></w:r>{run}</w:p>")
    assert texts(path) == [expected]


LETTERHEAD = [[p("UBND TỈNH A") + p("SỞ B"), p("CỘNG HÒA") + p("Độc lập")], [p("Số: 1/BC-SB"), p("A, ngày 2")]]


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        pytest.param(
            table(LETTERHEAD),
            [("paragraph", t) for t in ("UBND TỈNH A", "SỞ B", "Số: 1/BC-SB", "CỘNG HÒA", "Độc lập", "A, ngày 2")],
            id="a letterhead column by column",
        ),
        pytest.param(
            table([[p("TT"), p("Xã"), p("Số hộ")], [p("1"), p("Xã") + p("C"), p("30")]], "single"),
            [("cell", "TT\tXã\tSố hộ"), ("cell", "1\tXã C\t30")],
            id="a table of data row by row",
        ),
        pytest.param(
            table([[p("Tên"), p("Số")], [p("A"), p("1")]], "nil")
            + table([[p("a"), p("1")], [p("b"), p("2")]], "single"),
            [("paragraph", "Tên"), ("paragraph", "A"), ("paragraph", "Số"), ("paragraph", "1"), ("cell", "a\t1"),
             ("cell", "b\t2")],
            id="borders decide",
        ),
        pytest.param(
            table([[f"<w:tcPr><w:tcBorders><w:left w:val='nil'/></w:tcBorders></w:tcPr>{p(t)}" for t in "ab"]], "dot"),
            [("paragraph", "a"), ("paragraph", "b")],
            id="cells take the table's borders back",
        ),
        pytest.param(
            '<w:tbl><w:tblPr><w:tblBorders><w:insideV w:val="single"/></w:tblBorders></w:tblPr><w:tr><w:tc><w:tcPr>'
            f'<w:gridSpan w:val="2"/></w:tcPr>{p("A")}</w:tc><w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>{p("B")}'
            f'</w:tc></w:tr><w:tr><w:tc>{p("1")}</w:tc><w:tc>{p("2")}</w:tc><w:tc><w:tcPr><w:vMerge/></w:tcPr>{p()}'
            "</w:tc></w:tr></w:tbl>",
            [("cell", "A\t\tB"), ("cell", "1\t2\t")],
            id="merged cells keep the columns",
        ),
        pytest.param(
            table([[p("Bảng ngoài"), table([[p("a"), p("b")]], "single") + p("c")]], "single"),
            [("cell", "Bảng ngoài\ta b c")],
            id="a table in a cell",
        ),
    ],
)  # fmt: skip
def test_tables(tmp_path: Path, xml: str, expected: list[tuple[str, str]]) -> None:
    assert [(line.kind, line.text) for line in lines(docx(tmp_path / "a.docx", xml))] == expected


BOX = f"<w:txbxContent>{p('Trong khung')}</w:txbxContent>"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("<w:p><w:r><w:t>a</w:t></w:r><w:del><w:r><w:delText>x</w:delText></w:r></w:del>"
                     "<w:ins><w:r><w:t>b</w:t></w:r></w:ins></w:p>", ["ab"], id="tracked changes"),
        pytest.param("<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>a </w:t></w:r></w:p>" + p("b"), ["a b"],
                     id="a deleted paragraph end"),
        pytest.param("<w:p><w:moveFrom><w:r><w:t>x</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>y</w:t></w:r></w:moveTo>"
                     "</w:p>", ["y"], id="moved text once"),
        pytest.param(p("ẩn", run="<w:vanish/>") + p("hiện", run='<w:vanish w:val="0"/>'), ["hiện"], id="hidden text"),
        pytest.param(p("Báo cáo", run="<w:caps/>"), ["BÁO CÁO"], id="all capitals"),
        pytest.param("<w:p><w:r><w:t>186/KH</w:t><w:noBreakHyphen/><w:t>UBND</w:t><w:tab/><w:t>x</w:t><w:softHyphen/>"
                     '<w:t>y</w:t><w:sym w:font="Symbol" w:char="F0B3"/></w:r></w:p>', ["186/KH-UBND\txy≥"],
                     id="signs"),
        pytest.param('<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r><w:r>'
                     '<w:t>ẩn</w:t></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>7</w:t></w:r><w:r>'
                     '<w:fldChar w:fldCharType="end"/></w:r></w:p>', ["7"], id="a field shows its result"),
        pytest.param("<w:p><w:r><w:t>a</w:t></w:r><w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>" + BOX +
                     "</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>" + BOX +
                     "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>", ["a", "Trong khung"],
                     id="a text box once"),
        pytest.param(f'<w:sdt><w:sdtPr/><w:sdtContent>{p("a")}</w:sdtContent></w:sdt>'
                     f'<w:customXml>{p("b")}</w:customXml>'
                     '<w:p><w:hyperlink r:id="x"><w:r><w:t>c</w:t></w:r></w:hyperlink></w:p>', ["a", "b", "c"],
                     id="controls and links"),
    ],
)  # fmt: skip
def test_what_is_shown(tmp_path: Path, body: str, expected: list[str]) -> None:
    assert texts(docx(tmp_path / "a.docx", body)) == expected


def test_broken_lines_may_go_on(tmp_path: Path) -> None:
    path = docx(tmp_path / "a.docx", "<w:p><w:r><w:t>BÁO CÁO</w:t><w:br/><w:t>Kết quả</w:t></w:r></w:p>")
    assert lines(path) == [SourceLine("BÁO CÁO", "line"), SourceLine("Kết quả", "line")]


def test_running_heads_are_furniture_said_once(tmp_path: Path) -> None:
    path = docx(tmp_path / "a.docx", p("Thân"), header=p("UBND TỈNH A") + p("UBND TỈNH A"), footer=p("Trang 2"))
    expected = [
        SourceLine("UBND TỈNH A", "furniture"),
        SourceLine("Thân", "paragraph"),
        SourceLine("Trang 2", "furniture"),
    ]
    assert lines(path) == expected


@pytest.mark.parametrize(
    ("body", "pages"),
    [
        pytest.param(p("a") + p("b"), [["a", "b"]], id="none recorded"),
        pytest.param(p("a") + "<w:p><w:r><w:lastRenderedPageBreak/><w:t>b</w:t></w:r></w:p>", [["a"], ["b"]],
                     id="noted by Word"),
        pytest.param(p("a") + '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
                     "<w:p><w:r><w:lastRenderedPageBreak/><w:t>b</w:t></w:r></w:p>", [["a"], ["b"]],
                     id="the author's, noted again by Word"),
        pytest.param("<w:p><w:r><w:t>a</w:t><w:lastRenderedPageBreak/><w:t>b</w:t></w:r></w:p>" + p("c"),
                     [["ab"], ["c"]], id="inside a paragraph, which stays whole"),
        pytest.param(p("a") + p("b", props="<w:pageBreakBefore/>"), [["a"], ["b"]], id="before a paragraph"),
        pytest.param(table([[p("a"), p("1")], ["<w:p><w:r><w:lastRenderedPageBreak/><w:t>b</w:t></w:r></w:p>", p("2")]],
                           "single"), [["a\t1"], ["b\t2"]], id="between rows"),
    ],
)  # fmt: skip
def test_pages(tmp_path: Path, body: str, pages: list[list[str]]) -> None:
    source = open_source(docx(tmp_path / "a.docx", body))
    assert source.page_count == len(pages)
    assert [[line.text for line in page.lines] for page in source.pages] == pages


@pytest.mark.parametrize(
    ("font", "text", "expected"),
    [(".VnTime", tcvn3("Cộng hoà xã hội"), "Cộng hoà xã hội"), (".VnTimeH", tcvn3("báo cáo"), "BÁO CÁO"),
     (".VnTime", "Cộng hoà", "Cộng hoà"), ("Times New Roman", "café", "café")],
)  # fmt: skip
def test_legacy_fonts(tmp_path: Path, font: str, text: str, expected: str) -> None:
    run = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>'
    assert texts(docx(tmp_path / "a.docx", p(text, run=run))) == [expected]


def _zip(path: Path, **parts: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/"), data)
    return path


def test_a_zip_that_is_no_docx(tmp_path: Path) -> None:
    with pytest.raises(WrongFormat, match="ZIP"):
        open_source(_zip(tmp_path / "a.docx", readme=b"x"))


def test_a_cut_off_docx(tmp_path: Path) -> None:
    whole = docx(tmp_path / "a.docx", p("a" * 1000)).read_bytes()
    (tmp_path / "b.docx").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(DamagedFile):
        open_source(tmp_path / "b.docx")


def test_a_body_that_is_not_well_formed(tmp_path: Path) -> None:
    with pytest.raises(DamagedFile, match="well-formed"):
        open_source(docx(tmp_path / "a.docx", "<w:p>"))


def test_a_docx_without_text(tmp_path: Path) -> None:
    with pytest.raises(EmptyFile):
        open_source(docx(tmp_path / "a.docx", p("  ")))


def test_an_entity_bomb_is_refused(tmp_path: Path) -> None:
    path = docx(tmp_path / "a.docx", p("a"))
    bomb = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><w:document xmlns:w="w">&b;</w:document>'
    with pytest.raises(WrongFormat, match="document type"):
        open_source(_zip(path, **{"word__document.xml": bomb}))


def test_a_zip_bomb_is_refused_unread(tmp_path: Path) -> None:
    path = _zip(tmp_path / "a.docx", **{"word__document.xml": b" " * (130 << 20)})
    tracemalloc.start()
    with pytest.raises(TooLarge, match="MB"):
        open_source(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 8 << 20


def test_deep_nesting_is_a_named_error_or_read(tmp_path: Path) -> None:
    nested = p("a")
    for _ in range(2000):
        nested = f"<w:tbl><w:tr><w:tc>{nested}</w:tc></w:tr></w:tbl>"
    with pytest.raises(DamagedFile):
        open_source(docx(tmp_path / "a.docx", nested))
    shallow = p("a")
    for _ in range(60):
        shallow = f"<w:tbl><w:tr><w:tc>{shallow}</w:tc></w:tr></w:tbl>"
    assert texts(docx(tmp_path / "b.docx", shallow)) == ["a"]


def test_python_docx_agrees_on_plain_paragraphs(tmp_path: Path) -> None:
    docx_library = pytest.importorskip("docx")
    made = docx_library.Document()
    wanted = [f"Đoạn {n}: tỷ lệ hộ nghèo giảm {n},5%." for n in range(40)]
    for text in wanted:
        made.add_paragraph(text)
    made.save(tmp_path / "a.docx")
    assert texts(tmp_path / "a.docx") == wanted
