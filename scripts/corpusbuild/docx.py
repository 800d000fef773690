"""A report as DOCX: letterhead and closing as borderless tables, real footnotes, a page number field; bytes stable."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import Any
from xml.sax.saxutils import escape

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm, Pt

from corpusbuild.marks import parse_marks, strip_marks
from corpusbuild.source import NOTE_MARK, Annex, Closing, PageBreak, Paragraph, ReportSource, SourceError, Table

NOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
STAMP = (2023, 12, 8, 8, 0, 0)
SUPERSCRIPT = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
NUMBER_FORMATS = ("upperRoman", "decimal", "lowerLetter")
NUMBER_TEXTS = ("%1.", "%2.", "%3)")


def build_docx(source: ReportSource) -> bytes:
    """The report's DOCX."""
    return _Builder(source).build()


class _Builder:
    """Writes one report; holds what the blocks share (the document, automatic numbers, whether in an annex)."""

    def __init__(self, source: ReportSource) -> None:
        self.source = source
        self.doc: Any = Document()
        self.counts = [0, 0, 0]

    def build(self) -> bytes:
        self._page_setup()
        if self.source.style("auto_numbering"):
            self._numbering()
        self._letterhead()
        for block in self.source.blocks:
            self._block(block)
        if self.source.notes:
            self._footnotes()
        return self._save()

    def _page_setup(self) -> None:
        normal = self.doc.styles["Normal"]
        normal.font.name, normal.font.size = "Times New Roman", Pt(self.source.style("font_size", 14))
        normal.paragraph_format.space_after = Pt(6)
        section = self.doc.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin, section.right_margin = Mm(30), Mm(18)
        section.top_margin = section.bottom_margin = Mm(20)
        section.different_first_page_header_footer = True
        head = section.header.paragraphs[0]
        head.alignment = WD_ALIGN_PARAGRAPH.CENTER
        field = f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"><w:r><w:t>2</w:t></w:r></w:fldSimple>'
        head._p.append(parse_xml(field))
        if running := self.source.style("running_head"):
            section.header.add_paragraph(running).alignment = WD_ALIGN_PARAGRAPH.RIGHT

    def _numbering(self) -> None:
        """One multi-level list (I. / 1. / a)) that the section headings use."""
        levels = "".join(
            f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>'
            f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="0" w:firstLine="567"/></w:pPr></w:lvl>'
            for i, (form, text) in enumerate(zip(NUMBER_FORMATS, NUMBER_TEXTS, strict=True))
        )
        numbering = self.doc.part.numbering_part.element
        for child in list(numbering):
            numbering.remove(child)
        multi = '<w:multiLevelType w:val="multilevel"/>'
        name = f'{nsdecls("w")} w:abstractNumId="1"'
        numbering.append(parse_xml(f"<w:abstractNum {name}>{multi}{levels}</w:abstractNum>"))
        numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="1"><w:abstractNumId w:val="1"/></w:num>'))

    def _letterhead(self) -> None:
        source = self.source
        left, right = self._columns()
        self._centred(left, source.lines("letterhead_left"), bold_last=True)
        self._centred(left, source.lines("number"))
        self._centred(right, source.lines("letterhead_right"), bold=True)
        self._centred(right, source.lines("place_date"), italic=True)
        self.doc.add_paragraph()
        for line in source.lines("type_line") + source.lines("title"):
            paragraph = self.doc.add_paragraph()
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            paragraph.add_run(line).bold = True

    def _columns(self) -> tuple[Any, Any]:
        table = self.doc.add_table(rows=1, cols=2)
        table.autofit = False
        left, right = table.rows[0].cells
        left.width, right.width = Mm(64), Mm(98)
        return left, right

    @staticmethod
    def _centred(
        cell: Any, lines: list[str], *, bold: bool = False, bold_last: bool = False, italic: bool = False
    ) -> None:
        for i, line in enumerate(lines):
            paragraph = cell.paragraphs[0] if not cell.paragraphs[0].text else cell.add_paragraph()
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            paragraph.paragraph_format.space_after = Pt(0)
            run = paragraph.add_run(line)
            run.bold, run.italic = bold or (bold_last and i == len(lines) - 1), italic
            run.font.size = Pt(12)

    def _block(self, block: Any) -> None:
        if isinstance(block, Paragraph):
            self._paragraph(block)
        elif isinstance(block, Table):
            self._table(block)
        elif isinstance(block, PageBreak):
            self.doc.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        elif isinstance(block, Annex):
            self._annex()
        elif isinstance(block, Closing):
            self._closing()

    def _paragraph(self, block: Paragraph) -> None:
        paragraph = self.doc.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY if self.source.style("justify", True) else None
        paragraph.paragraph_format.first_line_indent = Mm(10)
        text, level = block.text, block.section_level
        if level and self.source.style("auto_numbering") and level <= len(self.counts):
            text = self._automatic(paragraph, text, level)
        self._runs(paragraph, text, bold=block.is_heading and level in {1, 2})

    def _automatic(self, paragraph: Any, text: str, level: int) -> str:
        """Number the heading by the list, check that this gives the mark's number, return the text behind it."""
        self.counts[level - 1] += 1
        self.counts[level:] = [0] * (len(self.counts) - level)
        plain, items = parse_marks(text.split("⟧", 1)[0] + "⟧")
        at = self.counts[level - 1]
        given = (_roman(at) + ".", f"{at}.", f"{chr(96 + at)})")[level - 1]
        if items[0]["text"] != given:
            raise SourceError(f"{self.source.name}: the list would number {given} where the mark says {plain!r}")
        number = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level - 1}"/><w:numId w:val="1"/></w:numPr>'
        paragraph._p.get_or_add_pPr().append(parse_xml(number))
        return text.split("⟧", 1)[1].lstrip()

    @staticmethod
    def _runs(paragraph: Any, text: str, *, bold: bool = False) -> None:
        parts = NOTE_MARK.split(text)
        paragraph.add_run(strip_marks(parts[0])).bold = bold
        for mark, rest in zip(parts[1::2], parts[2::2], strict=True):
            run = f'{SUPERSCRIPT}<w:footnoteReference w:id="{mark}"/>'
            paragraph._p.append(parse_xml(f"<w:r {nsdecls('w')}>{run}</w:r>"))
            if rest:
                paragraph.add_run(strip_marks(rest)).bold = bold

    def _table(self, block: Table) -> None:
        if block.caption:
            caption = self.doc.add_paragraph()
            caption.alignment = WD_ALIGN_PARAGRAPH.CENTER
            self._runs(caption, block.caption, bold=True)
        rows = [*block.header, *block.rows]
        table = self.doc.add_table(rows=len(rows), cols=len(rows[0]))
        table.style = "Table Grid"
        for r, row in enumerate(rows):
            for c, cell in enumerate(row):
                if cell == "<":
                    table.cell(r, c - 1).merge(table.cell(r, c))
                elif cell == "^":
                    table.cell(r - 1, c).merge(table.cell(r, c))
                else:
                    self._runs(table.cell(r, c).paragraphs[0], cell, bold=r < len(block.header))
        self.doc.add_paragraph()

    def _annex(self) -> None:
        section = self.doc.add_section(WD_SECTION.NEW_PAGE)
        if self.source.style("landscape_annex") and section.orientation != WD_ORIENT.LANDSCAPE:
            section.orientation = WD_ORIENT.LANDSCAPE
            section.page_width, section.page_height = section.page_height, section.page_width

    def _closing(self) -> None:
        left, right = self._columns()
        to = self.source.lines("recipients")
        for line in (["Nơi nhận:"] if to else []) + [f"- {line}" for line in to]:
            paragraph = left.paragraphs[0] if not left.paragraphs[0].text else left.add_paragraph()
            paragraph.paragraph_format.space_after = Pt(0)
            paragraph.add_run(line).font.size = Pt(11)
        self._centred(right, self.source.lines("signature"), bold=True)
        for _ in range(3):
            right.add_paragraph()
        paragraph = right.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run("".join(self.source.lines("signer"))).bold = True

    def _footnotes(self) -> None:
        """The part that python-docx does not write: word/footnotes.xml with Word's two separator notes first."""
        mark = f"<w:r>{SUPERSCRIPT}<w:footnoteRef/></w:r>"
        notes = "".join(
            f'<w:footnote w:id="{number}"><w:p>{mark}'
            f'<w:r><w:t xml:space="preserve"> {escape(strip_marks(text))}</w:t></w:r></w:p></w:footnote>'
            for number, text in sorted(self.source.notes.items(), key=lambda pair: int(pair[0]))
        )
        separators = "".join(
            f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
            for number, kind in ((-1, "separator"), (0, "continuationSeparator"))
        )
        xml = f"<w:footnotes {nsdecls('w')}>{separators}{notes}</w:footnotes>"
        head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        part = Part(PackURI("/word/footnotes.xml"), NOTES_TYPE, (head + xml).encode(), self.doc.part.package)
        self.doc.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)

    def _save(self) -> bytes:
        properties = self.doc.core_properties
        properties.title, properties.author = " ".join(self.source.lines("title")), "extractor corpus"
        properties.created = properties.modified = dt.datetime(*STAMP)
        properties.comments = ""
        raw, out = io.BytesIO(), io.BytesIO()
        self.doc.save(raw)
        with zipfile.ZipFile(raw) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
            for name in before.namelist():
                after.writestr(zipfile.ZipInfo(name, STAMP), before.read(name), zipfile.ZIP_DEFLATED)
        return out.getvalue()


def _roman(number: int) -> str:
    tens, ones = divmod(number, 10)
    return "X" * tens + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[ones]
