"""Files for the tests of reading, made on the spot: DOCX from bare XML, PDF from HTML, text in legacy encodings."""

from __future__ import annotations

import unicodedata
import zipfile
from pathlib import Path

from extractor.reading.encodings import from_vni

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SPACES = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"

REPORT = """CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM
Báo cáo tình hình thực hiện nhiệm vụ phát triển kinh tế, xã hội sáu tháng đầu năm của huyện.
Tổng sản lượng lương thực có hạt đạt 12.500 tấn, tăng 3,5% so với cùng kỳ; đường giao thông nông thôn được sửa
chữa, nạo vét kênh mương nội đồng, hỗ trợ các hộ dưới ngưỡng nghèo vay vốn quỹ tín dụng, tỷ lệ hộ nghèo còn 8,4%."""


def docx(path: Path, body: str, **parts: str) -> Path:
    """A DOCX whose body is the XML `body`; `parts` are the insides of further parts (numbering, …)."""
    roots = {"numbering": "numbering", "styles": "styles", "footnotes": "footnotes", "endnotes": "endnotes",
             "settings": "settings", "header": "hdr", "footer": "ftr"}  # fmt: skip
    related = "".join(
        f'<Relationship Id="r{n}" Type="{_OFFICE}/{name}" Target="{name}.xml"/>' for n, name in enumerate(parts)
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="a" Type="{_OFFICE}/officeDocument" '
            'Target="word/document.xml"/></Relationships>',
        )
        archive.writestr("word/_rels/document.xml.rels", f'<Relationships xmlns="{_PACKAGE}">{related}</Relationships>')
        archive.writestr("word/document.xml", f"<w:document {_SPACES}><w:body>{body}</w:body></w:document>")
        for name, inside in parts.items():
            archive.writestr(f"word/{name}.xml", f"<w:{roots[name]} {_SPACES}>{inside}</w:{roots[name]}>")
    return path


def p(text: str = "", *, props: str = "", run: str = "") -> str:
    """A paragraph of one run; `props` stands in its w:pPr, `run` in the run's w:rPr."""
    return f'<w:p><w:pPr>{props}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def numbered(number: int, level: int, text: str) -> str:
    """A paragraph of list `number` at `level` (from 0)."""
    return p(text, props=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def table(rows: list[list[str]], borders: str | None = None) -> str:
    """A table whose cells are given as the XML of their blocks; `borders` is the line style, None without borders."""
    lines = f'<w:tblBorders><w:left w:val="{borders}"/><w:insideV w:val="{borders}"/></w:tblBorders>' if borders else ""
    cells = "".join(f"<w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in row)}</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr>{lines}</w:tblPr>{cells}</w:tbl>"


_TCVN3 = dict(
    zip(
        "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ",
        bytes.fromhex(
            "b5b8b6b7b9a8bbbebcbdc6a9c7cac8c9cbaeccd0cecfd1aad2d5d3d4d6d7ddd8dcdedfe3e1e2e4abe5e8e6e7e9aceaedebecee"
            "eff3f1f2f4adf5f8f6f7f9fafdfbfcfe"
        ).decode("latin-1"),
        strict=True,
    )
) | dict(zip("ĂÂÊÔƠƯĐ", "\xa1\xa2\xa3\xa4\xa5\xa6\xa7", strict=True))


def tcvn3(text: str) -> str:
    """`text` as the Latin-1 letters of TCVN3, toned capitals as small letters, as typists had to."""
    return "".join(_TCVN3.get(c, _TCVN3.get(c.lower(), c)) for c in unicodedata.normalize("NFC", text))


def vni(text: str) -> str:
    """`text` as the Latin-1 letters of VNI-Windows."""
    marks = "øùûõïâàáåãäêèéúüë"
    made = {from_vni(b + m): b + m for b in "aeouyôöAEOUYÔÖ" for m in marks + marks.upper()}
    made |= {from_vni(c): c for c in "ìíæóòîñôöÌÍÆÓÒÎÑÔÖ"}
    return "".join(made.get(c, c) for c in unicodedata.normalize("NFC", text))


def cp1258(text: str) -> bytes:
    """`text` in Windows-1258: letters with their tone behind them."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    made = []
    for c in unicodedata.normalize("NFC", text):
        parted = unicodedata.normalize("NFD", c)
        tone = "".join(x for x in parted if x in tones)
        made.append(unicodedata.normalize("NFC", "".join(x for x in parted if x not in tones)) + tone)
    return "".join(made).encode("cp1258")
