"""A report as PDF, laid out as Nghị định 30/2020/NĐ-CP (appendix I) prescribes; made by WeasyPrint, bytes stable."""

from __future__ import annotations

from html import escape
from itertools import groupby
from typing import Any

from corpusbuild.marks import strip_marks
from corpusbuild.source import NOTE_MARK, Annex, Closing, PageBreak, Paragraph, ReportSource, Table

CSS = """
@page {{ size: A4; margin: 20mm 18mm 20mm 30mm;
  @top-center {{ content: counter(page); font: {size}pt "Liberation Serif" }}
  {running}
  @footnote {{ border-top: 0.5pt solid black; padding-top: 3pt; margin-top: 6pt }} }}
@page :first {{ @top-center {{ content: none }} {stamp} }}
@page wide {{ size: A4 landscape; margin: 20mm }}
html {{ font: {size}pt/1.25 "Liberation Serif", "Times New Roman", serif; lang: vi }}
p {{ margin: 0 0 5pt; text-indent: 10mm; text-align: {align} }}
.h {{ font-weight: bold; break-after: avoid }}
.i {{ font-style: italic }}
table {{ border-collapse: collapse; width: 100% }}
.head td, .close td {{ vertical-align: top; text-align: center }}
.head p, .close p {{ text-indent: 0; text-align: center; margin: 0 }}
.head p {{ font-size: 12pt; white-space: nowrap }}
.close {{ margin-top: 10pt; break-inside: avoid }}
.close .to p {{ text-align: left; font-size: 11pt }}
.rule {{ width: 30mm; margin: 2pt auto 4pt; border-top: 0.6pt solid black }}
.title {{ margin: 14pt 0 12pt }}
.title p {{ text-align: center; text-indent: 0; font-weight: bold; margin: 0 }}
.grid {{ margin: 4pt 0 8pt; font-size: {small}pt }}
.grid th, .grid td {{ border: 0.5pt solid black; padding: 2pt 4pt }}
.grid th {{ text-align: center; {fill} }}
.grid td.n {{ text-align: right }}
.caption {{ text-align: center; text-indent: 0; font-weight: bold }}
.annex {{ break-before: page; {page} }}
.annex > p:first-child {{ text-align: center; text-indent: 0; font-weight: bold }}
.break {{ break-before: page }}
.note {{ float: footnote; font: normal 10pt "Liberation Serif"; text-align: justify; text-indent: 0 }}
.note::footnote-call {{ content: counter(footnote); font-size: 65%; vertical-align: super; line-height: 0 }}
.note::footnote-marker {{ content: counter(footnote) " "; font-size: 65%; vertical-align: super; line-height: 0 }}
"""


def build_pdf(source: ReportSource) -> bytes:
    """The report's PDF."""
    from weasyprint import HTML

    return bytes(HTML(string=html(source)).write_pdf(pdf_identifier=source.name.encode()))


def html(source: ReportSource) -> str:
    """The report as one HTML page for print."""
    size = source.style("font_size", 13.5)
    running, stamp = source.style("running_head"), source.style("stamp")
    css = CSS.format(
        size=size,
        small=min(size - 1, 12),
        align="justify" if source.style("justify", True) else "left",
        running=f'@top-right {{ content: "{running}"; font: italic 10pt "Liberation Serif" }}' if running else "",
        stamp=f'@top-right {{ content: "{stamp}"; font: 8pt "Liberation Sans" }}' if stamp else "",
        page="page: wide" if source.style("landscape_annex") else "",
        fill="background: #dde5ee" if source.style("header_fill") else "",
    )
    head = f'<meta charset="utf-8"><title>{escape(" ".join(source.lines("title")))}</title><style>{css}</style>'
    return f'<!DOCTYPE html><html lang="vi"><head>{head}</head><body>{_letterhead(source)}{_body(source)}</body></html>'


def _paragraphs(lines: list[str], css: str = "") -> str:
    return "".join(f'<p class="{css}">{escape(line)}</p>' for line in lines)


def _letterhead(source: ReportSource) -> str:
    left, right = source.lines("letterhead_left"), source.lines("letterhead_right")
    number, place = source.lines("number"), source.lines("place_date")
    title = _paragraphs(source.lines("type_line") + source.lines("title"))
    return (
        '<table class="head"><tr><td style="width: 42%">'
        f'{_paragraphs(left[:-1])}{_paragraphs(left[-1:], "h")}<div class="rule"></div>{_paragraphs(number)}</td>'
        f'<td>{_paragraphs(right, "h")}<div class="rule"></div>{_paragraphs(place, "i")}</td></tr></table>'
        f'<div class="title">{title}<div class="rule"></div></div>'
    )


def _body(source: ReportSource) -> str:
    parts = []
    for is_annex, blocks in groupby(_annexed(source), key=lambda pair: pair[0]):
        content = "".join(_block(source, block) for _, block in blocks)
        parts.append(f'<div class="annex">{content}</div>' if is_annex else content)
    return "".join(parts)


def _annexed(source: ReportSource) -> list[tuple[int, Any]]:
    """Every block with the number of the annex that it stands in, 0 for the report itself."""
    annex, out = 0, []
    for block in source.blocks:
        annex += isinstance(block, Annex)
        out.append((annex, block))
    return out


def _block(source: ReportSource, block: Any) -> str:
    if isinstance(block, Paragraph):
        level = block.section_level or 0
        css = {1: "h", 2: "h", 3: "h i"}.get(level, "") if block.is_heading else ""
        return f'<p class="{css}">{_inline(source, block.text)}</p>'
    if isinstance(block, Table):
        caption = f'<p class="caption">{_inline(source, block.caption)}</p>' if block.caption else ""
        return caption + _grid(source, block)
    if isinstance(block, PageBreak):
        return '<div class="break"></div>'
    if isinstance(block, Closing):
        return _closing(source)
    return ""


def _inline(source: ReportSource, text: str) -> str:
    parts = NOTE_MARK.split(text)
    out = [escape(strip_marks(parts[0]))]
    for mark, rest in zip(parts[1::2], parts[2::2], strict=True):
        out.append(f'<span class="note">{escape(strip_marks(source.notes[mark]))}</span>{escape(strip_marks(rest))}')
    return "".join(out)


def _grid(source: ReportSource, table: Table) -> str:
    head = ""
    for r, row in enumerate(table.header):
        cells = ""
        for c, cell in enumerate(row):
            if cell in {"<", "^"}:
                continue
            wide = 1 + next((i for i, x in enumerate(row[c + 1 :]) if x != "<"), len(row) - c - 1)
            below = [line[c] for line in table.header[r + 1 :]]
            tall = 1 + next((i for i, x in enumerate(below) if x != "^"), len(below))
            cells += f'<th colspan="{wide}" rowspan="{tall}">{_inline(source, cell)}</th>'
        head += f"<tr>{cells}</tr>"
    body = ""
    for row in table.rows:
        cells = "".join(
            f'<td class="{"n" if strip_marks(x)[:1].isdigit() else ""}">{_inline(source, x)}</td>' for x in row
        )
        body += f"<tr>{cells}</tr>"
    return f'<table class="grid"><thead>{head}</thead><tbody>{body}</tbody></table>'


def _closing(source: ReportSource) -> str:
    to = source.lines("recipients")
    recipients = f'<p class="h i">Nơi nhận:</p>{_paragraphs([f"- {line}" for line in to])}' if to else ""
    return (
        f'<table class="close"><tr><td class="to" style="width: 48%">{recipients}</td>'
        f'<td>{_paragraphs(source.lines("signature"), "h")}<div style="height: 22mm"></div>'
        f'{_paragraphs(source.lines("signer"), "h")}</td></tr></table>'
    )
